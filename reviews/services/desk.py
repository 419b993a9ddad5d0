"""A file in the hands of one officer. Who may act on it does not change: the whole unit may."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.choices import FINAL
from applications.models import Application
from portal.accounts.choices import Role
from portal.accounts.models import User
from portal.audit.services import record
from portal.core.exceptions import Problem, refuse_if
from portal.core.gate import require
from portal.organisations.permissions import is_member_of
from reviews.models import FileAssignment


def assign_file(*, application_id: int, officer_id: int, by: User, at: datetime | None = None) -> FileAssignment:
    """This officer answers for the file from now on; whoever had it before no longer does, and the chain keeps that."""
    moment = at or timezone.now()
    with transaction.atomic():
        application = Application.objects.locked().select_related("call").get(pk=application_id)
        require(by, "reviews.assign_file", application)
        officer = User.objects.get(pk=officer_id)
        earlier = FileAssignment.objects.filter(application=application).select_related("officer").first()
        refuse_if(_obstacles(application, officer, earlier, at=moment))
        assignment, _is_new = FileAssignment.objects.update_or_create(
            application=application, defaults={"officer": officer, "assigned_by": by, "assigned_at": moment}
        )
        before = {"before": earlier.officer.audit_name} if earlier else {}
        record("application.given_to_officer", on=application, by=by, data={"officer": officer.audit_name, **before})
    return assignment


def _obstacles(
    application: Application, officer: User, earlier: FileAssignment | None, *, at: datetime
) -> list[Problem]:
    call, today = application.call, timezone.localdate(at)
    if call.assessment_opened_at is None:
        return [Problem("sealed", _("The files of this call are sealed until its assessment is opened."))]
    if application.state in FINAL:
        return [Problem("state", _("This file has its final state: nobody has to take it in hand."))]
    if not User.objects.appointed(Role.OFFICER, unit_id=call.unit_id, on=today).filter(pk=officer.pk).exists():
        sentence = _("Choose somebody who is an officer of the unit today.")
    elif earlier and earlier.officer_id == officer.pk:
        sentence = _("%(name)s has this file in hand already.") % {"name": officer.name}
    elif is_member_of(officer, application.organisation_id):
        sentence = _("%(name)s belongs to the organisation that applies. Choose somebody else.") % {
            "name": officer.name
        }
    elif application.assignments.filter(reviewer=officer).exists():
        sentence = _("%(name)s reviews this file. Choose somebody else.") % {"name": officer.name}
    else:
        return []
    return [Problem("officer", sentence, "#id_officer")]
