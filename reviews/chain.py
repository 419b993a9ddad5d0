"""The external steps of a list: which apply, how far they are, and what still stands in the way of the next act."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core.dates import long_day
from portal.core.exceptions import Problem
from portal.files.models import StoredFile
from reviews.choices import Opinion, ProposalState
from reviews.models import ExternalStep, Proposal, ProposalStep
from reviews.steps import proposal_not_in


@dataclass(frozen=True)
class RecordedAct:
    """What an authority outside the service answered: its day, reference, signatory and scan; a refusal has its reason."""

    opinion: str
    given_on: date
    reference: str
    signatory: str
    scan: StoredFile
    scan_name: str
    reason: str = ""


@dataclass(frozen=True)
class Chain:
    """The steps of one list in their order; empty for most lists."""

    steps: list[ProposalStep]

    @property
    def awaited(self) -> list[ProposalStep]:
        """Those that have no opinion yet."""
        return [step for step in self.steps if not step.opinion]

    @property
    def next(self) -> ProposalStep | None:
        """The step whose turn it is; none when all are recorded or one was unfavourable."""
        if any(step.opinion == Opinion.UNFAVOURABLE for step in self.steps):
            return None
        return next(iter(self.awaited), None)


def chain_of(proposal: Proposal) -> Chain:
    """The steps that were fixed when the list was approved."""
    return Chain(list(proposal.steps.select_related("step", "recorded_by")))


def steps_that_apply(proposal: Proposal, *, on: date) -> list[ExternalStep]:
    """The steps of the unit in force on that day from whose amount the highest award of the list is."""
    highest = proposal.lines.aggregate(highest=Max("amount"))["highest"]
    if not highest:
        return []
    steps = ExternalStep.objects.in_force(on).filter(unit=proposal.call.unit_id, from_amount__lte=highest)
    return list(steps.order_by("order", "code"))


def letters_are_due(proposal: Proposal, chain: Chain) -> bool:
    """The decisions of the list are final: approved where no external step applies, granted where one does."""
    return proposal.state == (ProposalState.GRANTED if chain.steps else ProposalState.APPROVED)


def missing_before_transmission(proposal: Proposal, chain: Chain, *, on: date, to: str, at: datetime) -> list[Problem]:
    """The list is approved, a step awaits it, and the file leaves between the approval and today, to somebody."""
    problems = proposal_not_in(proposal, ProposalState.APPROVED)
    if problems:
        return problems
    if not chain.steps:
        return [Problem("no_step", _("No external step applies to this list: notify the decisions."))]
    if not to.strip():
        problems.append(Problem("no_addressee", _("Write to whom the file goes."), "#id_to"))
    return [*problems, *_out_of_order(on, since=_day_of_approval(proposal), at=at, anchor="#id_on")]


def missing_before_recording(
    proposal: Proposal, chain: Chain, step: ProposalStep | None, act: RecordedAct, *, at: datetime
) -> list[Problem]:
    """It is this step's turn, its day follows what came before, and the act is complete; a refusal says why."""
    problems = proposal_not_in(proposal, ProposalState.TRANSMITTED)
    if problems:
        return problems
    if step is None or step != chain.next:
        return [Problem("not_its_turn", _("This step is already recorded, or another one comes first."))]
    if not act.reference.strip():
        problems.append(Problem("no_reference", _("Write the reference of the act."), "#id_reference"))
    if not act.signatory.strip():
        problems.append(Problem("no_signatory", _("Write who signed the act."), "#id_signatory"))
    if act.opinion == Opinion.UNFAVOURABLE and not act.reason.strip():
        problems.append(Problem("no_reason", _("Write the reason of the unfavourable opinion."), "#id_reason"))
    return [*problems, *_out_of_order(act.given_on, since=_day_before(proposal, chain), at=at, anchor="#id_given_on")]


def awaited_outside(proposal: Proposal, chain: Chain) -> list[Problem]:
    """Where external steps apply, nobody is told before the last of them."""
    if not chain.awaited or proposal.state not in (ProposalState.APPROVED, ProposalState.TRANSMITTED):
        return []
    names = ", ".join(str(step.step) for step in chain.awaited)
    sentence = _("The decisions are not final yet. Awaited: %(steps)s.")
    return [Problem("external_steps", sentence % {"steps": names})]


def _day_of_approval(proposal: Proposal) -> date:
    if proposal.approved_at is None:
        raise ValueError("An approved list has its moment.")
    return timezone.localdate(proposal.approved_at)


def _day_before(proposal: Proposal, chain: Chain) -> date:
    """The day of the last thing that happened to the list outside: its transmission, or the step before."""
    days = [step.given_on for step in chain.steps if step.given_on]
    return max([*days, proposal.transmitted_on or _day_of_approval(proposal)])


def _out_of_order(day: date, *, since: date, at: datetime, anchor: str) -> list[Problem]:
    if day > timezone.localdate(at):
        return [Problem("future", _("The day lies in the future."), anchor)]
    if day < since:
        shown = {"day": long_day(since, get_language() or "fr")}
        return [
            Problem("too_early", _("Choose %(day)s or a later day: what came before happened then.") % shown, anchor)
        ]
    return []
