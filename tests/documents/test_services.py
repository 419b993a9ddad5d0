"""A document is asked for once, made once, tried again when somebody asks, and keeps what it said."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.audit.models import Event
from portal.core.canonical import sha256_hex
from portal.core.claims import JobState
from portal.core.exceptions import NotAllowed, NotReady
from portal.documents.models import Document
from portal.documents.services import (
    render_document,
    request_document,
    retry_document,
    sweep_documents,
)
from portal.files.models import StoredFile
from portal.files.storage import path_of
from tests import factories
from tests.documents import letters

ATTEMPTS = Document.MOST_ATTEMPTS


def fetch(document):
    return Document.objects.get(pk=document.pk)


def events(document):
    return list(Event.objects.about(document.audit_name).order_by("seq").values_list("verb", flat=True))


def fail(document, settings, tmp_path):
    """Every attempt fails: the key of the seal is away."""
    settings.SEAL_KEY_FILE = tmp_path / "nowhere.key"
    now = timezone.now()
    for attempt in range(ATTEMPTS):
        render_document(document_id=document.pk, at=now + timedelta(minutes=attempt))
    return fetch(document)


# Asking -----------------------------------------------------------------------------------------


def test_a_requested_document_keeps_its_facts_as_canonical_text(ask):
    document = ask("reviews.award", "fr")

    assert document.job_state == JobState.REQUESTED
    assert json.loads(document.content)["appeal_notice"]["text"] == letters.NOTICE["fr"]
    assert document.content == json.dumps(
        json.loads(document.content), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )


def test_the_bell_rings_after_the_commit(ask, monkeypatch, django_capture_on_commit_callbacks):
    rung = []
    monkeypatch.setattr("portal.core.bell._ring_now", lambda name, args: rung.append((name, args)))

    with django_capture_on_commit_callbacks(execute=True):
        document = ask()

    assert rung == [("documents.render", (document.pk,))]


@pytest.mark.parametrize(
    ("kind", "changes", "lacking"),
    [
        ("reviews.rejection", {"appeal_notice": {"version": "1", "text": ""}}, "appeal_notice.text"),
        ("reviews.award", {"appeal_notice": None}, "appeal_notice.text"),
        ("reviews.rejection", {"legal_bases": []}, "legal_bases"),
        ("reviews.rejection", {"steps": []}, "steps"),
        ("reviews.award", {"signatory_role": ""}, "signatory_role"),
        ("reviews.award", {"instalments": []}, "instalments"),
        ("applications.receipt", {"received_at": None}, "received_at"),
        ("reviews.award", {"difference_reason": " "}, "difference_reason"),
        ("reviews.reserve", {"reserve_until_on": None}, "reserve_until_on"),
        ("reviews.reserve", {"reserve_order": None}, "reserve_order"),
        ("reviews.reserve", {"scores": []}, "scores"),
        ("reviews.reserve", {"conclusion": ""}, "conclusion"),
        ("reviews.rejection", {"conclusion": ""}, "conclusion"),
        ("reviews.rejection", {"last_funded_total": None}, "last_funded_total"),
        ("reviews.reserve", {"last_funded_total": None}, "last_funded_total"),
        ("reviews.award", {"last_funded_total": None}, "last_funded_total"),
        ("reviews.award", {"rank": None}, "rank"),
        ("reviews.inadmissible", {"legal_bases": []}, "legal_bases"),
        ("reviews.inadmissible", {"steps": []}, "steps"),
        ("reviews.inadmissible", {"items": []}, "items"),
        ("reviews.ineligible", {"conclusion": ""}, "conclusion"),
        ("reviews.ineligible", {"signatory_role": ""}, "signatory_role"),
        ("reviews.ineligible", {"appeal_notice": None}, "appeal_notice.text"),
        ("reviews.ineligible", {"items": [{"code": "R1", "reason": "", "not_cured": "x"}]}, "reason"),
        ("reviews.ineligible", {"items": [{"code": "R1", "reason": "x", "not_cured": " "}]}, "cure"),
    ],
)
def test_a_letter_without_what_the_law_asks_is_refused_and_says_what_is_missing(ask, kind, changes, lacking):
    with pytest.raises(NotReady) as refused:
        ask(kind, "fr", **changes)

    assert [problem.code for problem in refused.value.problems] == [f"letter-lacks-{lacking}"]
    assert not Document.objects.exists()


def test_a_rejection_where_nobody_is_funded_and_a_whole_award_say_no_last_total(ask):
    assert ask("reviews.rejection", "fr", last_funded_total=None, funded_count=0)
    assert ask("reviews.award", "fr", last_funded_total=None, amount_requested="40000.00")


def test_a_score_without_a_reason_is_refused(ask):
    scores = letters.decision("fr", "rejected")["scores"]
    with pytest.raises(NotReady, match="C1"):
        ask("reviews.rejection", "fr", scores=[{**scores[0], "reasons": [" "]}, *scores[1:]])


def test_a_kind_that_nobody_can_fill_is_an_error(db):
    with pytest.raises(KeyError):
        request_document("reviews.unheard_of", of=Document(), language="fr")


# Making -----------------------------------------------------------------------------------------


def test_a_made_document_has_its_file_its_fingerprints_and_one_event(ask):
    document = ask()
    assert render_document(document_id=document.pk)
    document.refresh_from_db()

    assert document.is_ready
    assert sha256_hex(path_of(document.file.sha256).read_bytes()) == document.file.sha256
    assert document.file.media_type == "application/pdf"
    assert document.unsealed_sha256 != document.file.sha256
    assert document.page_count >= 1
    event = Event.objects.get(object=document.audit_name)
    assert (event.verb, event.actor) == ("document.sealed", "system")
    assert event.data == {"number": document.number, "kind": document.kind, "sha256": document.file.sha256}


def test_a_receipt_is_released_when_it_is_ready_and_a_decision_waits(sealed):
    receipt, decision = sealed(), sealed("reviews.award")

    assert receipt.released_at == receipt.ready_at
    assert decision.released_at is None


def test_the_bell_may_ring_twice_and_the_document_is_made_once(ask):
    document = ask()

    assert [render_document(document_id=document.pk) for _ring in range(3)] == [True, False, False]
    assert StoredFile.objects.count() == 1
    assert events(document) == ["document.sealed"]
    assert fetch(document).attempts == 1


def test_a_document_that_does_not_exist_is_no_error(db):
    assert render_document(document_id=0) is False


def test_a_worker_that_comes_too_late_stores_nothing(ask, monkeypatch):
    document = ask()
    now = timezone.now()

    def slow(name):
        if name == "pdf.rendered":
            monkeypatch.undo()
            assert render_document(document_id=document.pk, at=now + timedelta(minutes=5))

    monkeypatch.setattr("portal.documents.services.fault_point", slow)

    assert render_document(document_id=document.pk, at=now) is False
    assert fetch(document).attempts == 2
    assert events(document) == ["document.sealed"]
    assert StoredFile.objects.count() == 1


def test_a_failed_attempt_is_made_good_after_a_pause(ask, settings, tmp_path):
    document, key, now = ask(), settings.SEAL_KEY_FILE, timezone.now()
    settings.SEAL_KEY_FILE = tmp_path / "nowhere.key"
    assert render_document(document_id=document.pk, at=now) is False
    assert "SealNotUsable" in fetch(document).last_error

    settings.SEAL_KEY_FILE = key
    assert render_document(document_id=document.pk, at=now) is False
    assert render_document(document_id=document.pk, at=now + timedelta(minutes=1)) is True
    assert fetch(document).last_error == ""


def test_the_third_failed_attempt_is_the_last(ask, settings, tmp_path):
    document = fail(ask(), settings, tmp_path)

    assert document.is_failed
    assert document.attempts == ATTEMPTS
    assert "SealNotUsable" in document.last_error
    assert events(document) == ["document.failed"]
    assert render_document(document_id=document.pk, at=timezone.now() + timedelta(days=1)) is False


def test_a_document_that_kills_every_worker_is_failed_too(ask):
    document, now = ask(), timezone.now()
    for attempt in range(ATTEMPTS):
        assert Document.objects.claim(document.pk, now + timedelta(minutes=2 * attempt), 60)

    assert render_document(document_id=document.pk, at=now + timedelta(hours=1)) is False
    assert fetch(document).is_failed


def test_the_claim_of_a_dead_worker_does_not_have_to_run_out(ask):
    document, now = ask(), timezone.now()
    Document.objects.claim(document.pk, now, 60)

    assert render_document(document_id=document.pk, at=now) is False
    assert render_document(document_id=document.pk, at=now, worker_was_lost=True) is True
    assert fetch(document).attempts == 2


# Sweeping ---------------------------------------------------------------------------------------


@pytest.fixture
def swept(monkeypatch):
    rung = []
    monkeypatch.setattr("portal.documents.services.ring", lambda name, pk: rung.append((name, pk)))
    return rung


def test_a_bell_that_was_not_heard_is_rung_again_in_time_for_a_receipt(ask, swept):
    document = ask()
    swept.clear()

    assert sweep_documents(at=document.due_at + timedelta(seconds=14)) == 0
    assert sweep_documents(at=document.due_at + timedelta(seconds=16)) == 1
    assert swept == [("documents.render", document.pk)]


def test_the_sweeper_finds_a_claim_whose_worker_fell_silent(ask, swept):
    document, now = ask(), timezone.now()
    Document.objects.claim(document.pk, now, 60)
    swept.clear()

    assert sweep_documents(at=now + timedelta(seconds=59)) == 0
    assert sweep_documents(at=now + timedelta(seconds=80)) == 1


def test_the_sweeper_leaves_ready_and_failed_documents_alone(ask, sealed, swept, settings, tmp_path):
    sealed()
    fail(ask(), settings, tmp_path)

    assert sweep_documents(at=timezone.now() + timedelta(days=1)) == 0


# Trying again -----------------------------------------------------------------------------------


def test_an_officer_asks_again_for_a_failed_document_and_it_says_the_same(ask, settings, tmp_path):
    key = settings.SEAL_KEY_FILE
    document = fail(ask(), settings, tmp_path)
    settings.SEAL_KEY_FILE = key

    retry_document(document_id=document.pk, by=factories.person("olga"))

    assert render_document(document_id=document.pk) is True
    assert fetch(document).content == document.content
    assert events(document) == ["document.failed", "document.retried", "document.sealed"]


def test_a_document_that_did_not_fail_is_not_asked_for_again(sealed):
    document = sealed()
    with pytest.raises(NotReady):
        retry_document(document_id=document.pk, by=factories.person("olga"))


@pytest.mark.parametrize("name", ["amina", "rachid", "axel"])
def test_who_may_not_ask_again_is_refused(ask, settings, tmp_path, name):
    document = fail(ask(), settings, tmp_path)
    with pytest.raises(NotAllowed):
        retry_document(document_id=document.pk, by=factories.person(name))
    assert fetch(document).is_failed
