"""The verbs of an application; the only writer of its state, its versions and its lines in the audit chain."""

from applications.services.drafting import (
    LineInput,
    attach_annex,
    remove_annex,
    save_answers,
    save_budget,
    save_project,
    start_application,
)
from applications.services.submission import submit_application

__all__ = [
    "LineInput",
    "attach_annex",
    "remove_annex",
    "save_answers",
    "save_budget",
    "save_project",
    "start_application",
    "submit_application",
]
