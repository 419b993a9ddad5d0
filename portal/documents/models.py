"""One document that leaves the service: what it must say, and, once sealed, the file that said it."""

from typing import Any

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from portal.core.claims import Claimed, JobState
from portal.documents.choices import Kind, Language, Outcome
from portal.documents.codes import SHOWN_LENGTH
from portal.documents.querysets import PARTY_WORDS, DocumentQuerySet
from portal.files.models import StoredFile

# What the letter says and is called, fixed when it is asked for.
ORDERED = [
    *("kind", "language", "number", "code", "title", "about", "call_reference", "year"),
    *("party", "outcome", "amount", "content", "requested_at"),
]
# All that may still happen to a sealed document.
AFTER_THE_SEAL = ["released_at", "superseded_by", "first_opened_at"]


class ReadOnlyOnceReady(pgtrigger.ReadOnly):
    """Refuses a change of the fields as soon as the job is ready."""

    def get_condition(self, model: Any) -> pgtrigger.Condition:
        return super().get_condition(model) & pgtrigger.Q(old__job_state=JobState.READY)


def _changed(field: str) -> pgtrigger.Q:
    """The field was filled, and would become something else."""
    return pgtrigger.Q(**{f"old__{field}__isnull": False, f"old__{field}__df": pgtrigger.F(f"new__{field}")})


class Document(Claimed):
    """A letter is a job until its PDF is sealed; from then on the row and the file stay as they are."""

    kind = models.CharField(_("kind"), max_length=40, choices=Kind)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    number = models.CharField(_("number"), max_length=80)
    code = models.CharField(_("verification code"), max_length=SHOWN_LENGTH)
    title = models.CharField(_("title"), max_length=300)
    about = models.CharField(_("about"), max_length=100)
    call_reference = models.CharField(_("call"), max_length=40)
    year = models.PositiveSmallIntegerField(_("year"))
    party = models.CharField(_("addressee"), max_length=300)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2, null=True, blank=True)
    content = models.TextField(_("what the letter says, as canonical JSON"))

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="documents")
    page_count = models.PositiveSmallIntegerField(_("pages"), null=True, blank=True)
    template_version = models.CharField(_("template version"), max_length=40, blank=True)
    unsealed_sha256 = models.CharField(_("fingerprint before the seal (SHA-256)"), max_length=64, blank=True)

    released_at = models.DateTimeField(_("released"), null=True, blank=True)
    first_opened_at = models.DateTimeField(_("first opened by the addressee"), null=True, blank=True)
    superseded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("replaced by")
    )

    objects = DocumentQuerySet.as_manager()

    class Meta(Claimed.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            *Claimed.Meta.constraints,
            models.UniqueConstraint(
                "number",
                name="a_document_number_is_used_once",
                violation_error_message=_("A document with this number exists already."),
            ),
            models.UniqueConstraint(
                "code",
                name="a_verification_code_is_used_once",
                violation_error_message=_("A document with this code exists already."),
            ),
            models.CheckConstraint(
                name="a_ready_document_has_its_file_and_fingerprints",
                condition=~Q(job_state=JobState.READY)
                | Q(file__isnull=False, page_count__gte=1, unsealed_sha256__regex=r"^[0-9a-f]{64}$")
                & ~Q(template_version=""),
                violation_error_message=_("A sealed document has its file, its pages and its fingerprints."),
            ),
            models.CheckConstraint(
                name="only_a_ready_document_has_a_file_or_is_released",
                condition=Q(job_state=JobState.READY) | Q(file__isnull=True, released_at__isnull=True),
                violation_error_message=_("Only a sealed document is released."),
            ),
            models.CheckConstraint(
                name="only_a_released_document_is_opened",
                condition=Q(first_opened_at__isnull=True) | Q(released_at__isnull=False),
                violation_error_message=_("Only a released document is opened by its addressee."),
            ),
            models.CheckConstraint(
                name="a_document_does_not_replace_itself",
                condition=Q(superseded_by__isnull=True) | ~Q(superseded_by=F("pk")),
                violation_error_message=_("A document cannot replace itself."),
            ),
        ]
        indexes = [
            *Claimed.Meta.indexes,
            models.Index(fields=["number"], opclasses=["varchar_pattern_ops"], name="document_by_number"),
            models.Index(fields=["call_reference", "-id"], name="document_by_call"),
            models.Index(fields=["about"], name="document_by_object"),
            # The register is read newest first, narrowed by one of these (docs/decisions/searching-the-register.md).
            models.Index(fields=["kind", "-id"], name="document_by_kind"),
            models.Index(fields=["year", "-id"], name="document_by_year"),
            models.Index(fields=["amount"], condition=Q(amount__isnull=False), name="document_by_amount"),
            GinIndex(PARTY_WORDS, name="document_by_words_of_party"),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="what_a_letter_says_never_changes", fields=ORDERED),
            ReadOnlyOnceReady(name="a_sealed_document_never_changes", exclude=AFTER_THE_SEAL),
            pgtrigger.Protect(
                name="what_was_noted_on_a_document_stays",
                operation=pgtrigger.Update,
                condition=_changed("released_at") | _changed("first_opened_at") | _changed("superseded_by"),
            ),
            pgtrigger.Protect(
                name="a_sealed_document_is_never_deleted",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__job_state=JobState.READY),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def audit_name(self) -> str:
        return f"document:{self.number}"

    @property
    def file_name(self) -> str:
        """The name under which the PDF is downloaded."""
        return f"{self.number}.pdf"

    @property
    def kind_label(self) -> str:
        """The kind in words; `get_kind_display` would translate the words of every kind to find them."""
        return str(Kind(self.kind).label)

    @property
    def outcome_label(self) -> str:
        """The outcome in words, for a document that has one."""
        return str(Outcome(self.outcome).label) if self.outcome else ""

    @property
    def state_label(self) -> str:
        """How the document stands, in a word or two."""
        if self.replacement is not None:
            return pgettext("document", "replaced")
        if not self.is_ready:
            return pgettext("document", "failed") if self.is_failed else pgettext("document", "being made")
        return pgettext("document", "released") if self.released_at else pgettext("document", "sealed, not released")

    @property
    def state_tag(self) -> str:
        """The tint that repeats `state_label`."""
        if self.replacement is not None:
            return "warn"
        if not self.is_ready:
            return "stop" if self.is_failed else ""
        return "ok" if self.released_at else "info"

    @property
    def replacement(self) -> "Document | None":
        """The document that took this one's place, once it has left the service; before that nobody may know of it."""
        newer = self.superseded_by
        return newer if newer is not None and newer.released_at is not None else None
