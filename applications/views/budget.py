"""The page of the budget: lines as typed, totals and caps as the server computes them from what is saved."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.budget import Budget, HeadingTotal, budget_of
from applications.forms import BudgetForm
from applications.forms.budget import LineForm
from applications.models import Application
from applications.readiness import broken_budget_rules
from applications.services import save_budget
from applications.views.page import REFUSED, REFUSED_IN_PLACE, only_read, own_application, show, signed_in
from portal.core.exceptions import NotReady, Problem
from portal.core.money import show_number

PAGE = "applications/budget.html"
IN_PLACE = "applications/budget_saved.html"
SAVED_PARTS = ("budget_lines", "income_lines")


@dataclass(frozen=True)
class HeadingOnPage:
    """A heading with its lines, its figures, and the rule that it breaks."""

    total: HeadingTotal
    lines: list[LineForm]
    sentence: str


@dataclass(frozen=True)
class IncomeOnPage:
    """A kind of income with its field, its share of the expenses, and the rules that it breaks."""

    kind: str
    field: Any
    share: Decimal | None
    sentences: list[str]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def budget(request: HttpRequest, reference: str) -> HttpResponse:
    """The budget is saved when every amount can be read; until then it comes back as typed, with the reasons."""
    application = own_application(request, reference, *SAVED_PARTS)
    if request.method != "POST":
        closed = only_read(request, application)
        return closed or _page(
            request, application, BudgetForm.as_saved(application, adding_to=request.GET.get("add", ""))
        )
    # Only a button that was pressed removes a line: never the one that happens to have the focus.
    gone = "" if request.htmx else request.POST.get("remove", "")
    form = BudgetForm.as_typed(application, request.POST, without=gone)
    if not form.is_valid():
        return _page(request, application, form, problems=form.troubles(), status=REFUSED_IN_PLACE)
    try:
        save_budget(
            application_id=application.pk,
            by=request.user,
            lines=form.lines(),
            income=form.amounts(),
            at=request.arrived_at,
        )
    except NotReady as refused:
        status = REFUSED_IN_PLACE if request.htmx else REFUSED
        return _page(request, application, form, problems=refused.problems, is_refused=True, status=status)
    if request.htmx:
        return _page(request, own_application(request, reference), form)
    return _onwards(request, reference, form)


def _onwards(request: HttpRequest, reference: str, form: BudgetForm) -> HttpResponse:
    page = reverse("applications:budget", args=[reference])
    if place := form.next_place(request.POST.get("add", "")):
        return redirect(f"{page}?{urlencode({'add': request.POST['add']})}#{place}")
    messages.success(request, _("Saved."))
    stays = "stay" in request.POST or "remove" in request.POST
    return redirect(page if stays else reverse("applications:task_list", args=[reference]))


def _page(
    request: HttpRequest,
    application: Application,
    form: BudgetForm,
    *,
    problems: list[Problem] | None = None,
    is_refused: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The rules are those of submission; on a budget that is not begun they would only scold."""
    figures = budget_of(application)
    is_begun = bool(figures.expenses or figures.income_total)
    broken = list(broken_budget_rules(application)) if is_begun else []
    most = application.track.rate_maximum if application.track else None
    context = {
        "here": _("Budget"),
        "is_saved": problems is None,
        "is_refused": is_refused,
        "problems": problems if problems is not None else broken,
        "budget": figures,
        "headings": _headings(form, figures, broken),
        "income": _income(form, figures, broken),
        "balance": _sentence(broken, "income"),
        "rate": f"{show_number(figures.rate, get_language() or 'fr', places=1)}\u00a0%",
        "rate_maximum": most,
        "is_above_rate": most is not None and figures.is_above_rate(most),
    }
    return show(request, IN_PLACE if request.htmx else PAGE, application, status=status, **context)


def _headings(form: BudgetForm, figures: Budget, broken: list[Problem]) -> list[HeadingOnPage]:
    totals = {total.heading.pk: total for total in figures.headings}
    return [
        HeadingOnPage(totals[row.heading.pk], row.lines, _sentence(broken, f"heading-{row.heading.code}"))
        for row in form.rows
    ]


def _income(form: BudgetForm, figures: Budget, broken: list[Problem]) -> list[IncomeOnPage]:
    return [
        IncomeOnPage(
            kind,
            field,
            figures.share_of_income(kind),
            [*map(str, field.errors), *(str(row) for row in broken if row.anchor.endswith(f"#id_income_{kind}"))],
        )
        for kind, field in form.income.rows()
    ]


def _sentence(broken: list[Problem], anchor: str) -> str:
    return next((str(problem) for problem in broken if problem.anchor.endswith(f"#{anchor}")), "")
