"""The verbs of an application; the only writer of its state, its versions and its lines in the audit chain."""

from applications.services.corrections import correct_application, expire_corrections
from applications.services.drafting import (
    LineInput,
    attach_annex,
    remove_annex,
    save_answers,
    save_budget,
    save_project,
    start_application,
)
from applications.services.paper import PaperApplication, register_paper_application
from applications.services.period import record_period
from applications.services.sending import record_sending
from applications.services.submission import submit_application
from applications.services.withdrawal import withdraw_application

__all__ = [
    "LineInput",
    "PaperApplication",
    "attach_annex",
    "correct_application",
    "expire_corrections",
    "record_period",
    "record_sending",
    "register_paper_application",
    "remove_annex",
    "save_answers",
    "save_budget",
    "save_project",
    "start_application",
    "submit_application",
    "withdraw_application",
]
