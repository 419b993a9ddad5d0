"""How far each part of a draft is, told from the very list that decides about its submission. No request, no writing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from applications.form_state import FormState
from applications.models import Answer, Application
from applications.readiness import IDENTITY
from applications.views.page import on_page
from calls.models import Section
from portal.core.dates import BRUSSELS, clock_time, long_day
from portal.core.exceptions import Problem
from portal.core.money import show_amount

COMPLETE, TO_COMPLETE, NOT_STARTED, TO_CORRECT = "ok", "warn", "", "stop"
WORDS: dict[str, str | Promise] = {
    COMPLETE: pgettext_lazy("part of an application", "Complete"),
    TO_COMPLETE: pgettext_lazy("part of an application", "To complete"),
    NOT_STARTED: pgettext_lazy("part of an application", "Not started"),
    TO_CORRECT: pgettext_lazy("part of an application", "To correct"),
}
# Codes of readiness that say "something is not there yet"; every other one says that something is wrong.
NOT_THERE = {"missing", "unanswered", "no_budget", "missing_annex"}


@dataclass(frozen=True)
class Part:
    """One page of the draft: where it is, what stands in it, and how far it is."""

    title: str
    url: str
    note: str
    state: str

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(WORDS[self.state])


@dataclass(frozen=True)
class Progress:
    """All parts, in the groups of the page, and what is missing in each."""

    project: Part
    sections: list[Part]
    budget: Part
    annexes: Part

    @property
    def parts(self) -> list[Part]:
        """Every part, in the order of the form."""
        return [self.project, *self.sections, self.budget, self.annexes]

    @property
    def done(self) -> int:
        """How many parts are complete."""
        return sum(part.state == COMPLETE for part in self.parts)

    @property
    def begun(self) -> int:
        """How many parts are begun and not complete."""
        return sum(part.state in (TO_COMPLETE, TO_CORRECT) for part in self.parts)

    @property
    def next(self) -> str:
        """The address of the first part that is not complete; empty when all are."""
        return next((part.url for part in self.parts if part.state != COMPLETE), "")


def progress_of(application: Application, form: FormState, problems: Sequence[Problem], at: datetime) -> Progress:
    """The parts of the draft; `problems` is what stands between it and its submission."""
    return Progress(
        project=_project(application, problems),
        sections=[_section(form, section, problems, at) for section in form.sections],
        budget=_budget(application, problems),
        annexes=_annexes(form, problems),
    )


def _state(problems: Sequence[Problem], *, is_begun: bool) -> str:
    if any(problem.code not in NOT_THERE for problem in problems):
        return TO_CORRECT
    if not problems:
        return COMPLETE
    return TO_COMPLETE if is_begun else NOT_STARTED


def _project(application: Application, problems: Sequence[Problem]) -> Part:
    url = reverse("applications:project", args=[application.reference])
    is_begun = any(getattr(application, name) for name in IDENTITY)
    state = _state(on_page(problems, url), is_begun=is_begun or bool(application.goals.all()))
    return Part(_("Title, place, partner and calendar"), url, application.place, state)


def _section(form: FormState, section: Section, problems: Sequence[Problem], at: datetime) -> Part:
    url = reverse("applications:section", args=[form.application.reference, section.code])
    answers = [form.answers[row.pk] for row in form.questions_of(section) if form.answer_text(row)]
    last = max(answers, key=lambda answer: answer.saved_at, default=None)
    return Part(section.title, url, _last_words(last, at), _state(on_page(problems, url), is_begun=bool(answers)))


def _last_words(answer: Answer | None, at: datetime) -> str:
    if answer is None:
        return ""
    language = get_language() or "fr"
    moment = answer.saved_at.astimezone(BRUSSELS)
    is_today = moment.date() == at.astimezone(BRUSSELS).date()
    when = clock_time(moment, language) if is_today else long_day(moment, language)
    return _("Last written by %(name)s, %(when)s") % {"name": answer.saved_by.name, "when": when}


def _budget(application: Application, problems: Sequence[Problem]) -> Part:
    url = reverse("applications:budget", args=[application.reference])
    own = on_page(problems, url)
    lines, income = application.budget_lines.all(), application.income_lines.all()
    total = sum((line.amount for line in lines), Decimal(0))
    note = _("Expenses: %(total)s") % {"total": show_amount(total, get_language() or "fr")} if total else ""
    wrong = sum(problem.code not in NOT_THERE for problem in own)
    if wrong:
        counted = ngettext("%(count)s point to correct", "%(count)s points to correct", wrong) % {"count": wrong}
        note = f"{note} – {counted}"
    return Part(_("Expenses and income"), url, note, _state(own, is_begun=bool(lines or income)))


def _annexes(form: FormState, problems: Sequence[Problem]) -> Part:
    url = reverse("applications:annexes", args=[form.application.reference])
    asked = form.requirements()
    there = sum(bool(form.files_for(requirement)) for requirement in asked)
    note = _("%(there)s of %(asked)s attached") % {"there": there, "asked": len(asked)}
    return Part(_("Annexes"), url, note, _state(on_page(problems, url), is_begun=there > 0))
