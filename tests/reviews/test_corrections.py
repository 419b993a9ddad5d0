"""One round of correction: what is opened and nothing else, until the due moment, and what follows for the reviews."""

import json
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone
from django.utils.translation import override

from applications.choices import State
from applications.models import Correction, CorrectionPoint, Version
from applications.services import (
    correct_application,
    expire_corrections,
    remove_annex,
    save_answers,
    save_budget,
    save_project,
)
from applications.tasks import expire_corrections as expiry_task
from portal.core.dates import BRUSSELS
from portal.core.exceptions import NotAllowed, NotReady
from portal.documents.letter import write_letter
from portal.documents.models import Document
from portal.mail.models import OutgoingMail
from reviews.checks import findings
from reviews.models import Assignment
from reviews.services import confirm_review, freeze_proposal
from tests import factories
from tests.reviews.corrections import annex, answered, asked, attach, in_screening, point, question
from tests.sealing import seal

pytestmark = pytest.mark.django_db


def codes(refusal):
    return [problem.code for problem in refusal.value.problems]


@pytest.fixture
def file(closed_call):
    return in_screening(closed_call)


def test_a_correction_has_its_number_its_letter_its_mail_and_waits_for_the_applicant(file):
    correction = asked(file)

    assert correction.number == f"{file.reference}-C1"
    assert factories.fetch(file).state == State.CORRECTION_REQUESTED
    assert Document.objects.get(kind="reviews.correction_request").number == correction.number
    assert OutgoingMail.objects.get(template="reviews/correction_requested").to == "amina@example.org"


def test_the_answer_is_awaited_until_the_end_of_the_tenth_calendar_day_in_brussels(file):
    correction = asked(file, at=datetime(2027, 3, 18, 23, 30, tzinfo=BRUSSELS))

    assert correction.due_at.astimezone(BRUSSELS) == datetime(2027, 3, 28, 23, 59, 59, tzinfo=BRUSSELS)


@pytest.mark.parametrize("code", ["R1", "E1"])
def test_an_item_that_cannot_be_corrected_is_refused(file, code):
    with pytest.raises(NotReady) as refusal:
        asked(file, points=[point(file, code)])

    assert codes(refusal) == ["not_curable"]
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"points": []}, "no_point"),
        ({"opened": []}, "nothing_opened"),
        ({"due_at": timezone.now()}, "due"),
    ],
)
def test_a_correction_without_point_part_or_time_is_refused(file, changes, code):
    with pytest.raises(NotReady) as refusal:
        asked(file, **changes)

    assert codes(refusal) == [code]


def test_each_point_says_what_is_missing_and_what_is_accepted(file):
    with pytest.raises(NotReady) as refusal:
        asked(file, points=[point(file, accepted=" ")])

    assert codes(refusal) == ["no_words"]


def test_a_correction_is_asked_once(file):
    asked(file)
    expire_corrections(at=timezone.now() + timedelta(days=12))

    with pytest.raises(NotReady) as refusal:
        asked(file)

    assert codes(refusal) == ["once"]


def test_a_part_of_another_call_cannot_be_opened(file):
    other = factories.draft_call("OTHER")

    with pytest.raises(NotReady) as refusal:
        asked(file, opened=[other.annexes.get(code="A6")])

    assert codes(refusal) == ["other_call"]


@pytest.mark.parametrize("name", ["helene", "rachid", "amina", "axel", "adam"])
def test_only_an_officer_asks_for_a_correction(file, name):
    with pytest.raises(NotAllowed):
        asked(file, by=name)


def test_what_a_correction_asks_cannot_be_changed_or_deleted(file):
    correction = asked(file)
    acts = [
        lambda: Correction.objects.filter(pk=correction.pk).update(due_at=timezone.now() + timedelta(days=90)),
        lambda: Correction.objects.filter(pk=correction.pk).delete(),
        lambda: CorrectionPoint.objects.update(missing="other"),
    ]
    for act in acts:
        with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
            act()


def test_the_letter_says_the_rule_what_is_missing_what_is_accepted_and_what_is_open(file):
    asked(file)
    letter = Document.objects.get(kind="reviews.correction_request")
    said = json.loads(letter.content)

    assert said["points"][0]["rule"] == "Annexes obligatoires jointes et lisibles"
    assert said["opened"] == ["A6. Attestation bancaire (IBAN au nom du demandeur)"]
    html = write_letter(letter).html
    for words in (said["points"][0]["missing"], said["points"][0]["accepted"], "R3", "Attestation bancaire"):
        assert words in html


def test_the_letter_is_sealed_and_released_at_once(file):
    asked(file)
    letter = Document.objects.get(kind="reviews.correction_request")

    assert seal(letter.pk)
    assert factories.fetch(letter).released_at


def test_the_applicant_changes_only_what_is_named(file):
    asked(file)
    amina = {"application_id": file.pk, "by": factories.person("amina")}
    attempts = [
        lambda: save_project(**amina, values={"title": "Another project"}),
        lambda: save_budget(**amina, lines=[], income={}),
        lambda: save_answers(**amina, answers={question(file): "75"}),
        lambda: attach(file, "A5"),
        lambda: remove_annex(**amina, annex_id=file.annexes.get(requirement__code="A5").pk),
    ]
    for attempt in attempts:
        with pytest.raises(NotReady) as refusal:
            attempt()
        assert codes(refusal) == ["not_opened"]

    attach(file)
    assert file.annexes.get(requirement__code="A6").name == "attestation-corrigee.pdf"


def test_a_member_who_does_not_sign_changes_and_sends_nothing(file):
    asked(file)

    with pytest.raises(NotAllowed):
        attach(file, by="bruno")
    attach(file)
    with pytest.raises(NotAllowed):
        correct_application(application_id=file.pk, by=factories.person("bruno"), arrived_at=timezone.now())


def test_an_answer_is_a_new_version_and_the_file_goes_on_where_it_was(file):
    correction = asked(file)
    version = answered(file)
    first, content = file.versions.get(number=1), json.loads(version.content)

    assert version.number == 2
    assert factories.fetch(file).state == State.IN_SCREENING
    assert factories.fetch(correction).answered_at
    assert [row["name"] for row in content["annexes"] if row["annex"] == "A6"] == ["attestation-corrigee.pdf"]
    assert {row["sha256"] for row in content["annexes"]} == set(version.files.values_list("sha256", flat=True))
    assert version.amount_requested == first.amount_requested
    assert factories.fetch(file).submitted_at == first.submitted_at


def test_changes_that_were_never_handed_in_do_not_slip_in_with_a_correction(closed_call):
    application = factories.submitted(closed_call, "D-001")
    before = closed_call.closes_at - timedelta(hours=1)
    amina = {"application_id": application.pk, "by": factories.person("amina"), "at": before}
    save_answers(**amina, answers={question(application): "75"})
    save_project(**amina, values={"title": "A larger project"})
    save_budget(**amina, lines=[], income={"grant_requested": 150_000})
    attach(application, "A5", at=before)
    from calls.services import open_assessment
    from reviews.services import take_in_screening

    open_assessment(call_id=closed_call.pk, by=factories.person("olga"))
    take_in_screening(application_id=application.pk, by=factories.person("olga"))
    asked(factories.fetch(application))

    version = answered(application)

    first, second = (json.loads(row.content) for row in (application.versions.get(number=1), version))
    changed = [key for key in first if first[key] != second[key]]
    assert changed == ["annexes"]
    assert [row for row in second["annexes"] if row["annex"] == "A5"] == [
        row for row in first["annexes"] if row["annex"] == "A5"
    ]


def test_a_question_is_corrected_too(file):
    asked(file, points=[point(file, "R2")], opened=[question(file)])
    moment = timezone.now()
    save_answers(application_id=file.pk, by=factories.person("amina"), answers={question(file): "75"}, at=moment)

    version = correct_application(application_id=file.pk, by=factories.person("amina"), arrived_at=moment)

    told = {row["question"]: row["text"] for row in json.loads(version.content)["answers"]}
    assert told["Q9"] == "75"
    assert len(told) == 15


def test_an_unchanged_file_is_not_an_answer(file):
    asked(file)

    with pytest.raises(NotReady) as refusal:
        correct_application(application_id=file.pk, by=factories.person("amina"), arrived_at=timezone.now())

    assert codes(refusal) == ["nothing_changed"]


def test_an_opened_annex_without_a_file_is_not_an_answer(file):
    asked(file)
    amina = {"application_id": file.pk, "by": factories.person("amina")}
    remove_annex(**amina, annex_id=file.annexes.get(requirement__code="A6").pk)

    with pytest.raises(NotReady) as refusal:
        correct_application(**amina, arrived_at=timezone.now())

    assert codes(refusal) == ["missing_annex"]
    assert file.versions.count() == 1


def test_an_answer_at_the_due_moment_counts_and_one_after_it_is_refused(file):
    correction = asked(file)
    attach(file)
    amina = {"application_id": file.pk, "by": factories.person("amina")}

    with pytest.raises(NotReady) as refusal:
        correct_application(**amina, arrived_at=correction.due_at + timedelta(milliseconds=1))
    assert codes(refusal) == ["correction_over"]
    assert correct_application(**amina, arrived_at=correction.due_at).number == 2


def test_a_correction_without_an_answer_expires_once_and_the_file_goes_on(file):
    correction = asked(file)
    late = correction.due_at + timedelta(minutes=2)

    assert expire_corrections(at=correction.due_at + timedelta(seconds=30)) == 0
    assert expire_corrections(at=late) == 1
    assert expire_corrections(at=late) == 0
    assert factories.fetch(file).state == State.IN_SCREENING
    assert factories.fetch(correction).expired_at == late
    assert file.versions.count() == 1


def test_the_periodic_job_may_run_twice(file, at):
    correction = asked(file)
    at(correction.due_at + timedelta(hours=1))

    expiry_task()
    expiry_task()

    assert factories.fetch(file).state == State.IN_SCREENING


def test_the_portal_judges_the_version_that_was_handed_in(file):
    """What lies in the draft's rows and was never handed in says nothing, for or against."""
    file.annexes.filter(requirement__code="A6").delete()
    file.income_lines.all().delete()
    file.answers.all().delete()

    with override("en"):
        found = findings(factories.fetch(file))

    assert all(is_found for is_found, _evidence in found.values())


def test_after_a_correction_the_portal_judges_the_corrected_version(file):
    asked(file)
    answered(file)
    version = Version.objects.latest("pk")

    assert findings(factories.fetch(file))["annexes_present"][0]
    assert version.number == 2


def test_a_locked_review_is_to_be_confirmed_after_an_answer_and_then_the_file_is_reviewed(in_review):
    asked(in_review)
    answered(in_review)
    review = Assignment.objects.get(application=in_review, reviewer=factories.person("rachid"))
    assert review.is_stale
    assert review.version.number == 1
    assert factories.fetch(in_review).state == State.IN_REVIEW

    confirm_review(assignment_id=review.pk, by=factories.person("rachid"))

    assert not factories.fetch(review).is_stale
    assert factories.fetch(review).version.number == 2


def test_an_open_review_gets_the_corrected_version(in_review):
    asked(in_review)
    answered(in_review)

    review = Assignment.objects.get(application=in_review, reviewer=factories.person("sofie"))
    assert not review.is_stale
    assert review.version.number == 2


def test_nobody_else_confirms_a_review_and_nobody_confirms_twice(in_review):
    asked(in_review)
    answered(in_review)
    review = Assignment.objects.get(application=in_review, reviewer=factories.person("rachid"))

    with pytest.raises(NotAllowed):
        confirm_review(assignment_id=review.pk, by=factories.person("sofie"))
    confirm_review(assignment_id=review.pk, by=factories.person("rachid"))
    with pytest.raises(NotReady):
        confirm_review(assignment_id=review.pk, by=factories.person("rachid"))


def test_a_file_under_correction_keeps_the_list_from_being_frozen(closed_call):
    first, _second = factories.unsealed(closed_call, "D-001", "D-004")
    from reviews.services import take_in_screening

    take_in_screening(application_id=first.pk, by=factories.person("olga"))
    asked(factories.fetch(first))

    with pytest.raises(NotReady) as refusal:
        freeze_proposal(call_id=closed_call.pk, by=factories.person("olga"), conclusions={})

    assert codes(refusal).count("under_way") == 2


@pytest.fixture
def in_review(closed_call):
    """Rachid's review is locked, Sofie's is begun."""
    from portal.demo import judging
    from reviews.services import assign_reviewer, declare_conflict, lock_review

    (application,) = factories.admitted(closed_call, "D-001")
    for name in ("rachid", "sofie"):
        person = factories.person(name)
        review = assign_reviewer(application_id=application.pk, reviewer_id=person.pk, by=factories.person("olga"))
        declare_conflict(assignment_id=review.pk, by=person, answer="none")
        judging.score_all(factories.fetch(review), factories.story("D-001")["reviews"][person.email])
        if name == "rachid":
            lock_review(assignment_id=review.pk, by=person)
    return factories.fetch(application)


def test_asking_in_review_returns_to_review(in_review):
    correction = asked(in_review)
    assert factories.fetch(in_review).correction_from == State.IN_REVIEW

    expire_corrections(at=correction.due_at + timedelta(minutes=2))

    assert factories.fetch(in_review).state == State.IN_REVIEW
    assert not Assignment.objects.filter(is_stale=True).exists()


def test_the_annex_named_stays_the_only_door(file):
    correction = asked(file)

    assert list(correction.annexes.all()) == [annex(file)]
    assert list(correction.questions.all()) == []
