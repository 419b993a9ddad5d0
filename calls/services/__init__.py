"""The verbs of a call; the only writer of its state and of its lines in the audit chain."""

from calls.services.corrigenda import discard_corrigendum, extend_deadline, issue_corrigendum, propose_corrigendum
from calls.services.drafting import draft_call
from calls.services.ending import archive_call, cancel_call
from calls.services.publication import open_assessment, propose_publication, publish_call, return_to_draft

__all__ = [
    "archive_call",
    "cancel_call",
    "discard_corrigendum",
    "draft_call",
    "extend_deadline",
    "issue_corrigendum",
    "open_assessment",
    "propose_corrigendum",
    "propose_publication",
    "publish_call",
    "return_to_draft",
]
