"""The pages on which a published call is corrected: a later deadline, other words, and the head's confirmation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from calls import services
from calls.choices import CorrigendumState, State
from calls.corrections import corrigenda_as_read, frozen_for_good, is_frozen
from calls.forms import CorrigendumForm, ExtensionForm
from calls.models import Call, Corrigendum
from calls.public_texts import PublicText, texts_of
from calls.views.confirming import Confirmation, call_in, confirm, linked
from calls.views.desk import call_of_the_desk
from portal.core.exceptions import NotReady, Problem
from portal.core.gate import may, require, visible_or_404

EXTEND = Confirmation(
    title=_("Extend the deadline"),
    consequences=[
        _("Everyone can apply until the new moment, also when the call had closed already."),
        _("A numbered corrigendum with your reason stands on the page of the call."),
        _("Everyone with a draft or a submitted application is told by e-mail."),
        _("The deadline cannot be brought forward again."),
    ],
    button=_("Extend the deadline"),
    done=_("The deadline is later. The corrigendum stands on the page of the call."),
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def extend_deadline(request: HttpRequest, reference: str) -> HttpResponse:
    """The head of unit gives everyone more time, and says why."""
    call = call_in(request, reference, "calls.extend_deadline", State.PUBLISHED)
    form = ExtensionForm(request.POST if request.method == "POST" else None)
    return confirm(
        request,
        call,
        EXTEND,
        form=form,
        act=lambda: services.extend_deadline(
            call_id=call.pk,
            by=request.user,
            reason=form.reason,
            closes_at=form.cleaned_data["closes_at"],
            at=request.arrived_at,
        ),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose_corrigendum(request: HttpRequest, reference: str) -> HttpResponse:
    """An officer chooses a public text, writes other words and says why; the head of unit decides."""
    call = call_in(request, reference, "calls.propose_corrigendum", State.PUBLISHED)
    texts = texts_of(call)
    chosen, problems = texts.get(request.GET.get("text", "")), []
    if chosen and is_frozen(call, chosen):
        chosen, problems = None, [frozen_for_good()]
    form = _words_form(request, chosen)
    if chosen and form.is_valid():
        try:
            _propose(request, call, chosen, form)
        except NotReady as refusal:
            problems = linked(refusal.problems, call)
        else:
            messages.success(request, gettext("The corrigendum is proposed. The head of unit can issue it."))
            return redirect("calls:desk_call", reference)
    context = {
        "call": call,
        "texts": [text for text in texts.values() if not is_frozen(call, text)],
        "chosen": chosen,
        "form": form if chosen else None,
        "problems": problems,
    }
    status = 409 if problems else 422 if chosen and form.errors else 200
    return render(request, "calls/desk/correct.html", context, status=status)


def _words_form(request: HttpRequest, chosen: PublicText | None) -> CorrigendumForm:
    words = {f"text_{language}": text for language, text in chosen.words().items()} if chosen else {}
    typed, may_be_empty = request.POST if request.method == "POST" else None, bool(chosen and chosen.may_be_empty)
    return CorrigendumForm(typed, initial=words, may_be_empty=may_be_empty)


def _propose(request: HttpRequest, call: Call, chosen: PublicText, form: CorrigendumForm) -> Corrigendum:
    return services.propose_corrigendum(
        call_id=call.pk,
        by=request.user,
        reason=form.reason,
        changes={chosen.key: form.words},
        at=request.arrived_at,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def corrigendum(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """What is proposed, before and after; the head of unit issues it."""
    call, found = _found(request, reference, pk)
    problems: list[Problem] = []
    if request.method == "POST":
        require(request.user, "calls.issue_corrigendum", found)
        try:
            services.issue_corrigendum(corrigendum_id=found.pk, by=request.user, at=request.arrived_at)
        except NotReady as refusal:
            problems = linked(refusal.problems, call)
        else:
            messages.success(request, gettext("The corrigendum is issued. Everyone reads it on the page of the call."))
            return redirect("calls:desk_call", reference)
    is_open, reads_only = found.state == CorrigendumState.PROPOSED, request.user.is_auditor
    context = {
        "call": call,
        "row": corrigenda_as_read([found])[0],
        "problems": problems,
        "may_issue": is_open and not reads_only and may(request.user, "calls.issue_corrigendum", found),
        "may_discard": is_open and not reads_only and may(request.user, "calls.discard_corrigendum", found),
    }
    return render(request, "calls/desk/corrigendum.html", context, status=409 if problems else 200)


@login_required
@require_POST
def discard_corrigendum(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The head of unit, or an officer, decides that the words stay as they are."""
    _call, found = _found(request, reference, pk)
    services.discard_corrigendum(corrigendum_id=found.pk, by=request.user)
    messages.success(request, gettext("The corrigendum is not issued. The call stays as it was."))
    return redirect("calls:desk_call", reference)


def _found(request: HttpRequest, reference: str, pk: int) -> tuple[Call, Corrigendum]:
    call = call_of_the_desk(request, reference)
    rows = Corrigendum.objects.filter(call=call).select_related("proposed_by", "issued_by")
    found: Corrigendum = visible_or_404(rows, request.user, pk=pk)
    found.call = call
    return call, found
