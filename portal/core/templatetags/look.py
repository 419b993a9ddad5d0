"""What the templates need to draw: form controls, error lists, language links, scales and shares. No record, no rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms, template
from django.conf import settings
from django.forms.boundfield import BoundField, BoundWidget
from django.template import Context
from django.urls import translate_url
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core.dates import long_moment
from portal.core.exceptions import Problem

register = template.Library()

# Each language is named in itself: a reader who is lost reads only that one.
LANGUAGE_NAMES = {"fr": "Français", "nl": "Nederlands", "en": "English"}


@dataclass(frozen=True)
class LanguageLink:
    """The same page in one of the languages."""

    code: str
    name: str
    url: str
    is_current: bool


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[LanguageLink]:
    """The page in each language; none where there is no request (an error page made without one)."""
    request = context.get("request")
    if request is None:
        return []
    here = get_language() or settings.LANGUAGE_CODE
    return [
        LanguageLink(
            code, LANGUAGE_NAMES.get(code, code), _in_language(request.get_full_path(), here, code), code == here
        )
        for code, _name in settings.LANGUAGES
    ]


def _in_language(path: str, here: str, code: str) -> str:
    """`path` in another language; a page that does not exist keeps its path under the other prefix."""
    translated = translate_url(path, code)
    prefix = f"/{here}/"
    if translated == path and code != here and path.startswith(prefix):
        return f"/{code}/{path.removeprefix(prefix)}"
    return translated


# Forms ------------------------------------------------------------------------------------------


@register.filter
def kind(field: BoundField) -> str:
    """How the field is drawn: checkbox, options (a group of choices), select, file, group (several inputs) or text."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "options"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.Select):
        return "select"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "group" if field.use_fieldset else "text"


_CLASSES = {"checkbox": "form-check-input", "select": "form-select"}


@register.simple_tag
def control(field: BoundField, **attributes: str) -> SafeString:
    """The input of a field with its class; Django adds `aria-describedby` and `aria-invalid` itself.

    Attributes given here win over those of the form; an empty one is left out.
    """
    own = field.field.widget.attrs.get("class", "")
    attrs: dict[str, Any] = {"class": f"{own} {_CLASSES.get(kind(field), 'form-control')}".strip()}
    attrs |= {name.replace("_", "-"): value or False for name, value in attributes.items()}
    return field.as_widget(attrs=attrs)


@register.filter
def choices(field: BoundField) -> list[BoundWidget]:
    """The choices of a group, each with its `tag` (the input, in our class), `choice_label` and `id_for_label`."""
    for choice in field.subwidgets:
        choice.data["attrs"]["class"] = "form-check-input"
    return list(field.subwidgets)


@register.filter
def field_anchor(field: BoundField) -> str:
    """The id of what takes the keyboard: a group of choices is reached at its first choice."""
    return f"{field.auto_id}_0" if kind(field) in {"options", "group"} else field.auto_id


@register.filter
def problems(form: forms.BaseForm | forms.BaseFormSet | None) -> list[Problem]:
    """Every error of a form or a formset, each with the place where it is put right."""
    if not form:
        return []
    if isinstance(form, forms.BaseFormSet):
        found = [Problem("formset", str(error)) for error in form.non_form_errors()]
        return found + [problem for each in form.forms for problem in problems(each)]
    found = [Problem("form", str(error)) for error in form.non_field_errors()]
    for name in form.errors:
        if name in form.fields:
            found += [_field_problem(form[name], str(error)) for error in form.errors[name]]
    return found


def _field_problem(field: BoundField, error: str) -> Problem:
    """The sentence that stands at the field, after the field's name: "Required" alone would say nothing in a list."""
    label = strip_tags(str(field.label)).rstrip("?: \u00a0")
    message = _("%(label)s: %(error)s") % {"label": label, "error": error}
    return Problem(f"field-{field.html_name}", message, "" if field.is_hidden else field_anchor(field))


@register.filter
def href(anchor: str) -> str:
    """Where a problem leads: an address stays as it is, a bare id becomes a link within the page."""
    return anchor if anchor.startswith(("/", "#", "http://", "https://")) else f"#{anchor}"


# Words ------------------------------------------------------------------------------------------


@register.filter
def moment_alone(value: datetime) -> str:
    """ "15 mars 2027 à 12 h 00", where the time zone stands on its own line below."""
    return long_moment(value, get_language() or "fr").partition(" (")[0]


@register.filter
def zone_alone(value: datetime) -> str:
    """ "heure de Bruxelles, UTC+1": the line below `moment_alone`."""
    return long_moment(value, get_language() or "fr", offset=True).partition(" (")[2].rstrip(")")


@register.filter
def initials(name: str) -> str:
    """ "CE" for Camille Exemple: first and last word."""
    words = str(name).split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


# Drawings ---------------------------------------------------------------------------------------


@register.filter
def share(part: Any, whole: Any) -> str:
    """`part` of `whole` in hundredths, 0 to 100, with a point in every language: an SVG reads no comma."""
    whole = Decimal(whole or 0)
    ratio = Decimal(part or 0) / whole * 100 if whole else Decimal(0)
    return f"{min(max(ratio, Decimal(0)), Decimal(100)):.2f}"


@register.filter
def plain(value: Any) -> str:
    """A number with a point and no group marks, for attributes that a browser reads."""
    return "" if value is None else str(value)


@register.simple_tag
def ticks(done: int, total: int, begun: int = 0) -> list[str]:
    """One mark a section: "on" for those done, "part" for those begun, "" for the rest."""
    done, total, begun = int(done or 0), int(total or 0), int(begun or 0)
    return (["on"] * done + ["part"] * begun + [""] * max(total - done - begun, 0))[:total]


@register.filter
def age_bars(days: int | None) -> list[bool]:
    """Five bars, one filled for each week begun."""
    weeks = -(-int(days or 0) // 7)
    return [number < weeks for number in range(5)]


@dataclass(frozen=True)
class ScaleStep:
    """One score that can be given."""

    value: str
    number: Decimal
    is_half: bool
    is_chosen: bool


@register.simple_tag
def scale_steps(chosen: Any = None, maximum: Any = 5, step: Any = "0.5") -> list[ScaleStep]:
    """The scores from 0 to `maximum`, by `step`; `chosen` is the one given, or nothing."""
    given = None if chosen in (None, "") else Decimal(str(chosen))
    top, by = Decimal(str(maximum or 5)), Decimal(str(step or "0.5"))
    numbers: Iterable[Decimal] = (by * count for count in range(int(top / by) + 1))
    return [ScaleStep(f"{number:.1f}", number, number % 1 != 0, number == given) for number in numbers]


@dataclass(frozen=True)
class SpreadRow:
    """The scores of one criterion as dots on a line of 300 units: where each stands, and how many stand there."""

    label: str
    is_wide: bool
    first: str
    last: str
    dots: list[tuple[str, int]]


@register.simple_tag
def spread_rows(rows: Iterable[Any], maximum: Any = 5) -> list[SpreadRow]:
    """`rows` have `label`, `values` (numbers) and `is_wide` (the reviewers must talk); rows without a score are left out."""
    return [_spread_row(row, Decimal(maximum or 5)) for row in rows if _of(row, "values")]


def _of(row: Any, name: str) -> Any:
    return row.get(name) if isinstance(row, dict) else getattr(row, name, None)


def _spread_row(row: Any, maximum: Decimal) -> SpreadRow:
    scores = sorted(Decimal(value) for value in _of(row, "values"))
    counts = {score: scores.count(score) for score in scores}
    # Ten units at each end keep a whole dot inside the drawing.
    at = {score: f"{10 + score / maximum * 280:.1f}" for score in counts}
    dots = [(at[score], count) for score, count in counts.items()]
    return SpreadRow(_of(row, "label"), bool(_of(row, "is_wide")), at[scores[0]], at[scores[-1]], dots)
