"""The pages of a call: what everyone reads, and what the desk reads and does."""

from calls.views.acts import open_assessment, propose, publish, return_to_draft
from calls.views.desk import desk_call, desk_list
from calls.views.public import call, home, open_calls
from calls.views.territories import territories

__all__ = [
    "call",
    "desk_call",
    "desk_list",
    "home",
    "open_assessment",
    "open_calls",
    "propose",
    "publish",
    "return_to_draft",
    "territories",
]
