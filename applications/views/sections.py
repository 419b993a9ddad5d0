"""A section of the form as a page, and one answer by itself, saved as it is typed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from applications.form_state import FormState, form_state
from applications.forms import SectionForm
from applications.forms.answers import counter, read_answer
from applications.models import Application
from applications.services import save_answers
from applications.views.page import (
    REFUSED,
    REFUSED_IN_PLACE,
    only_read,
    open_correction,
    own_application,
    saved_words,
    show,
    signed_in,
)
from calls.models import Question, Section
from portal.core.exceptions import NotReady, Problem

PAGE = "applications/section.html"
IN_PLACE = "applications/answer_saved.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """The questions of one section. Everything typed is saved, even when it is too long; the sentence stands beside."""
    application = own_application(request, reference)
    correction = open_correction(request, application)
    only = None if correction is None else frozenset(question.pk for question in correction.questions.all())
    state = form_state(application, only=only)
    part = _section(state, code)
    if request.method != "POST":
        closed = None if only and state.questions_of(part) else only_read(request, application)
        return closed or _page(request, state, part, SectionForm.as_saved(state, part))
    form = SectionForm(request.POST, form=state, section=part)
    try:
        save_answers(application_id=application.pk, by=request.user, answers=form.kept(), at=request.arrived_at)
    except NotReady as refused:
        return _page(request, state, part, form, refused=refused.problems, status=REFUSED)
    application.changed_at = request.arrived_at
    if not form.is_all_kept:
        return _page(request, state, part, form, status=422)
    messages.success(request, _("Saved."))
    asked = len(form_state(application, only=only).questions_of(part))
    if asked > len(form.fields):
        messages.info(request, _("Your answers open a further question on this page."))
    if form.errors or asked > len(form.fields) or "stay" in request.POST:
        return redirect("applications:section", reference, code)
    return redirect(_following(state, part, application))


def _page(
    request: HttpRequest, state: FormState, part: Section, form: SectionForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    place = state.sections.index(part) + 1
    shared = {"here": part.title, "section": part, "form": form, "place": place, "number": len(state.sections)}
    return show(request, PAGE, state.application, status=status, **shared, **context)


def _section(state: FormState, code: str) -> Section:
    for part in state.sections:
        if part.code == code:
            return part
    raise Http404("No such section.")


def _following(state: FormState, part: Section, application: Application) -> str:
    """The next section; after the last one, the list of all parts."""
    if state.only is not None:
        return application.get_absolute_url()
    following = state.sections[state.sections.index(part) + 1 :]
    if following:
        return reverse("applications:section", args=[application.reference, following[0].code])
    return application.get_absolute_url()


@require_POST
@signed_in
def answer(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """One answer is kept, and the page that is open gets its stamp, its error, and the questions that this one opens."""
    application = own_application(request, reference)
    state = form_state(application)
    part, question = _question(state, code)
    reading = read_answer(question, request.POST.get(code, ""))
    if reading.text is None:
        return _in_place(request, question, trouble=reading.trouble, status=REFUSED_IN_PLACE)
    try:
        save_answers(
            application_id=application.pk, by=request.user, answers={question: reading.text}, at=request.arrived_at
        )
    except NotReady as refused:
        return _late(request, question, refused.problems)
    opened = _opened(part, before=state, after=form_state(application))
    stamp = saved_words(request.arrived_at, request.arrived_at)
    return _in_place(request, question, trouble=reading.trouble, stamp=stamp, opened=opened)


def _question(state: FormState, code: str) -> tuple[Section, Question]:
    for part in state.sections:
        for question in part.questions.all():
            if question.code == code:
                return part, question
    raise Http404("No such question.")


def _opened(part: Section, *, before: FormState, after: FormState) -> SectionForm | None:
    """The places of the questions that have just appeared or gone."""
    moved = [row for row in part.questions.all() if before.is_asked(row) != after.is_asked(row)]
    return SectionForm.as_saved(after, part).places_of(moved) if moved else None


def _in_place(request: HttpRequest, question: Question, *, status: int = 200, **context: Any) -> HttpResponse:
    words = counter(question, request.POST.get(question.code, ""))
    shared = {"code": question.code, "counter": words}
    return render(request, IN_PLACE, {**shared, **context}, status=status)


def _late(request: HttpRequest, question: Question, problems: list[Problem]) -> HttpResponse:
    trouble = " ".join(str(problem) for problem in problems)
    return _in_place(request, question, trouble=trouble, status=REFUSED_IN_PLACE if request.htmx else REFUSED)
