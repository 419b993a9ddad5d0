"""The progress of the letters of an approved list: a piece of the board that asks again until all are sealed."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.core.gate import require
from reviews.chain import chain_of, letters_are_due
from reviews.desk import rankings_on_the_desk
from reviews.letters import progress_of_proposal
from reviews.models import Proposal
from reviews.views.access import can


@login_required
@require_safe
def letters(request: HttpRequest, reference: str, number: int | None = None) -> HttpResponse:
    """How many letters are sealed, and which failed.

    204 when nothing changed since the mark in the address, so that a screen reader is not told the same twice. Two
    queries besides those that say who asks: this is read every two seconds.
    """
    require(request.user, "reviews.see_files")
    calls = rankings_on_the_desk(request.user)
    standing = Proposal.objects.standing().select_related("call").defer("content", "call__contract")
    asked = standing.filter(promotes__isnull=False, number=number) if number else standing.of_the_whole_list()
    proposal = asked.filter(call__in=calls, call__reference=reference).first()
    if proposal is None:
        raise Http404("No list is frozen.")
    found = progress_of_proposal(proposal)
    if request.GET.get("seen") == found.mark:
        return HttpResponse(status=204)
    is_due = found.is_complete and letters_are_due(proposal, chain_of(proposal))
    may_notify = is_due and can(request, "reviews.notify_decisions", proposal)
    answer = render(request, "reviews/letters.html", {"proposal": proposal, "letters": found, "may_notify": may_notify})
    if found.is_complete and request.htmx:
        # The list of decisions stands elsewhere on the board: with its letters it is drawn anew, once.
        answer["HX-Refresh"] = "true"
    return answer
