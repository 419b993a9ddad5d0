"""What the form of a call is made of, read together; a published call is frozen, so a process reads it only once."""

from dataclasses import dataclass
from functools import lru_cache

from calls.models import AnnexRequirement, BudgetHeading, Call, Lot, Section, Track

CALLS_KEPT = 32


@dataclass(frozen=True)
class Structure:
    """The parts of a call that applicants fill in, each in its order; questions and choices are read with sections."""

    sections: list[Section]
    requirements: list[AnnexRequirement]
    headings: list[BudgetHeading]
    lots: list[Lot]
    tracks: list[Track]


def structure_of(call: Call) -> Structure:
    """The parts as they bind applicant and service; those of a call that is not published are read anew."""
    if call.is_public and call.contract_sha256:
        return _frozen(call.pk, call.contract_sha256)
    return _read(call.pk)


# On deadline day every page of every applicant needs these rows. The fingerprint of the contract is part of the key:
# a corrigendum writes another one. A restored backup may number the rows anew: restart the processes then.
@lru_cache(maxsize=CALLS_KEPT)
def _frozen(call_id: int, contract_sha256: str) -> Structure:
    return _read(call_id)


def _read(call_id: int) -> Structure:
    of_the_call = {"call_id": call_id}
    return Structure(
        sections=list(Section.objects.filter(**of_the_call).prefetch_related("questions__choices")),
        requirements=list(AnnexRequirement.objects.filter(**of_the_call)),
        headings=list(BudgetHeading.objects.filter(**of_the_call)),
        lots=list(Lot.objects.filter(**of_the_call)),
        tracks=list(Track.objects.filter(**of_the_call)),
    )
