"""What the portal itself finds on an automatic screening item, in the version that counts: the answer and its evidence."""

from collections.abc import Callable

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from applications.models import Application, Version
from applications.readiness import broken_budget_rules, broken_limits, missing_annexes, unanswered_questions
from applications.submitted import HandedIn, as_handed_in
from calls.choices import AutomaticCheck
from calls.contract import LANGUAGES
from portal.core.dates import second_moment

Finding = tuple[bool, str]


def findings(application: Application, *, version: Version | None = None) -> dict[str, Finding]:
    """Check name to (found in order, evidence), for every check the portal can make on this file.

    The last version handed in is looked at (or `version`, where the page has read it already): rows that were changed
    and never handed in do not count.
    """
    last = version or application.versions.order_by("-number")[0]
    last.application = application
    return _checked(as_handed_in(last))


def findings_in_every_language(application: Application) -> dict[str, dict[str, Finding]]:
    """Language to the findings in its words, of the last version handed in."""
    last = application.versions.order_by("-number")[0]
    last.application = application
    told, found = as_handed_in(last), {}
    for language in LANGUAGES:
        with override(language):
            found[language] = _checked(told)
    return found


def _checked(told: HandedIn) -> dict[str, Finding]:
    return {name: check(told) for name, check in _CHECKS.items()}


def _deadline(told: HandedIn) -> Finding:
    language = get_language() or "fr"
    received, application = told.application.submitted_at, told.application
    sentence = _("Received on %(received)s; deadline %(deadline)s.")
    shown = {
        "received": second_moment(received, language) if received else "–",
        "deadline": second_moment(application.call.closes_at, language),
    }
    return received is not None and received < application.call.closes_at, sentence % shown


def _complete_form(told: HandedIn) -> Finding:
    missing = list(unanswered_questions(told.form))
    return not missing, _("Questions without a valid answer: %(count)s.") % {"count": len(missing)}


def _annexes_present(told: HandedIn) -> Finding:
    missing = list(missing_annexes(told.form))
    return not missing, _("Required annexes that are missing: %(count)s.") % {"count": len(missing)}


def _maximum_applications(told: HandedIn) -> Finding:
    application = told.application
    count = application.organisation.applications.live().filter(call=application.call).count()
    shown = {"count": count, "most": application.call.applications_maximum}
    return count <= shown["most"], _("Applications of this organisation: %(count)s of at most %(most)s.") % shown


def _limits(told: HandedIn) -> Finding:
    broken = [*broken_limits(told.application), *broken_budget_rules(told.application, budget=told.budget)]
    if not broken:
        return True, _("Amount, rate, duration and caps are within the limits.")
    return False, " ".join(str(problem) for problem in broken)


_CHECKS: dict[str, Callable[[HandedIn], Finding]] = {
    AutomaticCheck.DEADLINE: _deadline,
    AutomaticCheck.COMPLETE_FORM: _complete_form,
    AutomaticCheck.ANNEXES_PRESENT: _annexes_present,
    AutomaticCheck.MAXIMUM_APPLICATIONS: _maximum_applications,
    AutomaticCheck.LIMITS: _limits,
}
