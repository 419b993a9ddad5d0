"""Check a document (everyone), find it in the register (staff, auditor), download it (who may see it)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from portal.core.exceptions import NotReady
from portal.core.gate import may, require, visible_or_404
from portal.core.paging import key_before, page_of
from portal.documents.bundle import MOST, make_bundle
from portal.documents.codes import as_shown
from portal.documents.forms import CodeForm, ComparedFileForm, PickedForm, RegisterFilters
from portal.documents.models import Document
from portal.documents.services import note_download, retry_document
from portal.documents.verification import is_intact
from portal.files.responses import file_response, zip_response

PAGE = 25


@require_safe
def go_to_verification(request: HttpRequest, code: str) -> HttpResponse:
    """The address that letters print has no language: it leads to the page in the visitor's."""
    shown = as_shown(code)
    return redirect("documents:verify", code=shown) if shown else redirect("documents:enter_code")


@require_safe
def enter_code(request: HttpRequest) -> HttpResponse:
    """For who holds the paper and no camera: the code is typed."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        return redirect("documents:verify", code=form.cleaned_data["code"])
    return render(request, "documents/enter_code.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Is this document ours, and is this file the one we sealed? Public: no name, no amount, no reason."""
    shown = as_shown(code)
    document = Document.objects.issued().for_the_register().filter(code=shown).first()
    if document is None:
        context = {"form": CodeForm(initial={"code": shown}), "is_unknown": True}
        return render(request, "documents/enter_code.html", context, status=404)
    form = ComparedFileForm(request.POST, request.FILES) if request.method == "POST" else ComparedFileForm()
    given = form.fingerprint() if form.is_valid() else ""
    context = {
        "document": document,
        "is_intact": is_intact(document),
        "form": form,
        "given": given,
        "code_form": CodeForm(),
    }
    return render(request, "documents/verify.html", context)


@login_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Every document this person may see, the newest first."""
    require(request.user, "documents.read_register")
    form = RegisterFilters(request.GET)
    documents = Document.objects.visible_to(request.user).for_the_register()
    documents = documents.matching(**form.conditions()) if form.is_valid() else documents.none()
    context = {
        "page": page_of(documents.newest_first(before=key_before(request)), request, size=PAGE),
        "form": form,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "may_retry": may(request.user, "documents.retry"),
        "most": MOST,
    }
    return render(request, "documents/register.html", context)


@login_required
@require_GET
def bundle(request: HttpRequest) -> HttpResponseBase:
    """The ticked letters, or all that the filter shows, as one ZIP; a reading, and noted in the chain as one."""
    require(request.user, "documents.read_register")
    picked, filters = PickedForm(request.GET), RegisterFilters(request.GET)
    documents = Document.objects.visible_to(request.user).sealed().for_the_register().newest_first()
    if not picked.is_valid() or not filters.is_valid():
        return _back_to_the_register(request, [error for form in (picked, filters) for error in _errors(form)])
    chosen = (
        documents.filter(code__in=picked.codes) if picked.takes_ticked else documents.matching(**filters.conditions())
    )
    try:
        made = make_bundle(chosen, by=request.user, at=request.arrived_at)
    except NotReady as refusal:
        return _back_to_the_register(request, [str(problem) for problem in refusal.problems])
    return zip_response(made.pieces(), made.file_name)


def _back_to_the_register(request: HttpRequest, why: list[str]) -> HttpResponse:
    """The same rows, with what stands in the way of the ZIP."""
    for sentence in why:
        messages.error(request, sentence)
    kept = request.GET.copy()
    for name in ("take", "pick"):
        kept.pop(name, None)
    return redirect(f"{reverse('documents:register')}?{kept.urlencode()}")


def _errors(form: Form) -> list[str]:
    return [str(error) for errors in form.errors.values() for error in errors]


@login_required
@require_safe
def download(request: HttpRequest, code: str) -> FileResponse:
    """The sealed file. The chain keeps who read it: staff and auditors each time, the addressee the first."""
    document = visible_or_404(Document.objects.for_the_register(), request.user, code=code)
    if document.file is None:
        raise Http404("Not sealed yet.")
    response = file_response(document.file, document.file_name)
    is_addressee = not may(request.user, "documents.read_register")
    note_download(document_id=document.pk, by=request.user, is_addressee=is_addressee, at=request.arrived_at)
    return response


@login_required
@require_POST
def retry(request: HttpRequest, code: str) -> HttpResponse:
    """A document that failed is asked for again."""
    document = visible_or_404(Document, request.user, code=code)
    retry_document(document_id=document.pk, by=request.user, at=request.arrived_at)
    messages.success(request, _("Document %(number)s is asked for again.") % {"number": document.number})
    return redirect("documents:register")
