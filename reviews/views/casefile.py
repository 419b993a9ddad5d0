"""The case file: its head and parts, what was handed in, the documents and the history. Screening has its own module."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Max
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from applications.models import Application, Version
from portal.core.dates import long_moment
from portal.core.gate import visible_or_404
from portal.documents.models import Document
from portal.files.responses import file_response
from reviews.choices import ProposalState
from reviews.comparing import changes_of_the_correction
from reviews.desk import readable_files
from reviews.desks import officer_of
from reviews.lines import lacks_period
from reviews.models import Assignment, ProposalLine, ScreeningAnswer
from reviews.reading import Reading
from reviews.standing import standing_of_file
from reviews.views.access import can, file_of_the_desk

PARTS = (
    ("file", gettext_lazy("Screening")),
    ("file_application", gettext_lazy("Application")),
    ("file_reviews", gettext_lazy("Reviews")),
    ("file_history", gettext_lazy("Documents and history")),
)


def head_of(application: Application, part: str) -> dict[str, Any]:
    """What stands above every part of the case file: who asks what, how it stands, and the way to the other parts."""
    return {
        "application": application,
        "officer": officer_of(application),
        "reading": Reading(_last_version(application)),
        "standing": standing_of_file(application),
        "parts": [
            (label, reverse(f"reviews:{name}", args=[application.reference]), name == part) for name, label in PARTS
        ],
    }


@login_required
@require_safe
def file_application(request: HttpRequest, reference: str) -> HttpResponse:
    """What was handed in, in the last version: the one that counts."""
    application = file_of_the_desk(request, reference)
    context = head_of(application, "file_application")
    changes = changes_of_the_correction(context["reading"])
    period = {
        "lacks_period": lacks_period(application),
        "may_record_period": can(request, "applications.record_period", application),
    }
    return render(request, "reviews/file_application.html", {**context, **period, "changes": changes})


@login_required
@require_safe
def file_history(request: HttpRequest, reference: str) -> HttpResponse:
    """The letters about the file, and the moments at which it moved."""
    application = file_of_the_desk(request, reference)
    letters = Document.objects.visible_to(request.user).about(application.audit_name)
    context = {
        **head_of(application, "file_history"),
        "documents": letters.for_the_register().select_related("sending").order_by("pk"),
        "may_post": can(request, "applications.record_sending", application),
        "entries": [
            {"at": at, "when": long_moment(at, get_language() or "fr"), "label": label, "state": "done"}
            for at, label in sorted(_moments(application), key=lambda entry: entry[0])
        ],
    }
    return render(request, "reviews/file_history.html", context)


@login_required
@require_safe
def file_annex(request: HttpRequest, reference: str, sha256: str) -> FileResponse:
    """A file of a version, or the scan of a paper application, for everyone who may read the application now."""
    application = visible_or_404(readable_files(request.user).select_related("call"), request.user, reference=reference)
    for version in application.versions.order_by("-number"):
        stored = version.files.filter(sha256=sha256).first()
        name = Reading(version).name_of(sha256)
        if name and stored:
            return file_response(stored, name)
    raise Http404("No such file in any version.")


def _last_version(application: Application) -> Version:
    return application.versions.order_by("-number")[0]


def _moments(application: Application) -> list[tuple[Any, str]]:
    """Every moment that stands on the file's rows; who acted is told by the audit chain."""
    opened, correction = application.call.assessment_opened_at, getattr(application, "correction", None)
    found = [(at, _("Version %(number)s received") % {"number": n}) for n, at in _receipts(application)]
    found += [(opened, _("Assessment of the call opened"))] if opened else []
    found += [(correction.requested_at, _("Correction asked of the applicant"))] if correction else []
    found += [(correction.expired_at, _("Correction expired"))] if correction and correction.expired_at else []
    found += [(application.withdrawn_at, _("Withdrawn by the applicant"))] if application.withdrawn_at else []
    answered = ScreeningAnswer.objects.filter(application=application).aggregate(last=Max("answered_at"))["last"]
    found += [(answered, _("Checklist answered"))] if answered else []
    for number, review in enumerate(Assignment.objects.filter(application=application).order_by("pk"), start=1):
        found.append((review.assigned_at, _("Reviewer %(number)s assigned") % {"number": number}))
        if review.locked_at:
            found.append((review.locked_at, _("Review %(number)s locked") % {"number": number}))
    return found + _acts(application)


def _receipts(application: Application) -> list[tuple[int, Any]]:
    return list(application.versions.order_by("number").values_list("number", "submitted_at"))


def _acts(application: Application) -> list[tuple[Any, str]]:
    """The moments of the lists in which the file stands."""
    found = []
    for line in ProposalLine.objects.filter(application=application).select_related("proposal").order_by("pk"):
        proposal = line.proposal
        label = (
            _("Put in proposal %(number)s, which was returned")
            if proposal.state == ProposalState.RETURNED
            else _("Put in proposal %(number)s")
        )
        found.append((proposal.frozen_at, label % {"number": proposal.number}))
        found += [(proposal.approved_at, _("Decided by the head of unit"))] if proposal.approved_at else []
        found += [(proposal.granted_at, _("External steps complete"))] if proposal.granted_at else []
        found += [(proposal.notified_at, _("Decision notified"))] if proposal.notified_at else []
    return found
