"""The verbs of a call; the only writer of its state and of its lines in the audit chain."""

from calls.services.drafting import draft_call
from calls.services.publication import open_assessment, propose_publication, publish_call, return_to_draft

__all__ = ["draft_call", "open_assessment", "propose_publication", "publish_call", "return_to_draft"]
