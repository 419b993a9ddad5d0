"""The pages of the external steps: the file leaves the service, an answer is recorded, its scan is read."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.core.exceptions import NotReady, refuse_if
from portal.core.gate import require
from portal.files.responses import file_response
from reviews import services
from reviews.chain import Chain, chain_of
from reviews.choices import ProposalState
from reviews.desk_forms import sign_scan
from reviews.external_forms import StepForm, TransmissionForm
from reviews.models import Proposal, ProposalStep
from reviews.steps import proposal_not_in
from reviews.views.access import call_of_the_desk
from reviews.views.decisions import asked_list, head_of_list
from reviews.views.scans import scan_of


@login_required
@require_http_methods(["GET", "POST"])
def transmit(request: HttpRequest, reference: str, number: int | None = None) -> HttpResponse:
    """The head of unit says when the file of the list left, and to whom."""
    proposal = asked_list(request, reference, number)
    require(request.user, "reviews.transmit_proposal", proposal)
    if proposal.state == ProposalState.TRANSMITTED:
        # A second click, or a reload: the act is done, and its page says so.
        return redirect(proposal.page("board"))
    refuse_if(proposal_not_in(proposal, ProposalState.APPROVED))
    form = TransmissionForm(request.POST or None, initial={"on": timezone.localdate(request.arrived_at)})
    context = {**head_of_list(proposal), "form": form, "chain": chain_of(proposal), "problems": []}
    if not form.is_valid():
        return render(request, "reviews/transmit.html", context, status=422 if form.errors else 200)
    try:
        services.transmit_proposal(proposal_id=proposal.pk, by=request.user, at=request.arrived_at, **form.cleaned_data)
    except NotReady as refusal:
        context["problems"] = refusal.problems
        return render(request, "reviews/transmit.html", context, status=409)
    messages.success(request, _("The transmission is recorded. The external steps are awaited."))
    return redirect(proposal.page("board"))


@login_required
@require_http_methods(["GET", "POST"])
def record_step(request: HttpRequest, reference: str, number: int | None = None) -> HttpResponse:
    """What the authority whose turn it is answered, with the scan of its act; nothing typed or sent is lost."""
    proposal = asked_list(request, reference, number)
    require(request.user, "reviews.record_external_step", proposal)
    if proposal.state == ProposalState.GRANTED:
        return redirect(proposal.page("board"))
    refuse_if(proposal_not_in(proposal, ProposalState.TRANSMITTED))
    chain = chain_of(proposal)
    if request.method != "POST":
        return _step_page(request, proposal, chain, StepForm(initial={"place": chain.next and chain.next.place}))
    form = StepForm(request.POST, request.FILES)
    scan, name = scan_of(form, allowed=("pdf",), lacking=_("Choose the scan of the signed act."))
    kept = {"scan_name": name, "kept": sign_scan(scan, name)} if scan else {}
    if not form.is_valid() or scan is None:
        return _step_page(request, proposal, chain, form, status=422, **kept)
    place = form.cleaned_data["place"]
    try:
        services.record_external_step(
            proposal_id=proposal.pk, place=place, by=request.user, act=form.act(scan, name), at=request.arrived_at
        )
    except NotReady as refusal:
        return _step_page(request, proposal, chain, form, status=409, problems=refusal.problems, **kept)
    messages.success(request, _("The answer is recorded."))
    return redirect(proposal.page("board"))


@login_required
@require_safe
def step_scan(request: HttpRequest, reference: str, number: int, place: int) -> FileResponse:
    """The scan of a recorded act, for everyone who may read the list."""
    call = call_of_the_desk(request, reference)
    steps = ProposalStep.objects.filter(proposal__call=call, proposal__number=number).select_related("scan")
    step = get_object_or_404(steps, place=place)
    if step.scan is None:
        raise Http404("Nothing is recorded at this place.")
    return file_response(step.scan, step.scan_name)


def _step_page(
    request: HttpRequest, proposal: Proposal, chain: Chain, form: StepForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    form.fields["scan"].is_optional = False
    context = {**head_of_list(proposal), "step": chain.next, "form": form, "problems": [], **more}
    return render(request, "reviews/record_step.html", context, status=status)
