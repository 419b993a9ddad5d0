"""A call ends without decisions, or is put away: by whom, from where, and what happens to its applications."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from applications.choices import SendingChannel
from applications.choices import State as ApplicationState
from applications.models import Sending
from calls.choices import CANCELLABLE, State
from calls.models import Call
from calls.services import archive_call, cancel_call, propose_publication
from portal.audit.models import Event
from portal.core.exceptions import NotAllowed, NotReady
from portal.documents.models import Document
from portal.mail.models import OutgoingMail
from portal.organisations.models import Organisation
from reviews.choices import ProposalState
from reviews.models import Decision
from reviews.services import close_decisions
from tests import factories
from tests.applications.papers import entered
from tests.reviews.pages import page
from tests.sealing import seal

pytestmark = pytest.mark.django_db
REASON = {"fr": "Le budget est retiré.", "nl": "Het budget is ingetrokken."}


def call_in(state):
    """A call in this state, with an application where there can be one."""
    if state in (State.DRAFT, State.PROPOSED):
        call = factories.draft_call()
        return propose_publication(call_id=call.pk, by=factories.person("olga")) if state == State.PROPOSED else call
    call = factories.closed_call()
    if state == State.PUBLISHED:
        factories.submitted(call)
    if state == State.IN_ASSESSMENT:
        factories.unsealed(call, "D-001")
    if state in (State.DECIDED, State.ARCHIVED):
        factories.notified(call, "D-001")
        close_decisions(call_id=call.pk, by=factories.person("helene"))
    if state == State.ARCHIVED:
        return archive_call(call_id=call.pk, by=factories.person("olga"), at=call.closes_at + timedelta(days=200))
    return factories.fetch(call)


def cancel(call, by="helene", reason=REASON):
    return cancel_call(call_id=call.pk, by=factories.person(by), reason=reason)


# Cancelling --------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", State)
def test_a_call_is_cancelled_from_the_steps_that_the_process_names_and_no_other(state):
    call = call_in(state) if state != State.CANCELLED else cancel(call_in(State.DRAFT))

    if state in CANCELLABLE:
        assert cancel(call).state == State.CANCELLED
    else:
        with pytest.raises(NotReady):
            cancel(call)
        assert factories.fetch(call).state == state


@pytest.mark.parametrize("name", ["olga", "pieter", "rachid", "amina", "axel", "adam"])
def test_nobody_but_the_head_cancels(open_call, name):
    with pytest.raises(NotAllowed):
        cancel(open_call, by=name)


@pytest.mark.parametrize(
    ("reason", "lacking"), [({}, ["FR", "NL"]), ({"fr": "Oui."}, ["NL"]), ({"fr": " ", "nl": "Ja."}, ["FR"])]
)
def test_a_reason_is_written_in_french_and_in_dutch(open_call, reason, lacking):
    with pytest.raises(NotReady) as refused:
        cancel(open_call, reason=reason)

    assert [str(problem).partition(" in ")[2][:2] for problem in refused.value.problems] == lacking
    assert factories.fetch(open_call).state == State.PUBLISHED


def test_the_database_keeps_no_cancelled_call_without_a_reason(open_call):
    cancel(open_call)

    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.filter(pk=open_call.pk).update(cancellation_reason_nl="")


def test_every_application_that_is_not_final_is_cancelled_and_its_applicant_told(open_call):
    draft, submitted = factories.empty_draft(open_call), factories.submitted(open_call, "D-002")
    OutgoingMail.objects.all().delete()
    cancel(open_call)

    assert {factories.fetch(file).state for file in (draft, submitted)} == {ApplicationState.CALL_CANCELLED}
    assert {mail.about for mail in OutgoingMail.objects.all()} == {draft.audit_name, submitted.audit_name}
    for mail in OutgoingMail.objects.all():
        assert REASON[mail.language] in mail.text_body
        assert REASON[mail.language] in mail.html_body
    assert Event.objects.filter(verb="application.call_cancelled").count() == 2


def test_the_cancellation_reaches_a_paper_applicant_by_post_and_no_officer_is_mailed_as_if_it_were_theirs(
    olga, closed_call
):
    application = entered(closed_call)
    cancel(closed_call)

    assert not OutgoingMail.objects.filter(about=application.audit_name).exists()
    letter = Document.objects.get(about=application.audit_name, kind="applications.call_cancelled")
    assert (letter.language, letter.number) == ("nl", f"{application.reference}-A1")
    assert json.loads(letter.content)["reason"] == REASON["nl"]
    seal(letter.pk)
    assert letter.number in olga.get(page("post_list")).text


def test_a_paper_applicant_with_an_account_is_told_by_mail_and_gets_no_letter(closed_call):
    known = Organisation.objects.get(memberships__user=factories.person("amina"))
    application = entered(closed_call, organisation=known)
    OutgoingMail.objects.all().delete()
    cancel(closed_call)

    assert [mail.to for mail in OutgoingMail.objects.all()] == ["amina@example.org"]
    assert not Document.objects.filter(kind="applications.call_cancelled", about=application.audit_name).exists()


def test_the_chain_holds_the_act_and_none_of_the_words(open_call):
    cancel(open_call)

    event = Event.objects.get(verb="call.cancelled")
    assert event.actor == factories.person("helene").actor
    assert REASON["fr"] not in str(event.data)


def test_a_final_application_keeps_its_decision(closed_call):
    awarded = factories.notified(closed_call, "D-001").lines.get().application
    cancel(closed_call)

    assert factories.fetch(awarded).state == ApplicationState.AWARDED


def test_a_frozen_list_goes_back_with_the_call(closed_call):
    proposal = factories.frozen(closed_call, "D-001")
    cancel(closed_call)

    returned = factories.fetch(proposal)
    assert returned.state == ProposalState.RETURNED
    assert returned.return_reason
    assert factories.fetch(proposal.lines.get().application).state == ApplicationState.CALL_CANCELLED


# Archiving ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "is_over"), [(149, False), (150, True), (400, True)])
def test_a_decided_call_is_archived_a_hundred_and_fifty_days_after_the_last_notification(days, is_over):
    call, olga = call_in(State.DECIDED), factories.person("olga")
    told = call.applications.get().notified_at

    if is_over:
        assert archive_call(call_id=call.pk, by=olga, at=told + timedelta(days=days)).state == State.ARCHIVED
        assert Event.objects.filter(verb="call.archived").count() == 1
    else:
        with pytest.raises(NotReady):
            archive_call(call_id=call.pk, by=olga, at=told + timedelta(days=days))


def test_the_margin_is_a_setting_and_runs_from_the_day_of_posting_where_that_came_later(settings):
    settings.DAYS_BEFORE_ARCHIVING = 10
    call, olga = call_in(State.DECIDED), factories.person("olga")
    told, letter = call.applications.get().notified_at, Decision.objects.get().document
    posted = {"channel": SendingChannel.POST, "sent_on": timezone.localdate(told) + timedelta(days=5)}
    Sending.objects.create(document=letter, recorded_by=olga, recorded_at=told, **posted)

    with pytest.raises(NotReady):
        archive_call(call_id=call.pk, by=olga, at=told + timedelta(days=11))
    assert archive_call(call_id=call.pk, by=olga, at=told + timedelta(days=17)).state == State.ARCHIVED


@pytest.mark.parametrize("state", [state for state in State if state not in (State.DECIDED, State.CANCELLED)])
def test_only_a_decided_call_is_archived(state):
    call = call_in(state)

    with pytest.raises(NotReady):
        archive_call(call_id=call.pk, by=factories.person("olga"), at=call.closes_at + timedelta(days=999))


@pytest.mark.parametrize("name", ["helene", "rachid", "amina", "axel", "adam"])
def test_nobody_but_an_officer_archives(name):
    call = call_in(State.DECIDED)

    with pytest.raises(NotAllowed):
        archive_call(call_id=call.pk, by=factories.person(name), at=call.closes_at + timedelta(days=999))


# Pages -------------------------------------------------------------------------------------------


def test_a_cancelled_call_stays_readable_with_its_reason(helene, visitor, open_call):
    address = f"/en/desk/calls/{open_call.reference}/cancel/"
    assert "Each applicant is told" in helene.get(address).text

    helene.post(address, {"reason_fr": REASON["fr"], "reason_nl": REASON["nl"]})

    for language in ("fr", "nl"):
        shown = visitor.get(f"/{language}/calls/{open_call.reference}/")
        assert shown.status_code == 200
        assert REASON[language] in shown.text
        assert "applications/start" not in shown.text
    assert open_call.reference in visitor.get("/en/calls/").text
    assert "No call is open" in visitor.get("/en/calls/").text


def test_a_call_that_was_cancelled_before_its_publication_is_on_no_public_page(visitor, olga):
    draft = cancel(factories.draft_call("CALL-SECRET"))

    assert visitor.get(f"/en/calls/{draft.reference}/").status_code == 404
    assert draft.reference not in visitor.get("/en/calls/").text
    assert draft.reference not in visitor.get("/en/territories/").text
    assert REASON["fr"] in olga.get(f"/en/desk/calls/{draft.reference}/").text


def test_a_reason_in_one_language_is_refused_at_the_field_and_what_was_typed_stays(helene, open_call):
    answer = helene.post(f"/en/desk/calls/{open_call.reference}/cancel/", {"reason_fr": REASON["fr"]})

    assert "Write the reason in Dutch" in answer.text
    assert REASON["fr"] in answer.text
    assert factories.fetch(open_call).state == State.PUBLISHED


def test_the_officer_reads_when_a_decided_call_can_be_archived_and_does_it_then(olga, visitor, at):
    call = call_in(State.DECIDED)
    address = f"/en/desk/calls/{call.reference}/archive/"
    assert "The appeal period and its margin run until" in olga.get(address).text
    assert olga.post(address).status_code == 409

    at(call.applications.get().notified_at + timedelta(days=150))
    olga.force_login(olga.user)
    olga.post(address)

    assert factories.fetch(call).state == State.ARCHIVED
    assert visitor.get(f"/en/calls/{call.reference}/").status_code == 200
