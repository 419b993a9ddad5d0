"""What must hold whatever was killed and when (docs/reliability.md): asked after every fault."""

import hashlib
from collections import Counter
from decimal import Decimal

from applications.models import Application, Version
from calls.models import Envelope
from portal.audit.models import Event
from portal.audit.verification import verify
from portal.documents.models import Document
from portal.files.storage import open_content
from portal.mail.models import OutgoingMail
from reviews.models import Decision


def assert_invariants() -> None:
    """Nothing is lost, nothing is there twice, and the money and the chain agree."""
    _every_submitted_version_has_one_receipt()
    _every_final_decision_has_one_letter()
    _every_sealed_letter_is_the_file_that_is_kept()
    _what_is_awarded_is_committed_and_within_the_envelope()
    _no_mail_is_there_or_has_left_twice()
    assert verify().holds


def _every_submitted_version_has_one_receipt() -> None:
    handed_in = set(Application.objects.filter(submitted_at__isnull=False).values_list("pk", flat=True))
    assert handed_in == set(Version.objects.values_list("application", flat=True))
    receipts = Document.objects.filter(kind="applications.receipt").values_list("number", flat=True)
    versions = [version.receipt_number for version in Version.objects.select_related("application__call")]
    assert Counter(receipts) == Counter(versions)


def _every_final_decision_has_one_letter() -> None:
    """Final is the decision that no other has replaced; its letter is current: nothing has taken its place."""
    final = Decision.objects.standing().not_replaced()
    assert (
        Counter(final.values_list("application", flat=True)).total() == final.values("application").distinct().count()
    )
    letters = Document.objects.filter(decision__in=final, superseded_by=None)
    assert sorted(letters.values_list("number", flat=True)) == sorted(final.values_list("number", flat=True))


def _every_sealed_letter_is_the_file_that_is_kept() -> None:
    for document in Document.objects.sealed().select_related("file"):
        with open_content(document.file.sha256) as kept:
            assert hashlib.sha256(kept.read()).hexdigest() == document.file.sha256, document.number
        assert Event.objects.filter(verb="document.sealed", object=document.audit_name).count() == 1


def _what_is_awarded_is_committed_and_within_the_envelope() -> None:
    for envelope in Envelope.objects.select_related("call"):
        final = Decision.objects.filter(application__call=envelope.call).standing().not_replaced()
        assert sum(final.values_list("amount", flat=True), Decimal()) == envelope.committed <= envelope.ceiling


def _no_mail_is_there_or_has_left_twice() -> None:
    keys = list(OutgoingMail.objects.values_list("key", flat=True))
    assert len(keys) == len(set(keys))
    left = list(Event.objects.filter(verb="mail.sent").values_list("object", flat=True))
    assert len(left) == len(set(left))
