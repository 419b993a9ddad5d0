"""Words for the events of calls in the audit chain, which itself holds codes only."""

from django.utils.translation import gettext_lazy as _

from portal.audit.labels import register_verbs
from portal.audit.names import register_known_by_code


def register() -> None:
    """Give the chain's page these words, and find a call by its reference."""
    register_known_by_code("call")
    register_verbs(
        {
            "call.drafted": _("Call drafted"),
            "call.proposed": _("Call proposed for publication"),
            "call.returned": _("Call returned to draft"),
            "call.published": _("Call published"),
            "call.assessment_opened": _("Assessment opened"),
            "call.deadline_extended": _("Deadline extended by a corrigendum"),
            "call.corrigendum_proposed": _("Corrigendum proposed"),
            "call.corrigendum_issued": _("Corrigendum issued"),
            "call.corrigendum_discarded": _("Corrigendum not issued"),
            "call.cancelled": _("Call cancelled"),
            "call.archived": _("Call archived"),
            "call.decided": _("Decisions of the call closed"),
        }
    )
