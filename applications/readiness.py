"""What still stands between a draft and its submission: the meter on the page and the refusal are this list."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import ROUND_DOWN

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from applications.budget import Budget, budget_of
from applications.choices import EDITABLE, WITHDRAWABLE, IncomeKind, State
from applications.form_state import FormState, form_state
from applications.models import Application, Correction
from calls.models import AnnexRequirement, Call
from calls.structure import structure_of
from portal.core.dates import long_day, long_moment
from portal.core.exceptions import Problem
from portal.core.money import CENT, show_amount, show_number

IDENTITY = ("title", "summary", "track", "lot", "place", "partner_name", "starts_on", "duration", "sector")


def missing_before_submit(application: Application, *, at: datetime, form: FormState | None = None) -> list[Problem]:
    """Everything that still stands between this draft and its submission, in the order of the form."""
    form = form or form_state(application)
    return [
        *deadline_passed(application, at=at),
        *missing_identity(application),
        *broken_limits(application),
        *unanswered_questions(form),
        *broken_budget_rules(application),
        *missing_annexes(form),
    ]


def missing_before_edit(application: Application, *, at: datetime, parts: Iterable[Model] = ()) -> list[Problem]:
    """A draft can be changed until its call closes; a file under correction only where the request opened it.

    `parts` are the annexes and questions that would be changed; none stands for the project and the budget.
    """
    if application.state != State.CORRECTION_REQUESTED:
        return list(deadline_passed(application, at=at))
    opened, asked = set(opened_parts(application.correction)), set(parts)
    if not asked or not asked <= opened:
        sentence = _("Only what the request for correction names can be changed now.")
        return [Problem("not_opened", sentence, application.get_absolute_url())]
    return list(correction_is_over(application.correction, at=at))


def opened_parts(correction: Correction) -> list[Model]:
    """The annexes and the questions that the request opens, in the order of the form."""
    return [*correction.annexes.all(), *correction.questions.all()]


def correction_is_over(correction: Correction, *, at: datetime) -> Iterator[Problem]:
    """The answer must arrive by the moment that the letter names."""
    if correction.has_ended or at > correction.due_at:
        sentence = _("The correction was awaited until %(due)s. It can no longer be sent.")
        shown = {"due": long_moment(correction.due_at, get_language() or "fr")}
        yield Problem("correction_over", sentence % shown)


def missing_before_correct(application: Application, *, at: datetime) -> list[Problem]:
    """What still stands between the applicant and the answer to a request for correction."""
    if application.state != State.CORRECTION_REQUESTED:
        return [Problem("no_correction", _("No correction is asked of you for this application."))]
    correction = application.correction
    over = list(correction_is_over(correction, at=at))
    return over or [*_opened_annexes_without_file(application), *_opened_questions_in_trouble(application)]


def _opened_annexes_without_file(application: Application) -> Iterator[Problem]:
    page = reverse("applications:annexes", args=[application.reference])
    attached = set(application.annexes.values_list("requirement", flat=True))
    for requirement in application.correction.annexes.all():
        if requirement.pk not in attached:
            yield _annex_to_attach(requirement, page)


def _opened_questions_in_trouble(application: Application) -> list[Problem]:
    only = frozenset(question.pk for question in application.correction.questions.all())
    return list(unanswered_questions(form_state(application, only=only))) if only else []


def missing_before_withdrawal(application: Application, reason: str) -> list[Problem]:
    """Handed in, no final decision notified, and a reason written."""
    if application.state not in WITHDRAWABLE:
        shown = {"state": application.applicant_label}
        return [Problem("state", _("This application can no longer be withdrawn: %(state)s.") % shown)]
    if not reason.strip():
        return [Problem("no_reason", _("Write why you withdraw the application."), "#id_reason")]
    return []


def deadline_passed(application: Application, *, at: datetime) -> Iterator[Problem]:
    """The request must have arrived before the closing moment (strict), and nobody may have begun to assess."""
    call = application.call
    if application.state not in EDITABLE:
        yield Problem("not_editable", _("This application is being assessed and can no longer be changed."))
    elif at >= call.closes_at:
        sentence = _("The deadline was %(deadline)s. Your request arrived on %(arrival)s. Your draft is kept.")
        language = get_language() or "fr"
        shown = {"deadline": long_moment(call.closes_at, language), "arrival": long_moment(at, language)}
        yield Problem("deadline_passed", sentence % shown)
    elif not call.is_open(at):
        yield Problem("call_not_open", _("This call is not open for applications."))


def too_many_applications(call: Call, count: int) -> Iterator[Problem]:
    """`count` live applications of one organisation have reached the maximum of the call."""
    if count >= call.applications_maximum:
        sentence = _("Your organisation already has %(count)s applications: the most that this call allows.")
        yield Problem("maximum_applications", sentence % {"count": count})


def missing_identity(application: Application) -> Iterator[Problem]:
    """The fields that every application has, whatever the call asks."""
    page = reverse("applications:project", args=[application.reference])
    for name in IDENTITY:
        if name == "lot" and not structure_of(application.call).lots:
            continue
        if not getattr(application, name):
            label = application._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            yield Problem("missing", _("Fill in: %(field)s") % {"field": label}, f"{page}#id_{name}")
    if not application.goals.all():
        yield Problem("missing", _("Choose at least one sustainable development goal."), f"{page}#id_goals")


def broken_limits(application: Application) -> Iterator[Problem]:
    """Duration and start must lie within what the call allows."""
    call = application.call
    page = reverse("applications:project", args=[application.reference])
    if application.duration and not call.duration_minimum <= application.duration <= call.duration_maximum:
        sentence = _("Choose a duration from %(least)s to %(most)s months.")
        months = {"least": call.duration_minimum, "most": call.duration_maximum}
        yield Problem("duration", sentence % months, f"{page}#id_duration")
    if application.starts_on and not call.starts_from <= application.starts_on <= call.starts_until:
        language = get_language() or "fr"
        shown = {"first": long_day(call.starts_from, language), "last": long_day(call.starts_until, language)}
        yield Problem(
            "start", _("Let the project start between %(first)s and %(last)s.") % shown, f"{page}#id_starts_on"
        )


def unanswered_questions(form: FormState) -> Iterator[Problem]:
    """Required questions without an answer, answers with too many words, numbers that are none."""
    for section in form.sections:
        page = reverse("applications:section", args=[form.application.reference, section.code])
        for question in form.unanswered(section):
            yield Problem("unanswered", question.label, f"{page}#id_{question.code}")
        for question in form.too_long(section):
            sentence = _("Shorten to %(most)s words: %(question)s")
            shown = {"most": question.words_maximum, "question": question.label}
            yield Problem("too_long", sentence % shown, f"{page}#id_{question.code}")
        for question in form.not_numbers(section):
            sentence = _("Write a whole number: %(question)s")
            yield Problem("not_a_number", sentence % {"question": question.label}, f"{page}#id_{question.code}")


def broken_budget_rules(application: Application, *, budget: Budget | None = None) -> Iterator[Problem]:
    """Balance, caps, amounts and rate; each sentence names both numbers. `budget` is the present one unless given."""
    page = reverse("applications:budget", args=[application.reference])
    budget = budget or budget_of(application)
    if not budget.expenses:
        yield Problem("no_budget", _("Fill in the expenses of the project."), f"{page}#expenses")
        return
    yield from _caps(budget, page)
    yield from _balance(budget, page)
    yield from _grant_limits(application, budget, page)


def missing_annexes(form: FormState) -> Iterator[Problem]:
    """Every annex that is asked of this applicant has at least one file."""
    page = reverse("applications:annexes", args=[form.application.reference])
    for requirement in form.requirements():
        if not form.files_for(requirement):
            yield _annex_to_attach(requirement, page)


def _annex_to_attach(requirement: AnnexRequirement, page: str) -> Problem:
    sentence = _("Attach annex %(code)s: %(title)s") % {"code": requirement.code, "title": requirement.title}
    return Problem("missing_annex", sentence, f"{page}#annex-{requirement.code}")


def _caps(budget: Budget, page: str) -> Iterator[Problem]:
    for row in budget.headings:
        if row.is_too_high:
            sentence = _("Bring “%(heading)s” down to %(ceiling)s or less; it stands at %(total)s.")
            shown = {"heading": row.heading.title, "ceiling": _euro(row.ceiling), "total": _euro(row.total)}
            yield Problem("cap", sentence % shown, f"{page}#heading-{row.heading.code}")


def _balance(budget: Budget, page: str) -> Iterator[Problem]:
    if budget.difference:
        sentence = _("Make income and expenses equal: expenses are %(expenses)s, income is %(income)s.")
        shown = {"expenses": _euro(budget.expenses), "income": _euro(budget.income_total)}
        yield Problem("balance", sentence % shown, f"{page}#income")


def _grant_limits(application: Application, budget: Budget, page: str) -> Iterator[Problem]:
    track, anchor = application.track, f"{page}#id_income_{IncomeKind.GRANT}"
    if track is None:
        return
    if not track.grant_minimum <= budget.requested <= track.grant_maximum:
        sentence = _("Ask for between %(least)s and %(most)s; you ask for %(asked)s.")
        shown = {"least": track.grant_minimum, "most": track.grant_maximum, "asked": budget.requested}
        yield Problem("amount", sentence % {name: _euro(value) for name, value in shown.items()}, anchor)
    if budget.is_above_rate(track.rate_maximum):
        # Amounts, not shares: 90.0001 % would be shown as the 90 % that are allowed.
        sentence = _(
            "The grant may cover at most %(most)s %% of the expenses, that is %(ceiling)s; you ask for %(asked)s."
        )
        ceiling = (track.rate_maximum * budget.expenses / 100).quantize(CENT, ROUND_DOWN)
        most = show_number(track.rate_maximum, get_language() or "fr")
        yield Problem(
            "rate", sentence % {"most": most, "ceiling": _euro(ceiling), "asked": _euro(budget.requested)}, anchor
        )


def _euro(value: object) -> str:
    return show_amount(value, get_language() or "fr")  # type: ignore[arg-type]
