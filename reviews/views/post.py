"""Letters that go by post: those that wait, and the record of a sending."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from applications import services
from applications.models import Application
from portal.core.exceptions import NotReady
from portal.core.gate import require, visible_or_404
from portal.core.numbered_pages import numbered_page
from portal.documents.models import Document
from reviews.desk import letters_to_post
from reviews.desk_forms import SendingForm

ON_A_PAGE = 25


@login_required
@require_safe
def post_list(request: HttpRequest) -> HttpResponse:
    """The letters that wait for the post, the oldest first."""
    require(request.user, "reviews.post_letters")
    waiting = letters_to_post(request.user).visible_to(request.user).for_the_register()
    page = numbered_page(waiting, request, size=ON_A_PAGE)
    return render(request, "reviews/post_list.html", {"page": page})


@login_required
@require_http_methods(["GET", "POST"])
def record_sending(request: HttpRequest, code: str) -> HttpResponse:
    """The officer writes how and when the letter went."""
    require(request.user, "reviews.post_letters")
    letters = Document.objects.for_the_register().select_related("sending")
    document = visible_or_404(letters, request.user, code=code)
    rows = Application.objects.select_related("call", "organisation")
    application = rows.get(public_id=document.about.partition(":")[2])
    require(request.user, "applications.record_sending", application)
    form = SendingForm(
        request.POST if request.method == "POST" else None,
        initial={"sent_on": timezone.localdate(request.arrived_at), "channel": "registered_post"},
    )
    context = {"document": document, "application": application, "form": form, "problems": []}
    if not form.is_valid():
        return render(request, "reviews/record_sending.html", context, status=422 if form.errors else 200)
    try:
        services.record_sending(document_id=document.pk, by=request.user, at=request.arrived_at, **form.cleaned_data)
    except NotReady as refusal:
        context["problems"] = refusal.problems
        return render(request, "reviews/record_sending.html", context, status=409)
    messages.success(request, _("The sending of %(number)s is recorded.") % {"number": document.number})
    return redirect("reviews:post_list")
