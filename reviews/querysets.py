"""Questions about assignments and proposals: who sees which."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from applications.choices import GONE, REFUSED_AT_THE_DOOR, State
from applications.models import Application
from applications.visibility import files_of_the_mandate
from calls.querysets import staff_or_mandate
from reviews.choices import CLOSED_FOR_GOOD, AssignmentState, DraftState, ProposalState
from reviews.ties import files_closed_to, files_handled_by, files_tied_to


class AssignmentQuerySet(models.QuerySet[Any]):
    """Verbs over assignments."""

    def visible_to(self, user: Any) -> Self:
        """Reviewers see their own, save where a conflict closed it; staff and auditors those of the files they read."""
        if not user.is_authenticated:
            return self.none()
        seen = Q(reviewer=user) & ~Q(state__in=CLOSED_FOR_GOOD)
        if user.staff_units:
            unit = Q(application__call__unit__in=user.staff_units)
            seen |= unit & ~Q(application__in=files_closed_to(user))
        if user.mandate_now:
            seen |= Q(application__in=Application.objects.filter(files_of_the_mandate(user)))
        return self.filter(seen)

    def of_the_reviewer(self, user: Any) -> Self:
        """The reviewer's own open or locked work, on files that are still in the process."""
        own = self.filter(reviewer=user).exclude(state__in=CLOSED_FOR_GOOD)
        return own.still_judged()

    def still_judged(self) -> Self:
        """Of files that were neither refused at the door nor left the process otherwise."""
        return self.exclude(application__state__in=GONE | REFUSED_AT_THE_DOOR)

    def locked_reviews(self) -> Self:
        """Those whose scores can no longer change."""
        return self.filter(state=AssignmentState.LOCKED)

    def locked(self) -> Self:
        """The rows are held until the end of the transaction."""
        return self.select_for_update(of=("self",))


class ProposalQuerySet(models.QuerySet[Any]):
    """Verbs over proposals."""

    def visible_to(self, user: Any) -> Self:
        """Staff of the unit, and auditors within their mandate; a draft is shown by the page of the choices alone."""
        if not user.is_authenticated:
            return self.none()
        return self.exclude(state=ProposalState.DRAFT).filter(staff_or_mandate(user, "call__"))

    def standing(self) -> Self:
        """Frozen and not returned."""
        return self.exclude(state__in=[ProposalState.DRAFT, ProposalState.RETURNED])

    def drafts(self) -> Self:
        """What officers typed about a list and did not freeze yet."""
        return self.filter(state=ProposalState.DRAFT)

    def open_to_a_second_pair_of_eyes(self, user: Any) -> Self:
        """Less those that the person prepared, or of which they handled a file; and of calls they are tied to."""
        others = self.exclude(prepared_by=user).exclude(lines__application__in=files_handled_by(user))
        return others.without_tie(user)

    def without_tie(self, user: Any) -> Self:
        """Of calls of which the person may see the ranking."""
        return self.exclude(call__in=files_tied_to(user).values("call"))

    def of_the_whole_list(self) -> Self:
        """Those that rank the files of a call; not those that lift one file from the reserve list."""
        return self.filter(promotes__isnull=True)

    def locked(self) -> Self:
        """The rows are held until the end of the transaction."""
        return self.select_for_update(of=("self",))


class DecisionQuerySet(models.QuerySet[Any]):
    """Verbs over decisions."""

    def standing(self) -> Self:
        """Those whose list did not come back after its approval."""
        return self.exclude(line__proposal__state=ProposalState.RETURNED)

    def not_replaced(self) -> Self:
        """Those in whose place no standing decision has come."""
        later = self.model._default_manager.standing().filter(replaces=OuterRef("pk"))
        return self.filter(~Exists(later))

    def to_be_told(self) -> Self:
        """Those of files that were not withdrawn since: a decision on a withdrawn file is never notified."""
        return self.exclude(application__state=State.WITHDRAWN)


class DraftDecisionQuerySet(models.QuerySet[Any]):
    """Verbs over draft decisions."""

    def awaiting(self) -> Self:
        """Prepared, and the file still stands at the door."""
        return self.filter(state=DraftState.PREPARED, application__state=State.IN_SCREENING)

    def open_to_a_second_pair_of_eyes(self, user: Any) -> Self:
        """Less those that the person prepared, or whose file they handled or are tied to."""
        others = self.exclude(prepared_by=user).exclude(application__in=files_handled_by(user))
        return others.exclude(application__in=files_tied_to(user))

    def locked(self) -> Self:
        """The rows are held until the end of the transaction."""
        return self.select_for_update(of=("self",))
