"""Somebody who forgot the password follows the link of the mail to a new one."""

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db
NEW = "Un nouveau mot de passe Exemple 2027"


def test_the_link_leads_to_the_form_and_the_new_password_counts_once(visitor):
    amina = factories.person("amina")
    key = default_token_generator.make_token(amina)
    link = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(amina), key])

    form = visitor.get(link, follow=True)
    assert not form.context.get("token_fail")
    visitor.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})

    assert factories.person("amina").check_password(NEW)
    assert visitor.get(link, follow=True).context.get("token_fail")
