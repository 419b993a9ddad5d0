"""A mail is posted with the act that it reports, and leaves once."""

import smtplib
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction

from portal.audit.models import Event
from portal.core.claims import JobState
from portal.mail.models import OutgoingMail
from portal.mail.services import deliver_mail, post
from portal.mail.tasks import deliver, sweep
from tests.mail import messages

NOW = datetime(2027, 3, 12, 15, 8, tzinfo=UTC)


class Refusing(EmailBackend):
    """A mail server that gives the same answer to everyone."""

    answer: Exception = ConnectionRefusedError("nobody listens")

    def send_messages(self, email_messages):
        raise self.answer


@pytest.fixture
def posted(db):
    posted = post(messages.receipt())[0]
    OutgoingMail.objects.update(due_at=NOW, requested_at=NOW)
    return posted


@pytest.fixture
def refused_with(settings, monkeypatch):
    def answer(trouble):
        monkeypatch.setattr(Refusing, "answer", trouble)
        settings.EMAIL_BACKEND = f"{__name__}.Refusing"

    return answer


def fetch(mail):
    return OutgoingMail.objects.get(pk=mail.pk)


def test_a_message_to_two_people_is_two_mails(db):
    new = post(messages.receipt(to=["amina@example.org", "bruno@example.org"]))

    assert [mail.to for mail in new] == ["amina@example.org", "bruno@example.org"]
    assert len({mail.message_id for mail in new}) == 2


def test_a_message_that_was_posted_already_changes_nothing(db):
    first = post(messages.receipt())
    again = post(messages.receipt(to=[" Amina@Example.org ", "amina@example.org"], language="fr"))

    assert again == []
    assert OutgoingMail.objects.get() == first[0]
    assert OutgoingMail.objects.get().language == "nl"


def test_what_is_posted_is_what_is_sent_whatever_changes_later(posted):
    assert "SUD2027 D-002" in posted.subject
    assert "12 maart 2027" in posted.text_body
    assert "<table" in posted.html_body


def test_posting_rings_after_the_commit(db, monkeypatch, django_capture_on_commit_callbacks):
    rung = []
    monkeypatch.setattr("portal.core.bell._ring_now", lambda name, args: rung.append((name, args)))

    with django_capture_on_commit_callbacks(execute=True):
        new = post(messages.receipt())

    assert rung == [("mail.deliver", (new[0].pk,))]


def test_an_act_that_was_rolled_back_writes_to_nobody(db):
    with transaction.atomic():
        post(messages.receipt())
        transaction.set_rollback(True)

    assert not OutgoingMail.objects.exists()


def test_a_delivered_mail_left_with_text_layout_and_a_lasting_id(posted):
    assert deliver_mail(mail_id=posted.pk, at=NOW)

    sent = outbox.outbox[0]
    assert sent.to == ["amina@example.org"]
    assert sent.subject == posted.subject
    assert sent.alternatives[0].mimetype == "text/html"
    assert sent.extra_headers["Message-ID"] == posted.message_id
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert fetch(posted).ready_at == NOW


def test_a_mail_leaves_once_however_often_the_bell_rings(posted):
    deliver_mail(mail_id=posted.pk, at=NOW)

    assert not deliver_mail(mail_id=posted.pk, at=NOW + timedelta(days=1))
    deliver(posted.pk)
    assert len(outbox.outbox) == 1


def test_the_chain_says_that_a_mail_left_and_not_to_whom(posted):
    deliver_mail(mail_id=posted.pk, at=NOW)

    event = Event.objects.about(posted.audit_name).get()
    assert (event.verb, event.object) == ("mail.sent", f"mail:{posted.public_id}")
    assert event.data == {"about": "application:0d5f", "template": "applications/receipt", "attempts": 1}
    assert "amina" not in event.payload


def test_while_the_mail_server_is_away_the_mail_waits_longer_each_time(posted, refused_with):
    refused_with(ConnectionRefusedError("nobody listens"))
    at, pauses = NOW, []
    for _attempt in range(OutgoingMail.MOST_ATTEMPTS - 1):
        assert not deliver_mail(mail_id=posted.pk, at=at)
        pauses.append((fetch(posted).due_at - at).total_seconds())
        at = fetch(posted).due_at

    assert pauses == [60, 120, 240, 480, 960, 1920, 3600]
    assert sum(pauses) > 2 * 3600
    assert not Event.objects.about(posted.audit_name).exists()


def test_a_mail_that_could_not_leave_for_hours_has_failed_and_the_chain_says_so(posted, refused_with):
    refused_with(ConnectionRefusedError("nobody listens"))
    OutgoingMail.objects.update(attempts=OutgoingMail.MOST_ATTEMPTS - 1)

    deliver_mail(mail_id=posted.pk, at=NOW)

    assert fetch(posted).is_failed
    assert "nobody listens" in fetch(posted).last_error
    assert Event.objects.about(posted.audit_name).get().verb == "mail.failed"


@pytest.mark.parametrize(
    "trouble",
    [
        smtplib.SMTPRecipientsRefused({"amina@example.org": (550, b"no such user")}),
        smtplib.SMTPDataError(554, b"refused"),
    ],
)
def test_an_address_that_the_server_refuses_for_good_is_not_tried_again(posted, refused_with, trouble):
    refused_with(trouble)

    deliver_mail(mail_id=posted.pk, at=NOW)

    assert fetch(posted).is_failed
    assert fetch(posted).attempts == 1


@pytest.mark.parametrize(
    "trouble",
    [
        smtplib.SMTPRecipientsRefused({"amina@example.org": (451, b"try later")}),
        smtplib.SMTPDataError(452, b"full"),
        smtplib.SMTPServerDisconnected("gone"),
        TimeoutError("slow"),
    ],
)
def test_a_passing_refusal_is_tried_again(posted, refused_with, trouble):
    refused_with(trouble)

    deliver_mail(mail_id=posted.pk, at=NOW)

    assert fetch(posted).job_state == JobState.REQUESTED


def test_the_next_attempt_carries_the_same_id(posted, refused_with, settings):
    refused_with(TimeoutError("slow"))
    deliver_mail(mail_id=posted.pk, at=NOW)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert deliver_mail(mail_id=posted.pk, at=NOW + timedelta(minutes=1))
    assert outbox.outbox[0].extra_headers["Message-ID"] == posted.message_id


@pytest.mark.django_db(transaction=True)
def test_the_sweeper_rings_for_mails_that_are_due_and_for_no_others(monkeypatch):
    rung = []
    monkeypatch.setattr("portal.core.bell._ring_now", lambda name, args: rung.append((name, args)))
    due, later, sent = (post(messages.receipt(key=key))[0] for key in ("due", "later", "sent"))
    OutgoingMail.objects.filter(pk=later.pk).update(due_at=datetime(2999, 1, 1, tzinfo=UTC))
    OutgoingMail.objects.filter(pk=sent.pk).update(job_state=JobState.READY, ready_at=NOW)
    rung.clear()

    sweep()

    assert rung == [("mail.deliver", (due.pk,))]
