"""Words for the events of applications in the audit chain, which itself holds codes only, and for their mails."""

from django.utils.translation import gettext_lazy as _

from portal.audit.labels import register_verbs
from portal.mail.registry import register_templates


def register() -> None:
    """Give the pages of the chain and of the jobs these words."""
    register_templates(
        {
            "applications/receipt": _("Receipt"),
            "applications/withdrawn": _("Application withdrawn"),
            "applications/correction_received": _("Correction received"),
            "applications/call_corrected": _("Call corrected"),
            "applications/call_cancelled": _("Call cancelled"),
        }
    )
    register_verbs(
        {
            "application.started": _("Application started"),
            "application.submitted": _("Application submitted"),
            "application.call_cancelled": _("Application cancelled with its call"),
            "application.lapsed": _("Draft lapsed: never submitted"),
            "application.changes_set_aside": _("Changes that were never submitted set aside"),
            "application.corrected": _("Correction sent by the applicant"),
            "application.correction_expired": _("Request for correction expired without an answer"),
            "application.withdrawn": _("Application withdrawn by the applicant"),
            "application.registered_on_paper": _("Paper application entered"),
            "application.period_recorded": _("Start and length of the project read from the paper"),
            "document.posted": _("Letter sent by post"),
        }
    )
