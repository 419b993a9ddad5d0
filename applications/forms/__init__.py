"""What applicants type: read, kept even when imperfect, shown back. States and rows change in the services."""

from applications.forms.annexes import AnnexForm
from applications.forms.answers import SectionForm
from applications.forms.budget import BudgetForm
from applications.forms.project import ProjectForm
from applications.forms.starting import StartForm
from applications.forms.submission import SubmissionForm
from applications.forms.withdrawal import WithdrawalForm

__all__ = ["AnnexForm", "BudgetForm", "ProjectForm", "SectionForm", "StartForm", "SubmissionForm", "WithdrawalForm"]
