"""The mail log: what the portal wrote to whom, and whether it left. Nothing is sent from here."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.audit.names import names_of
from portal.core.gate import may, require, visible_or_404
from portal.core.paging import key_before, page_of
from portal.mail.models import OutgoingMail

PAGE = 50


@login_required
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The mails this person may see, the newest first: an applicant's own, an auditor's those of the mandate."""
    require(request.user, "mail.read_log")
    mails = OutgoingMail.objects.visible_to(request.user).for_the_list().newest_first(before=key_before(request))
    return render(request, "mail/log.html", {"page": page_of(mails, request, size=PAGE)})


@login_required
@require_safe
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail as it was written; its text only for those who may read it."""
    shown = visible_or_404(OutgoingMail, request.user, pk=pk)
    about = names_of([shown.about], request.user).get(shown.about)
    context = {"mail": shown, "about": about, "shows_body": may(request.user, "mail.read_body", shown)}
    return render(request, "mail/mail.html", context)
