"""A numbered correction of a published call: what stood there, what stands there now, why, and who decided it."""

from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from calls.choices import CORRIGENDUM_EDGES, CorrigendumKind, CorrigendumState
from calls.models.call import Call
from calls.querysets import CorrigendumQuerySet
from portal.accounts.models import User
from portal.core.stateful import StateField, Stateful, first_states, legal_edges


class Corrigendum(Stateful):
    """Changes of one call, each a mapping: text (which one), language, before, after. Once issued it never changes."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="corrigenda")
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=CorrigendumKind)
    state = StateField(_("state"), choices=CorrigendumState.choices, default=CorrigendumState.PROPOSED)
    reason = models.TextField(_("reason"))
    changes = models.JSONField(_("changes"), default=list)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True, editable=False)
    earlier_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    contract_sha256 = models.CharField(max_length=64, blank=True, editable=False)

    objects = CorrigendumQuerySet.as_manager()

    class Meta:
        ordering = ["call_id", "number", "pk"]
        verbose_name = _("corrigendum")
        verbose_name_plural = _("corrigenda")
        constraints = [
            models.UniqueConstraint("call", "number", name="a_corrigendum_has_its_own_number_in_its_call"),
            models.CheckConstraint(
                name="a_corrigendum_says_why_in_french_and_dutch",
                condition=Q(reason_fr__gt="", reason_nl__gt=""),
                violation_error_message=_("Write the reason in French and in Dutch."),
            ),
            models.CheckConstraint(
                name="an_issued_corrigendum_has_its_number_moment_person_and_hash",
                condition=~Q(state=CorrigendumState.ISSUED)
                | (Q(number__isnull=False, issued_by__isnull=False, issued_at__isnull=False) & ~Q(contract_sha256="")),
            ),
            models.CheckConstraint(
                name="a_corrected_text_is_confirmed_by_another_person_than_its_writer",
                condition=Q(kind=CorrigendumKind.DEADLINE) | Q(issued_by__isnull=True) | ~Q(issued_by=F("proposed_by")),
                violation_error_message=_("The person who proposed the corrigendum cannot confirm it."),
            ),
        ]
        triggers = [
            legal_edges("state", CORRIGENDUM_EDGES),
            first_states("state", [CorrigendumState.PROPOSED]),
            pgtrigger.Protect(
                name="an_issued_corrigendum_never_changes",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=CorrigendumState.ISSUED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call.reference}-K{self.number or '?'}"

    @property
    def audit_name(self) -> str:
        return f"corrigendum:{self.call.reference}:{self.pk}"

    @transition(field=state, source=CorrigendumState.PROPOSED, target=CorrigendumState.ISSUED)
    def issue(self, *, number: int, by: User, at: datetime, earlier_sha256: str, contract_sha256: str) -> None:
        self.number, self.issued_by, self.issued_at = number, by, at
        self.earlier_sha256, self.contract_sha256 = earlier_sha256, contract_sha256

    @transition(field=state, source=CorrigendumState.PROPOSED, target=CorrigendumState.DISCARDED)
    def discard(self) -> None:
        """The call stays as it was."""
