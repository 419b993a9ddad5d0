"""One call at every step of the process, so that every kind of page has something to show."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str

from applications.choices import State
from applications.models import Application
from applications.services import withdraw_application
from calls import services as call_services
from calls.models import Envelope
from portal.accounts.models import User
from portal.demo import calls, judging
from portal.documents.models import Document
from portal.mail.models import OutgoingMail
from portal.organisations.models import Membership
from reviews import services
from reviews.choices import ConflictAnswer
from reviews.models import Assignment
from tests import factories
from tests.applications import papers
from tests.reviews import chains, corrections, doors, lists
from tests.sealing import seal

Facts = dict[str, Any]


def make_every_step() -> Facts:
    """Everything exists; the names and numbers that the addresses of the pages are made of."""
    _calls_to_publish()
    facts = _key_of_a_reset()
    facts |= _writing() | _corrected() | _screening() | _correcting() | _judging() | _decided() | _doors() | _reserves()
    calls.publish(factories.draft_call("SEALED", closes_in=-timedelta(hours=1)))
    _letters_being_made()
    # Last, because its steps apply to every list that is approved after them.
    _outside()
    return facts


def _calls_to_publish() -> None:
    factories.draft_call("DRAFT")
    proposed = factories.draft_call("PROPOSED")
    call_services.propose_publication(call_id=proposed.pk, by=factories.person("olga"), at=proposed.opens_at)


def _corrected() -> Facts:
    """A call with a later deadline, corrected words, and a correction that waits; another one is cancelled."""
    reason = {"fr": "Le portail était en panne un jour entier.", "nl": "Het portaal lag een hele dag plat."}
    people = {"officer": factories.person("olga"), "head": factories.person("helene")}
    call, lost = factories.open_call("CORRECTED"), factories.open_call("CANCELLED")
    call_services.extend_deadline(
        call_id=call.pk, by=people["head"], reason=reason, closes_at=call.closes_at + timedelta(days=7)
    )
    proposed = [
        call_services.propose_corrigendum(call_id=call.pk, by=people["officer"], reason=reason, changes={key: words})
        for key, words in (
            ("call:CORRECTED:title", {"fr": "Appel à projets, titre corrigé", "nl": "Projectoproep, verbeterde titel"}),
            ("criterion:C3:guidance", {"fr": "D’autres mots pour ce critère.", "nl": "Andere woorden."}),
        )
    ]
    call_services.issue_corrigendum(corrigendum_id=proposed[0].pk, by=people["head"])
    call_services.cancel_call(call_id=lost.pk, by=people["head"], reason=reason)
    over = factories.notified(factories.closed_call("OVER"), "D-001").call
    services.close_decisions(call_id=over.pk, by=people["head"])
    return {"corrigendum": proposed[1].pk}


def _writing() -> Facts:
    call = factories.open_call("OPEN")
    full, empty = factories.full_draft(call, "D-001"), factories.empty_draft(call, "D-003")
    sent = factories.submitted(call, "D-004")
    _seal_all()
    return {
        "full": full.reference,
        "empty": empty.reference,
        "sent": sent.reference,
    }


def _screening() -> Facts:
    call = factories.closed_call("DESK")
    gate, scored, taken, new = factories.unsealed(call, "D-001", "D-002", "D-003", "D-004")
    services.take_in_screening(application_id=taken.pk, by=factories.person("olga"))
    for file, reference in ((gate, "D-001"), (scored, "D-002")):
        judging.screen(file, factories.story(reference), at=call.closes_at)
    gate_of_rachid, doubt, full = _assigned(gate, "rachid"), _assigned(gate, "sofie"), _assigned(scored, "rachid")
    _declare(doubt, ConflictAnswer.DOUBT)
    _declare(full, ConflictAnswer.NONE)
    judging.score_all(full, factories.story("D-002")["reviews"]["rachid@example.org"])
    begun, early = _assigned(scored, "sofie"), _assigned(taken, "rachid")
    _declare(begun, ConflictAnswer.NONE)
    _declare(early, ConflictAnswer.NONE)
    _namesake(gate, "rachid")
    _namesake(gate, "sofie")
    _namesake(taken, "sofie")
    return {
        "new": new.reference,
        "taken": taken.reference,
        "admitted": scored.reference,
        "gate": gate_of_rachid.pk,
        "gate_file": gate.reference,
        "doubt": doubt.pk,
        "begun": begun.pk,
        "early": early.pk,
        "scored": full.pk,
    }


def _namesake(file: Application, name: str) -> None:
    """Somebody of the applicant has the name of this reviewer: the portal says so wherever it matters."""
    reviewer = factories.person(name)
    email = f"{name}@{file.organisation.enterprise_number}.example.org"
    user, _is_new = User.objects.get_or_create(email=email, defaults={"name": reviewer.name})
    Membership.objects.create(user=user, organisation=file.organisation)


def _correcting() -> Facts:
    """A correction that waits for Amina, one that she answered after Rachid's lock, a withdrawn file, a letter to post."""
    waiting = corrections.in_screening(factories.closed_call("WAITING"))
    corrections.asked(waiting)
    answered, withdrawn = factories.admitted(factories.closed_call("ANSWERED"), "D-001", "D-004")
    stale = _assigned(answered, "rachid")
    _declare(stale, ConflictAnswer.NONE)
    judging.score_all(stale, factories.story("D-001")["reviews"]["rachid@example.org"])
    services.lock_review(assignment_id=stale.pk, by=factories.person("rachid"))
    corrections.asked(answered)
    corrections.answered(factories.fetch(answered))
    withdraw_application(application_id=withdrawn.pk, by=factories.person("didier"), reason="Le partenaire renonce.")
    paper = papers.entered(factories.closed_call("PAPER"))
    call_services.open_assessment(
        call_id=paper.call_id, by=factories.person("olga"), at=paper.call.closes_at + timedelta(minutes=2)
    )
    letter = Document.objects.get(about=paper.audit_name)
    seal(letter.pk)
    corrected = corrections.in_screening(factories.closed_call("TO-CORRECT"))
    corrections.asked(corrected)
    corrections.answered(factories.fetch(corrected))
    return {
        "waiting": waiting.reference,
        "corrected": corrected.reference,
        "withdrawn": withdrawn.reference,
        "to_post": factories.fetch(letter).code,
        "stale": stale.pk,
        "on_paper": paper.reference,
    }


def _assigned(application: Application, reviewer: str) -> Assignment:
    return services.assign_reviewer(
        application_id=application.pk, reviewer_id=factories.person(reviewer).pk, by=factories.person("olga")
    )


def _declare(assignment: Assignment, answer: ConflictAnswer) -> None:
    services.declare_conflict(assignment_id=assignment.pk, by=assignment.reviewer, answer=answer)


def _judging() -> Facts:
    files = factories.reviewed(factories.closed_call("LIVE"), "D-001", "D-004")
    drafted = factories.closed_call("DRAFTED")
    typed = {f"conclusion_{file.pk}": "Motif commencé." for file in factories.reviewed(drafted, "D-004")}
    services.keep_draft_of_list(call_id=drafted.pk, by=factories.person("pieter"), typed=typed, version=0)
    factories.frozen(factories.closed_call("FROZEN"), "D-001", "D-004")
    factories.with_letters(factories.closed_call("LETTERS"), "D-001")
    locked = Assignment.objects.get(application=files[0], reviewer=factories.person("rachid"))
    return {"judged": files[0].reference, "locked": locked.pk}


def _decided() -> Facts:
    call = factories.closed_call("TOLD")
    factories.notified(call, "D-001", "D-004")
    letter = Document.objects.get(kind="reviews.award", call_reference=call.reference)
    return {
        "awarded": Application.objects.get(
            call=call, organisation__memberships__user=factories.person("amina")
        ).reference,
        "rejected": Application.objects.get(
            call=call, organisation__memberships__user=factories.person("didier")
        ).reference,
        "code": letter.code,
        "mail": OutgoingMail.objects.latest("pk").pk,
    }


def _doors() -> Facts:
    call = factories.closed_call("DOOR")
    failed, proposed, refused = factories.unsealed(call, "D-005", "D-003", "D-004")
    for file in (failed, proposed, refused):
        doors.answer(file, "E4", "R2")
    doors.proposed(proposed)
    doors.told(refused)
    return {"failed": failed.reference, "proposed": proposed.reference, "refused": refused.reference}


def _reserves() -> Facts:
    """One file is awarded; the first on the reserve list is to be lifted from it, the second waits."""
    call = factories.closed_call("RESERVE")
    files = lists.reviewed(call, "D-001", "D-002", "D-003")
    Envelope.objects.filter(call=call).update(ceiling=Decimal(130000))
    head, ranked = factories.person("helene"), lists.frozen(call, files)
    services.approve_proposal(proposal_id=ranked.pk, by=head)
    _seal_all()
    services.notify_decisions(proposal_id=ranked.pk, by=head)
    Envelope.objects.filter(call=call).update(ceiling=Decimal(300000))
    services.promote_from_reserve(application_id=files["D-002"].pk, by=factories.person("olga"))
    reserve = Application.objects.get(call=call, state=State.ON_RESERVE)
    factories.reviewed(factories.closed_call("MONEY"), "D-001", "D-002", "D-003", "D-004", "D-007")
    return {"reserve": reserve.reference}


def _key_of_a_reset() -> Facts:
    """What a mail to somebody who forgot the password leads to; whoever signs in meanwhile makes the key void."""
    user = User.objects.create_user("oubli@example.org", name="Oubli Exemple")
    return {"account": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}


def _outside() -> None:
    """Approved lists that external steps await: not yet transmitted, half way, refused."""
    chains.approved(factories.closed_call("APPROVED"), "D-001")
    chains.record(chains.transmitted(factories.closed_call("OUTSIDE"), "D-001", "D-004"))
    chains.record(chains.transmitted(factories.closed_call("REFUSED"), "D-001"), 1, "unfavourable")


def _letters_being_made() -> None:
    """An approved list of which no letter is sealed: nothing may seal all after it."""
    factories.approved(factories.closed_call("SEALING"), "D-001", "D-004")


def _seal_all() -> None:
    for pk in Document.objects.filter(file=None).values_list("pk", flat=True):
        seal(pk)
