"""The letters of the assessment as data: the request for correction, the decisions at the door, those of a list."""

from portal.documents.choices import Kind
from portal.documents.registry import register_builder
from reviews.documents.correction import correction_request
from reviews.documents.ranked import decision
from reviews.documents.refusals import refusal

__all__ = ["correction_request", "decision", "refusal", "register"]


def register() -> None:
    """Tell the documents app how the letters are built."""
    register_builder(Kind.CORRECTION_REQUEST, correction_request)
    for kind in (Kind.AWARD, Kind.REJECTION, Kind.RESERVE):
        register_builder(kind, decision)
    for kind in (Kind.INADMISSIBLE, Kind.INELIGIBLE):
        register_builder(kind, refusal)
