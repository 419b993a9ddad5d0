"""The pages of a call: what everyone reads, and what the desk reads and does."""

from calls.views.acts import open_assessment, propose, publish, return_to_draft
from calls.views.amending import corrigendum, discard_corrigendum, extend_deadline, propose_corrigendum
from calls.views.desk import desk_call, desk_list
from calls.views.ending import archive, cancel
from calls.views.public import call, home, open_calls
from calls.views.territories import territories

__all__ = [
    "archive",
    "call",
    "cancel",
    "corrigendum",
    "desk_call",
    "desk_list",
    "discard_corrigendum",
    "extend_deadline",
    "home",
    "open_assessment",
    "open_calls",
    "propose",
    "propose_corrigendum",
    "publish",
    "return_to_draft",
    "territories",
]
