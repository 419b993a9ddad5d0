"""The decisions as data, one module for those of a ranked list and one for those at the door."""

from portal.documents.choices import Kind
from portal.documents.registry import register_builder
from reviews.documents.ranked import decision
from reviews.documents.refusals import refusal

__all__ = ["decision", "refusal", "register"]


def register() -> None:
    """Tell the documents app how the decisions are built."""
    for kind in (Kind.AWARD, Kind.REJECTION, Kind.RESERVE):
        register_builder(kind, decision)
    for kind in (Kind.INADMISSIBLE, Kind.INELIGIBLE):
        register_builder(kind, refusal)
