"""The tasks of the mail app are doorbells: harmless when rung twice, stopped before their claim ends."""

from portal.mail.models import OutgoingMail
from portal.mail.services import CLAIM_SECONDS, post
from portal.mail.tasks import deliver
from tests.mail import messages


def test_a_worker_is_stopped_before_its_claim_ends():
    assert deliver.soft_time_limit < deliver.time_limit < CLAIM_SECONDS
    assert deliver.acks_late
    assert deliver.reject_on_worker_lost


def test_the_same_message_delivered_twice_sends_one_mail(db, mailoutbox):
    mail = post(messages.receipt())[0]

    deliver.apply(args=(mail.pk,))
    deliver.apply(args=(mail.pk,))

    assert len(mailoutbox) == 1
    assert OutgoingMail.objects.get().attempts == 1
