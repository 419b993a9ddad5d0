"""What every page about one application has: the application of these people, its banner, its moment of saving."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from applications.choices import State
from applications.models import Application, Correction
from calls.models import Call
from calls.standing import time_left
from portal.core.dates import BRUSSELS, clock_time, long_day
from portal.core.exceptions import Problem
from portal.core.gate import may, visible_or_404

View = Callable[..., HttpResponse]

REFUSED = 409
# htmx puts a refusal with this code into the page, and one with 409 nowhere.
REFUSED_IN_PLACE = 422


def signed_in(view: View) -> View:
    """As `login_required`; but a page that saves itself is told so where it stands.

    htmx would follow the way to sign-in, find a good page there, and leave "Saved" standing.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if not request.htmx:
            return redirect_to_login(request.get_full_path())
        if request.method != "POST":
            return HttpResponse(status=401)
        return render(request, "applications/signed_out.html", status=REFUSED_IN_PLACE)

    return guarded


def own_application(request: HttpRequest, reference: str, *parts: str) -> Application:
    """The application, for the members of the organisation that applies; for everyone else it does not exist here."""
    rows = Application.objects.of_the_organisations_of(request.user)
    rows = rows.select_related("call__unit", "organisation", "track", "lot", "sector", "correction")
    rows = rows.prefetch_related(*parts)
    return visible_or_404(rows, request.user, reference=reference)


def show(
    request: HttpRequest, template: str, application: Application, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The page, with what stands above every page of this application."""
    at = request.arrived_at
    shared = {
        "application": application,
        "call": application.call,
        "is_open": application.is_editable(at),
        "left": sentence_of_time_left(application.call, at),
        "days_left": time_left(application.call, at),
        "correction": asked_correction(application),
        "stamp": saved_words(application.changed_at, at) if application.changed_at else "",
    }
    return render(request, template, {**shared, **context}, status=status)


def asked_correction(application: Application) -> Correction | None:
    """The request for correction that waits for the applicant's answer; None when there is none."""
    return application.correction if application.state == State.CORRECTION_REQUESTED else None


def open_correction(request: HttpRequest, application: Application) -> Correction | None:
    """The same, where this person may answer it and its due moment has not passed."""
    correction = asked_correction(application)
    if correction is None or request.arrived_at > correction.due_at:
        return None
    return correction if may(request.user, "applications.correct_application", application) else None


def only_read(request: HttpRequest, application: Application) -> HttpResponse | None:
    """Where a form leads once nothing can be written any more: to the page on which everything can be read."""
    if application.is_editable(request.arrived_at):
        return None
    messages.info(request, _("This application can no longer be changed. You can still read it."))
    return redirect("applications:read", application.reference)


def saved_words(moment: datetime, at: datetime) -> str:
    """ "Saved at 14 h 32", with the day when it was another one."""
    language = get_language() or "fr"
    shown = {"time": clock_time(moment, language), "day": long_day(moment, language)}
    if moment.astimezone(BRUSSELS).date() == at.astimezone(BRUSSELS).date():
        return _("Saved at %(time)s") % shown
    return _("Saved on %(day)s at %(time)s") % shown


def sentence_of_time_left(call: Call, at: datetime) -> str:
    """How long drafts can still be handed in, as a sentence; nothing once it is over."""
    if call.is_closed(at):
        return ""
    days = (call.closes_at.astimezone(BRUSSELS).date() - at.astimezone(BRUSSELS).date()).days
    if not days:
        return _("Last day: until %(time)s.") % {"time": clock_time(call.closes_at, get_language() or "fr")}
    return ngettext("%(days)s day is left.", "%(days)s days are left.", days) % {"days": days}


def on_page(problems: Iterable[Problem], page: str) -> list[Problem]:
    """The problems that are put right on the page with this address."""
    return [problem for problem in problems if problem.anchor.partition("#")[0] == page]
