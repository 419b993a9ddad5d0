"""The desk's pages of a call: who reads them, what they show in both languages, and each act with its consequences."""

from datetime import timedelta

import pytest

from applications.choices import State as ApplicationState
from calls import services
from calls.choices import State
from calls.models import Call, Criterion, Question
from calls.readiness import missing_before_publication
from portal.audit.models import Event
from tests import factories

pytestmark = pytest.mark.django_db

ACTS = ["propose", "return", "publish", "open-assessment"]


def desk(reference="", act="", language="en"):
    """The address of the desk's list, of one call, or of an act on it."""
    return f"/{language}/desk/calls/" + "".join(f"{part}/" for part in (reference, act) if part)


@pytest.fixture
def draft(db):
    return factories.draft_call()


@pytest.fixture
def proposed(draft):
    return services.propose_publication(call_id=draft.pk, by=factories.person("olga"))


# Who reads ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", ["olga", "pieter", "helene", "axel", "adam"])
def test_the_desk_reads_the_list_and_a_draft(request, person, draft):
    client = request.getfixturevalue(person)

    assert draft.reference in client.get(desk()).text
    assert client.get(desk(draft.reference)).status_code == 200


@pytest.mark.parametrize("person", ["amina", "chloe", "rachid"])
def test_nobody_else_does(request, person, draft):
    client = request.getfixturevalue(person)

    for address in (desk(), desk(draft.reference), *(desk(draft.reference, act) for act in ACTS)):
        shown = client.get(address)
        assert shown.status_code == 403
        assert draft.title_fr not in shown.text


def test_a_visitor_is_led_to_the_sign_in(visitor, draft):
    assert "/account/login/" in visitor.get(desk(draft.reference)).headers["Location"]


def test_a_call_that_does_not_exist_is_not_found(olga):
    assert olga.get(desk("NO-SUCH-CALL")).status_code == 404


# What the page shows -----------------------------------------------------------------------------


def test_public_texts_stand_side_by_side_in_french_and_dutch(olga, draft):
    shown = olga.get(desk(draft.reference)).text

    for text in (draft.title_fr, draft.title_nl, draft.summary_fr, draft.summary_nl):
        assert text in shown


def test_a_missing_text_is_marked_and_the_readiness_list_leads_to_it(olga, draft):
    Criterion.objects.filter(call=draft, code="C1").update(guidance_nl="")
    shown = olga.get(desk(draft.reference)).text

    assert 'href="#criteria"' in shown
    assert 'id="criteria"' in shown
    assert "Missing" in shown


def test_every_anchor_of_the_readiness_list_is_on_the_page(olga, draft):
    Call.objects.filter(pk=draft.pk).update(title_nl="")
    for parts in (draft.annexes, draft.tracks, draft.headings, draft.criteria, draft.calendar):
        parts.all().delete()
    draft.territories.clear()
    draft.legal_bases.clear()
    Question.objects.filter(section__call=draft, only_if__isnull=False).delete()
    Question.objects.filter(section__call=draft).delete()
    type(draft.envelope).objects.update(ceiling=0)

    anchors = {problem.anchor for problem in missing_before_publication(factories.fetch(draft))}
    shown = olga.get(desk(draft.reference)).text

    assert len(anchors) >= 9
    for anchor in anchors:
        assert f'id="{anchor.removeprefix("#")}"' in shown


def test_a_sealed_call_shows_numbers_of_applications_and_no_reference(olga, open_call):
    application = factories.submitted(open_call)
    factories.empty_draft(open_call, "D-002")
    shown = olga.get(desk(open_call.reference)).text

    assert "the service sees numbers only" in shown
    assert application.reference not in shown
    assert application.title not in shown


def test_a_published_call_says_who_proposed_and_published_it_with_the_whole_hash(olga, open_call):
    shown = olga.get(desk(open_call.reference)).text

    assert open_call.proposed_by.name in shown
    assert open_call.published_by.name in shown
    assert open_call.contract_sha256 in shown


def test_the_reason_of_a_return_stands_with_the_draft(olga, proposed):
    services.return_to_draft(call_id=proposed.pk, by=factories.person("helene"), reason="Le critère 3 est flou.")

    assert "Le critère 3 est flou." in olga.get(desk(proposed.reference)).text


@pytest.mark.parametrize(("person", "act"), [("olga", "propose"), ("helene", "publish")])
def test_an_act_is_offered_to_the_one_who_may_take_it(request, person, act, proposed):
    if act == "propose":
        services.return_to_draft(call_id=proposed.pk, by=factories.person("helene"), reason="Encore une fois.")
    shown = request.getfixturevalue(person).get(desk(proposed.reference)).text

    assert desk(proposed.reference, act) in shown


@pytest.mark.parametrize("person", ["olga", "axel", "adam"])
def test_publication_is_offered_to_nobody_else(request, person, proposed):
    assert desk(proposed.reference, "publish") not in request.getfixturevalue(person).get(desk(proposed.reference)).text


# Acts --------------------------------------------------------------------------------------------


def test_looking_at_a_confirmation_page_changes_nothing(helene, proposed):
    shown = helene.get(desk(proposed.reference, "publish"))

    assert "This cannot be undone." in shown.text
    assert factories.fetch(proposed).state == State.PROPOSED


def test_the_officer_proposes(olga, draft):
    answer = olga.post(desk(draft.reference, "propose"))

    assert answer.headers["Location"] == desk(draft.reference)
    assert factories.fetch(draft).state == State.PROPOSED
    assert Event.objects.filter(verb="call.proposed").count() == 1


def test_an_incomplete_call_is_not_proposed_and_says_what_is_missing(olga, draft):
    Call.objects.filter(pk=draft.pk).update(summary_nl="")

    assert "<button" not in olga.get(desk(draft.reference, "propose")).text.partition("<main")[2]
    answer = olga.post(desk(draft.reference, "propose"))

    assert answer.status_code == 409
    assert f'href="{desk(draft.reference)}#texts"' in answer.text
    assert factories.fetch(draft).state == State.DRAFT


def test_the_head_publishes_and_everyone_reads(helene, visitor, proposed):
    helene.post(desk(proposed.reference, "publish"))

    assert factories.fetch(proposed).state == State.PUBLISHED
    assert visitor.get(f"/fr/calls/{proposed.reference}/").status_code == 200


def test_publishing_twice_is_refused_with_the_state(helene, proposed):
    helene.post(desk(proposed.reference, "publish"))
    answer = helene.post(desk(proposed.reference, "publish"))

    assert answer.status_code == 409
    assert "already in another step: Published" in answer.text


def test_the_head_returns_with_a_reason(helene, proposed):
    helene.post(desk(proposed.reference, "return"), {"reason": "Le budget manque de détail."})

    returned = factories.fetch(proposed)
    assert (returned.state, returned.return_reason) == (State.DRAFT, "Le budget manque de détail.")


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_return_without_a_reason_is_refused_at_the_field(helene, proposed, reason):
    answer = helene.post(desk(proposed.reference, "return"), {"reason": reason})

    assert "Write why the call goes back." in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert factories.fetch(proposed).state == State.PROPOSED


@pytest.mark.parametrize(
    ("person", "act"), [("helene", "propose"), ("olga", "publish"), ("olga", "return"), ("adam", "publish")]
)
def test_an_act_of_another_role_is_refused(request, person, act, draft, proposed):
    before = factories.fetch(proposed).state
    answer = request.getfixturevalue(person).post(desk(proposed.reference, act), {"reason": "Non."})

    assert answer.status_code == 403
    assert factories.fetch(proposed).state == before


@pytest.mark.parametrize("act", ACTS)
def test_an_auditor_only_reads(axel, proposed, act):
    assert axel.post(desk(proposed.reference, act), {"reason": "Non."}).status_code == 403
    assert factories.fetch(proposed).state == State.PROPOSED


def test_the_officer_opens_the_assessment_and_the_page_says_what_lapses(olga, closed_call):
    draft = factories.empty_draft(closed_call, "D-002")

    assert "Drafts that were never submitted lapse." in olga.get(desk(closed_call.reference, "open-assessment")).text
    olga.post(desk(closed_call.reference, "open-assessment"))

    assert factories.fetch(closed_call).state == State.IN_ASSESSMENT
    assert factories.fetch(draft).state == ApplicationState.LAPSED


@pytest.mark.parametrize(("seconds", "state"), [(59, State.PUBLISHED), (60, State.IN_ASSESSMENT)])
def test_assessment_opens_one_minute_after_the_deadline_at_the_earliest(olga, open_call, at, seconds, state):
    at(open_call.closes_at + timedelta(seconds=seconds))
    # The session of an earlier day has ended.
    olga.force_login(olga.user)

    olga.post(desk(open_call.reference, "open-assessment"))

    assert factories.fetch(open_call).state == state


# Speed -------------------------------------------------------------------------------------------


def test_the_list_asks_the_database_the_same_for_one_and_three_calls(olga, django_assert_num_queries):
    factories.draft_call("CALL-1")
    olga.get(desk())
    with django_assert_num_queries(5):
        olga.get(desk())
    factories.open_call("CALL-2")
    factories.closed_call("CALL-3")

    with django_assert_num_queries(5):
        olga.get(desk())


def test_a_published_call_asks_at_most_twelve_times(olga, open_call, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        olga.get(desk(open_call.reference))
