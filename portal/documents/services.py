"""Ask for a document, make it, release it. Who may read it is said by querysets and the apps above."""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.audit.services import record
from portal.core.bell import ring
from portal.core.canonical import canonical_json, sha256_hex
from portal.core.claims import JobState
from portal.core.exceptions import Problem, refuse_if
from portal.core.gate import require
from portal.documents.choices import RELEASED_WHEN_READY, Kind
from portal.documents.codes import new_code
from portal.documents.completeness import missing_before_request
from portal.documents.faults import fault_point
from portal.documents.letter import template_version, write_letter
from portal.documents.models import Document
from portal.documents.registry import builder_of, follow_seal
from portal.documents.render import print_pdf
from portal.documents.seal import seal_pdf
from portal.files.services import store_bytes

logger = logging.getLogger(__name__)

# Longer than the hard limit of the task (45 s), so that a claim never ends while its worker still lives.
CLAIM_SECONDS = 60
PAUSE_AFTER_AN_ERROR = 15
# A bell that was not heard within this time is rung again. With a sweep every 15 s a lost bell costs at most 30 s,
# which leaves a receipt half of its minute.
UNHEARD_AFTER = timedelta(seconds=15)
SWEPT_AT_ONCE = 100


def request_document(
    kind: str, *, of: models.Model, language: str, replaces: Document | None = None, at: datetime | None = None
) -> Document:
    """A document with its number and code stands in the list of work; a worker prints and seals it after the commit.

    What it will say is taken from the files now and no longer changes. `replaces` is the document whose place it takes
    once released. Raises NotReady when the letter would lack what the law asks of it.
    """
    now = at or timezone.now()
    with override(language):
        content = builder_of(kind)(of)
    refuse_if(missing_before_request(kind, content.data))
    document = Document.objects.create(
        kind=kind,
        language=language,
        number=content.number,
        code=new_code(),
        title=content.title,
        about=content.about,
        call_reference=content.call_reference,
        year=content.year,
        party=content.party,
        outcome=content.outcome,
        amount=content.amount,
        content=canonical_json(content.data),
        requested_at=now,
        due_at=now,
    )
    if replaces is not None:
        Document.objects.filter(pk=replaces.pk).update(superseded_by=document)
    ring("documents.render", document.pk)
    return document


def render_document(*, document_id: int, at: datetime | None = None, worker_was_lost: bool = False) -> bool:
    """The PDF is sealed, stored and noted in the chain; False when it was not this worker's to make, or it failed.

    However often it is called, one document gets one file. A crash on the way leaves a file that belongs to nothing,
    and the job as it was. `worker_was_lost` says that the worker which held the claim is known to be dead.
    """
    now = at or timezone.now()
    if worker_was_lost:
        Document.objects.let_go(document_id)
    document = Document.objects.claim(document_id, now, CLAIM_SECONDS)
    if document is None:
        return False
    try:
        return _make(document, at)
    except Exception as trouble:  # noqa: BLE001 - whatever the printer says, the row keeps it and is tried again
        _note_trouble(document, trouble, now)
        return False


def _make(document: Document, at: datetime | None) -> bool:
    letter = write_letter(document)
    printed, page_count = print_pdf(letter.html, attached=[letter.attached])
    with override(document.language):
        sealed = seal_pdf(printed, reason=document.get_kind_display(), field_label=_("Electronic seal of the service"))
    fault_point("pdf.rendered")
    return keep_letter(
        document, sealed, at=at or timezone.now(), page_count=page_count, unsealed_sha256=sha256_hex(printed)
    )


def keep_letter(document: Document, sealed: bytes, *, at: datetime, **facts: Any) -> bool:
    """The claimed document has this file and what follows from its seal happened; False when the claim was lost.

    File, row, consequence and events are one transaction: a lost claim leaves nothing but a file that belongs to nobody.
    """
    if document.kind in RELEASED_WHEN_READY:
        facts["released_at"] = at
    with transaction.atomic():
        stored = store_bytes(sealed, "application/pdf")
        version = template_version(document.kind)
        if not Document.objects.settle(document, at, file=stored, template_version=version, **facts):
            transaction.set_rollback(True)
            return False
        happened = follow_seal(document.kind, document, at)
        record("document.sealed", on=document, by=None, data={**_facts(document), "sha256": stored.sha256})
        for one in happened:
            record(one.verb, on=one.on, by=None, data=one.data)
        fault_point("doc.before_commit")
    return True


def _note_trouble(document: Document, trouble: Exception, at: datetime) -> None:
    """The document is due again after a pause, or it has failed and somebody must look."""
    words = f"{type(trouble).__name__}: {trouble}"
    logger.warning("Document %s was not made: %s", document.number, words)
    with transaction.atomic():
        is_noted = Document.objects.put_off(document, at, error=words, seconds=PAUSE_AFTER_AN_ERROR)
        if is_noted and document.attempts >= document.MOST_ATTEMPTS:
            record("document.failed", on=document, by=None, data=_facts(document))


def sweep_documents(*, at: datetime | None = None) -> int:
    """The bell is rung again for the oldest documents that nobody took in time; returns for how many."""
    unheard = Document.objects.waiting((at or timezone.now()) - UNHEARD_AFTER).order_by("due_at")
    waiting = list(unheard.values_list("pk", flat=True)[:SWEPT_AT_ONCE])
    for document_id in waiting:
        ring("documents.render", document_id)
    return len(waiting)


def retry_document(*, document_id: int, by: Any, at: datetime | None = None) -> None:
    """A document that failed is asked for anew, with all its attempts, and says the same as before."""
    with transaction.atomic():
        document = Document.objects.select_for_update(of=("self",)).get(pk=document_id)
        require(by, "documents.retry", document)
        refuse_if(_not_failed(document))
        Document.objects.ask_again(document.pk, at or timezone.now())
        ring("documents.render", document.pk)
        record("document.retried", on=document, by=by, data=_facts(document))


def _not_failed(document: Document) -> list[Problem]:
    if document.is_failed:
        return []
    return [Problem("document-did-not-fail", _("This document did not fail: there is nothing to try again."))]


def release_documents(document_ids: Collection[int], *, at: datetime, by: Any = None) -> list[Document]:
    """Their addressees may read these documents from `at` on: all of them, or none when one is not sealed yet.

    Documents already released keep their moment. `by` is None when the system releases what was decided before.
    """
    with transaction.atomic():
        chosen = Document.objects.select_for_update(of=("self",)).filter(pk__in=document_ids).order_by("pk")
        documents = list(chosen)
        refuse_if(_not_sealed(documents, expected=len(set(document_ids))))
        new = [document for document in documents if document.released_at is None]
        for document in new:
            document.released_at = at
        Document.objects.bulk_update(new, ["released_at"])
        for document in new:
            record("document.released", on=document, by=by, data=_facts(document))
    return documents


def _not_sealed(documents: list[Document], *, expected: int) -> list[Problem]:
    found = [
        Problem("document-not-sealed", _("Document %(number)s is not sealed yet.") % {"number": document.number})
        for document in documents
        if document.job_state != JobState.READY
    ]
    if len(documents) != expected:
        found.append(Problem("document-missing", _("A document of this batch does not exist.")))
    return found


def note_download(*, document_id: int, by: Any, is_addressee: bool, at: datetime | None = None) -> None:
    """The reading of a document by staff or auditor stands in the chain; by its addressee, the first one does.

    The first opening is the proof that the notification arrived (docs/process.md, section 9).
    """
    with transaction.atomic():
        document = Document.objects.get(pk=document_id)
        verb = "document.downloaded"
        if is_addressee:
            unopened = Document.objects.issued().filter(pk=document_id, first_opened_at__isnull=True)
            if not unopened.update(first_opened_at=at or timezone.now()):
                return
            verb = "document.opened"
        record(verb, on=document, by=by, data=_facts(document))


def _facts(document: Document) -> dict[str, str]:
    """What the chain holds of a document: no name, no amount."""
    return {"number": document.number, "kind": Kind(document.kind).value}
