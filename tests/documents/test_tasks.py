"""The tasks are doorbells: rung by name, harmless when rung twice, stopped before their claim ends."""

from celery import current_app

from portal.documents.models import Document
from portal.documents.services import CLAIM_SECONDS
from portal.documents.tasks import render, sweep


def test_the_tasks_answer_to_the_names_by_which_they_are_rung():
    assert {"documents.render", "documents.sweep"} <= set(current_app.tasks)


def test_a_worker_is_stopped_before_its_claim_ends():
    assert render.soft_time_limit < render.time_limit < CLAIM_SECONDS
    assert render.acks_late
    assert render.reject_on_worker_lost


def test_the_same_message_delivered_twice_makes_one_document(ask):
    document = ask()

    render.apply(args=(document.pk,))
    render.apply(args=(document.pk,))

    assert Document.objects.get().is_ready
    assert Document.objects.get().attempts == 1


def test_a_sweep_rings_for_what_nobody_took(ask, monkeypatch):
    document, rung = ask(), []
    Document.objects.update(due_at=document.due_at.replace(year=2020))
    monkeypatch.setattr("portal.documents.services.ring", lambda name, pk: rung.append(pk))

    sweep()

    assert rung == [document.pk]
