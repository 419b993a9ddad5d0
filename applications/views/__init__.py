"""The applicant's pages, one module for each kind; the rules are in the services and in readiness."""

from applications.views.annexes import annexes, download_annex, remove_annex
from applications.views.budget import budget
from applications.views.correction import correct
from applications.views.listing import mine, start
from applications.views.overview import task_list
from applications.views.project import project
from applications.views.reading import read
from applications.views.sections import answer, section
from applications.views.submission import submit, submitted
from applications.views.withdrawal import withdraw

__all__ = [
    "annexes",
    "answer",
    "budget",
    "correct",
    "download_annex",
    "mine",
    "project",
    "read",
    "remove_annex",
    "section",
    "start",
    "submit",
    "submitted",
    "task_list",
    "withdraw",
]
