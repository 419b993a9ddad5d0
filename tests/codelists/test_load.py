"""Loading a code list adds and renames; it never deletes, and withdraws only when that is asked for."""

import csv
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.audit.models import Event
from portal.codelists.models import Goal, LegalBasis, LegalText, Sector, Territory
from portal.codelists.reading import LISTS, OWN_LISTS
from portal.codelists.services import FixedText, load_codelist

TODAY = date(2027, 1, 18)


@pytest.fixture
def own_lists(db):
    call_command("load_codelists", verbosity=0)


@pytest.fixture
def published(tmp_path):
    """Writes a published list of sectors: rows of code, English name, French name, status."""

    def write(*rows: tuple[str, str, str, str]) -> Path:
        path = tmp_path / "dac-sectors.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("code", "name_en", "name_fr", "status"), *rows])
        return path

    return write


def test_the_lists_that_come_with_the_portal_are_complete(own_lists):
    assert Goal.objects.count() == 17
    assert Territory.objects.count() == 29
    assert Sector.objects.count() >= 40
    wanted = {"11330", "31194", "25030", "14050", "32163", "24040"}
    assert set(Sector.objects.in_force(TODAY).filter(code__in=wanted).values_list("code", flat=True)) == wanted


@pytest.mark.parametrize("model", [Goal, Sector, Territory])
def test_every_code_has_its_name_in_the_three_languages(own_lists, model):
    for code in model.objects.all():
        assert all([code.name_fr, code.name_nl, code.name_en]), code.code


def test_a_territory_without_an_agreement_says_so(own_lists):
    assert not Territory.objects.get(code="opt").has_agreement_on(TODAY)
    assert Territory.objects.get(code="kinshasa").has_agreement_on(TODAY)
    assert "opt" not in Territory.objects.with_agreement(TODAY).values_list("code", flat=True)


def test_the_notice_of_appeal_stands_in_french_and_dutch(own_lists):
    notice = LegalText.objects.version_in_force("appeal_notice", TODAY)

    assert notice.version == 1
    assert "Conseil d’État (rue de la Science 33, 1040 Bruxelles) dans les soixante jours" in notice.text_fr
    assert "Raad van State (Wetenschapsstraat 33, 1040 Brussel) binnen zestig dagen" in notice.text_nl


def test_legal_bases_have_a_title_in_both_languages_of_the_law(own_lists):
    for basis in LegalBasis.objects.all():
        assert all([basis.title_fr, basis.title_nl])


def test_loading_twice_changes_nothing_and_records_nothing(own_lists, capsys):
    events = Event.objects.count()

    call_command("load_codelists")

    assert Event.objects.count() == events
    assert all(" 0 added, 0 changed" in line for line in capsys.readouterr().out.splitlines())


def test_a_load_leaves_one_event_for_each_list_it_changed(own_lists):
    assert Event.objects.filter(verb="codelist.loaded").count() == len(LISTS)
    assert Event.objects.about("codelist:sdg").get().data["added"] == 17


def test_a_published_list_adds_and_renames_and_keeps_the_dutch_names(own_lists, published):
    path = published(
        ("11330", "Vocational training", "Formation des métiers", "active"), ("99810", "New", "Nouveau", "active")
    )

    loaded = load_codelist(path, on=TODAY)

    vocational = Sector.objects.get(code="11330")
    assert (loaded.added, loaded.changed) == (1, 1)
    assert (vocational.name_fr, vocational.name_nl) == ("Formation des métiers", "Beroepsopleiding")
    assert loaded.not_in_the_file == Sector.objects.count() - 2


def test_a_code_withdrawn_by_its_keeper_stays_in_force_until_someone_says_so(own_lists, published):
    path = published(("11330", "Vocational training", "Formation professionnelle", "withdrawn"))

    kept = load_codelist(path, on=TODAY)
    assert (kept.left_in_force, kept.withdrawn, kept.wrote) == (1, 0, False)
    assert Sector.objects.in_force(TODAY).filter(code="11330").exists()

    withdrawn = load_codelist(path, on=TODAY, withdraw=True)
    assert (withdrawn.left_in_force, withdrawn.withdrawn) == (0, 1)
    assert not Sector.objects.in_force(TODAY).filter(code="11330").exists()


def test_a_code_that_arrives_withdrawn_is_never_offered(db, published):
    load_codelist(published(("15120", "Old", "", "withdrawn")), on=TODAY)

    assert not Sector.objects.in_force(TODAY).filter(code="15120").exists()
    assert Sector.objects.get(code="15120").withdrawn_on == TODAY


def test_a_legal_text_is_changed_by_a_new_version_only(own_lists, tmp_path):
    path = tmp_path / "legal-texts.csv"
    path.write_text(
        "kind,version,text_fr,text_nl,text_en,valid_from\nappeal_notice,1,Autre,Ander,,\n", encoding="utf-8"
    )

    with pytest.raises(FixedText, match="new version"):
        load_codelist(path, on=TODAY)

    path.write_text(
        "kind,version,text_fr,text_nl,text_en,valid_from\nappeal_notice,2,Autre,Ander,,2027-06-01\n", encoding="utf-8"
    )
    load_codelist(path, on=TODAY)
    assert LegalText.objects.version_in_force("appeal_notice", TODAY).version == 1
    assert LegalText.objects.version_in_force("appeal_notice", date(2027, 6, 1)).version == 2


def test_the_command_reports_the_counts_of_a_published_list(own_lists, published, capsys):
    call_command("load_codelists", str(published(("99810", "New", "Nouveau", "active")).parent))

    assert "dac-sectors.csv: 1 added, 0 changed, 0 unchanged" in capsys.readouterr().out


@pytest.mark.parametrize("where", ["empty", "missing"])
def test_a_place_without_lists_is_an_error_that_names_the_lists(db, tmp_path, where):
    place = tmp_path if where == "empty" else tmp_path / "missing"

    with pytest.raises(CommandError, match=r"dac-sectors\.csv"):
        call_command("load_codelists", str(place))


def test_a_list_that_cannot_be_read_changes_nothing(own_lists, tmp_path):
    broken = tmp_path / "dac-sectors.csv"
    broken.write_text("code,name_en,name_fr,status\n99811,New,Nouveau,active\n", encoding="utf-8")
    (tmp_path / "sdg.csv").write_text("code,short_fr\nnonsense,x\n", encoding="utf-8")

    with pytest.raises(CommandError, match=r"sdg\.csv"):
        call_command("load_codelists", str(tmp_path / "sdg.csv"))

    assert Goal.objects.count() == 17


def test_the_lists_are_where_the_portal_looks():
    assert {path.name for path in OWN_LISTS.glob("*.csv")} == set(LISTS)
