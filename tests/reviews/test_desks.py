"""Desks with dates, files in the hands of one officer, and on whom a file waits."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.choices import Role
from portal.accounts.models import Appointment, Desk, DeskOfficer
from portal.audit.models import Event
from portal.core.exceptions import NotAllowed, NotReady
from portal.organisations.models import Membership
from reviews.desks import desk_names, of_my_desk, waiting_on
from reviews.models import FileAssignment
from reviews.services import assign_file
from tests import factories
from tests.reviews.pages import appoint, assigned, officer_elsewhere, page

pytestmark = pytest.mark.django_db
HOME = "/en/dashboard/"
TODAY = timezone.localdate


@pytest.fixture
def files(closed_call):
    """One file for Olga's desk (Kinshasa), one for Pieter's (Rabat), one for a territory without a desk."""
    return factories.unsealed(closed_call, "D-001", "D-002", "D-003")


def give(file, name, by="olga"):
    return assign_file(application_id=file.pk, officer_id=factories.person(name).pk, by=factories.person(by))


def waits_on(name, files):
    person = factories.person(name)
    rows = type(files[0]).objects.filter(waiting_on(person, on=TODAY()))
    return [file for file in files if rows.filter(pk=file.pk).exists()]


# Whose file it is --------------------------------------------------------------------------------


def test_a_file_waits_on_its_desk_and_one_without_a_desk_on_everyone(files):
    kinshasa, rabat, elsewhere = files

    assert waits_on("olga", files) == [kinshasa, elsewhere]
    assert waits_on("pieter", files) == [rabat, elsewhere]


def test_a_file_in_somebodys_hands_waits_on_nobody_else(files):
    kinshasa, rabat, elsewhere = files
    give(kinshasa, "pieter")

    assert waits_on("olga", files) == [elsewhere]
    assert waits_on("pieter", files) == [kinshasa, rabat, elsewhere]


@pytest.mark.parametrize("change", ["post ended", "not begun", "desk withdrawn", "appointment ended", "account closed"])
def test_a_desk_at_which_nobody_sits_leaves_its_files_to_everyone(files, change):
    post, yesterday = DeskOfficer.objects.get(officer=factories.person("olga")), TODAY() - timedelta(days=1)
    if change == "post ended":
        DeskOfficer.objects.filter(pk=post.pk).update(ends_on=TODAY())
    if change == "not begun":
        DeskOfficer.objects.filter(pk=post.pk).update(starts_on=TODAY() + timedelta(days=1))
    if change == "desk withdrawn":
        Desk.objects.filter(pk=post.desk_id).update(withdrawn_on=yesterday)
    if change == "appointment ended":
        Appointment.objects.filter(user=post.officer).update(ends_on=yesterday)
    if change == "account closed":
        type(post.officer).objects.filter(pk=post.officer_id).update(is_active=False)

    assert files[0] in waits_on("pieter", files)


def test_a_territory_may_change_its_desk(files):
    kinshasa = files[0]
    desks = {desk.code: desk for desk in Desk.objects.all()}
    desks["rabat-sale-kenitra"].territories.add(kinshasa.lot.territory)
    desks["kinshasa"].territories.clear()

    assert kinshasa not in waits_on("olga", files)
    assert kinshasa in waits_on("pieter", files)
    assert desk_names(files, on=TODAY())[kinshasa.pk] == desks["rabat-sale-kenitra"].name


def test_my_desk_holds_what_a_colleague_has_in_hand_too(files):
    kinshasa, rabat, _elsewhere = files
    give(kinshasa, "pieter")
    give(rabat, "olga")
    found = type(kinshasa).objects.filter(of_my_desk(factories.person("olga"), on=TODAY()))

    assert set(found) == {kinshasa, rabat}


def test_a_desk_of_another_unit_counts_for_nothing(files):
    otto = officer_elsewhere().user
    desk = Desk.objects.create(unit=otto.appointments.get().unit, code="kinshasa", name_fr="Ailleurs", name_nl="Elders")
    desk.territories.add(files[0].lot.territory)
    DeskOfficer.objects.create(desk=desk, officer=otto, starts_on=TODAY())

    assert desk_names(files, on=TODAY())[files[0].pk] == "Kinshasa"
    assert waits_on("olga", files)[0] == files[0]


def test_an_officer_holds_a_desk_once_and_leaves_it_after_taking_it(db):
    post = DeskOfficer.objects.get(officer=factories.person("olga"))

    for ends_on in (None, post.starts_on):
        with pytest.raises(IntegrityError), transaction.atomic():
            DeskOfficer.objects.create(desk=post.desk, officer=post.officer, starts_on=post.starts_on, ends_on=ends_on)


# Giving a file -----------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["olga", "pieter", "helene"])
def test_an_officer_or_the_head_gives_a_file_and_the_chain_says_to_whom(files, by):
    give(files[0], "pieter", by=by)

    event = Event.objects.get(verb="application.given_to_officer")
    assert FileAssignment.objects.get().officer == factories.person("pieter")
    assert factories.person("pieter").audit_name in str(event.data)
    assert "Pieter" not in str(event.data)


def test_a_file_goes_on_to_another_officer_and_the_chain_keeps_the_first(files):
    give(files[0], "pieter")
    give(files[0], "olga")

    assert FileAssignment.objects.get().officer == factories.person("olga")
    assert factories.person("pieter").audit_name in str(Event.objects.filter(verb__endswith="officer").last().data)


@pytest.mark.parametrize("by", ["amina", "rachid", "axel", "adam"])
def test_nobody_else_gives_a_file(files, by):
    with pytest.raises(NotAllowed):
        give(files[0], "olga", by=by)


def test_a_member_of_the_applicant_neither_gives_nor_gets_its_file(files):
    Membership.objects.create(user=factories.person("olga"), organisation=files[0].organisation)

    with pytest.raises(NotAllowed):
        give(files[0], "pieter", by="olga")
    with pytest.raises(NotReady):
        give(files[0], "olga", by="helene")


def test_the_reviewer_of_a_file_does_not_get_it_in_hand(closed_call):
    (file,) = factories.admitted(closed_call, "D-001")
    appoint("rachid", Role.OFFICER, closed_call.unit)
    assigned(file, "rachid")

    with pytest.raises(NotReady):
        give(file, "rachid", by="helene")


@pytest.mark.parametrize("name", ["amina", "rachid", "helene"])
def test_only_an_officer_of_the_unit_gets_a_file(files, name):
    with pytest.raises(NotReady):
        give(files[0], name)


def test_a_sealed_file_and_a_final_one_are_given_to_nobody(closed_call):
    with pytest.raises(NotReady):
        give(factories.submitted(closed_call, "D-001"), "olga")
    proposal = factories.notified(factories.closed_call("CALL-2"), "D-001")
    with pytest.raises(NotReady):
        give(proposal.lines.get().application, "olga")


def test_the_same_officer_twice_is_said(files):
    give(files[0], "pieter")
    with pytest.raises(NotReady):
        give(files[0], "pieter")

    assert Event.objects.filter(verb="application.given_to_officer").count() == 1


# Pages -------------------------------------------------------------------------------------------


def test_the_page_gives_the_file_and_the_case_file_and_list_say_whose_it_is(olga, files):
    address = page("assign_file", files[0].reference)
    assert "Pieter Voorbeeld – Rabat-Salé-Kénitra" in olga.get(address).text

    answer = olga.post(address, {"officer": factories.person("pieter").pk})

    assert answer.headers["Location"] == page("file", files[0].reference)
    assert "In the hands of Pieter Voorbeeld." in olga.get(page("file", files[0].reference)).text
    assert "Pieter Voorbeeld" in olga.get(page("work_list")).text


@pytest.mark.parametrize("typed", [{}, {"officer": ""}, {"officer": "99999"}, {"officer": "x"}])
def test_a_choice_that_is_none_is_refused_at_the_field(olga, files, typed):
    answer = olga.post(page("assign_file", files[0].reference), typed)

    assert answer.status_code == 422
    assert "Choose an officer" in answer.text
    assert not FileAssignment.objects.exists()


def test_a_refusal_of_the_service_is_said_on_the_page(olga, files):
    give(files[0], "pieter")
    answer = olga.post(page("assign_file", files[0].reference), {"officer": factories.person("pieter").pk})

    assert answer.status_code == 409
    assert "has this file in hand already" in answer.text


def test_an_auditor_is_offered_nothing(axel, files):
    assert page("assign_file", files[0].reference) not in axel.get(page("file", files[0].reference)).text
    assert axel.get(page("assign_file", files[0].reference)).status_code == 403
    assert "Whose files" not in axel.get(page("work_list")).text


@pytest.mark.parametrize(
    ("whose", "shown"), [("", [0, 1, 2]), ("desk", [0, 1]), ("me", [1]), ("nobody", [0, 2]), ("nonsense", [0, 1, 2])]
)
def test_the_list_is_filtered_by_desk_and_hands(olga, files, whose, shown):
    give(files[1], "olga")
    text = olga.get(page("work_list"), {"whose": whose}).text

    assert [number for number, file in enumerate(files) if file.title in text] == shown


def test_the_dashboard_names_the_files_of_my_desk_and_no_others(olga, pieter, files):
    kinshasa, rabat, elsewhere = files
    assert kinshasa.title in olga.get(HOME).text
    assert rabat.title not in olga.get(HOME).text
    assert elsewhere.title in olga.get(HOME).text

    give(kinshasa, "pieter")

    assert kinshasa.title not in olga.get(HOME).text
    assert kinshasa.title in pieter.get(HOME).text


def test_the_administrator_reads_who_sits_at_which_desk_since_when(adam):
    DeskOfficer.objects.filter(officer=factories.person("olga")).update(ends_on=TODAY() + timedelta(days=30))
    shown = adam.get("/en/account/people/").text.partition("Olga Exemple")[2].partition("</tr>")[0]

    assert "Kinshasa" in shown
    assert "until" in shown


def test_the_start_page_does_not_name_a_withdrawn_desk(visitor, open_call):
    assert "Desk: Kinshasa" in visitor.get("/en/").text
    Desk.objects.filter(code="kinshasa").update(withdrawn_on=TODAY())

    assert "Desk: Kinshasa" not in visitor.get("/en/").text
