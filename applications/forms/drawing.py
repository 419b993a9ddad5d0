"""How the applicant's fields are drawn: our field template, and the little that htmx adds to it."""

from typing import Any

from crispy_forms.helper import FormHelper
from django.forms import Form

from portal.core.forms import embedded_helper

FIELD = "applications/parts/field.html"


def field_helper() -> FormHelper:
    """A helper whose fields keep a place for the error and the counter, so that both can be put in later."""
    helper = embedded_helper()
    helper.field_template = FIELD
    return helper


def describe_fields(form: Form) -> None:
    """Each input names its hint, its counter and its error, whether or not the error says something at the moment.

    A group of choices is described on its fieldset, by the template.
    """
    for name in form.fields:
        bound = form[name]
        widget: Any = form.fields[name].widget
        if bound.is_hidden or widget.use_fieldset:
            continue
        places = [f"{bound.auto_id}_helptext"] if bound.help_text else []
        if getattr(form.fields[name], "counter", ""):
            places.append(f"{bound.auto_id}_count")
        widget.attrs["aria-describedby"] = " ".join([*places, f"{bound.auto_id}_error"])
