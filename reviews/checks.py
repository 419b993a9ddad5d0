"""What the portal itself finds on an automatic screening item: the answer, and the evidence it rests on."""

from collections.abc import Callable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from applications.form_state import FormState, form_state
from applications.models import Application
from applications.readiness import broken_budget_rules, broken_limits, missing_annexes, unanswered_questions
from calls.choices import AutomaticCheck
from portal.core.dates import long_moment

Finding = tuple[bool, str]


def findings(application: Application) -> dict[str, Finding]:
    """Check name to (found in order, evidence), for every check the portal can make on this file."""
    form = form_state(application)
    return {name: check(application, form) for name, check in _CHECKS.items()}


def _deadline(application: Application, form: FormState) -> Finding:
    language = get_language() or "fr"
    received = application.submitted_at
    sentence = _("Received on %(received)s; deadline %(deadline)s.")
    shown = {
        "received": long_moment(received, language) if received else "–",
        "deadline": long_moment(application.call.closes_at, language),
    }
    return received is not None and received < application.call.closes_at, sentence % shown


def _complete_form(application: Application, form: FormState) -> Finding:
    missing = list(unanswered_questions(form))
    return not missing, _("Questions without a valid answer: %(count)s.") % {"count": len(missing)}


def _annexes_present(application: Application, form: FormState) -> Finding:
    missing = list(missing_annexes(form))
    return not missing, _("Required annexes that are missing: %(count)s.") % {"count": len(missing)}


def _maximum_applications(application: Application, form: FormState) -> Finding:
    count = application.organisation.applications.live().filter(call=application.call).count()
    shown = {"count": count, "most": application.call.applications_maximum}
    return count <= shown["most"], _("Applications of this organisation: %(count)s of at most %(most)s.") % shown


def _limits(application: Application, form: FormState) -> Finding:
    broken = [*broken_limits(application), *broken_budget_rules(application)]
    if not broken:
        return True, _("Amount, rate, duration and caps are within the limits.")
    return False, " ".join(str(problem) for problem in broken)


_CHECKS: dict[str, Callable[[Application, FormState], Finding]] = {
    AutomaticCheck.DEADLINE: _deadline,
    AutomaticCheck.COMPLETE_FORM: _complete_form,
    AutomaticCheck.ANNEXES_PRESENT: _annexes_present,
    AutomaticCheck.MAXIMUM_APPLICATIONS: _maximum_applications,
    AutomaticCheck.LIMITS: _limits,
}
