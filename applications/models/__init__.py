"""An application and what it is made of."""

from applications.models.application import Application
from applications.models.correction import Correction, CorrectionPoint
from applications.models.paper import PaperPeriod
from applications.models.parts import Annex, Answer, BudgetLine, IncomeLine
from applications.models.sending import Sending
from applications.models.version import Version

__all__ = [
    "Annex",
    "Answer",
    "Application",
    "BudgetLine",
    "Correction",
    "CorrectionPoint",
    "IncomeLine",
    "PaperPeriod",
    "Sending",
    "Version",
]
