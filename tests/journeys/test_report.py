"""What the journey reports has a fixed shape, and a report that differs from the data fails the run."""

import copy
import json

import pytest

from portal.demo import texts
from portal.demo.__main__ import conclude
from portal.demo.report import LETTERS, differences, kinds_of, points_of, told
from tests.journeys.shape import check_shape

STORIES = {story["ref"]: story for story in texts.stories()}
POINTS = {name: f"{story['total_score']}0" for name, story in STORIES.items() if "total_score" in story}


def documents_of(name):
    """The facts of the documents with which this story ends, as they are collected."""
    story = STORIES[name]
    decided = {"outcome": story["expected_outcome"], "amount": "0.00", "points": POINTS.get(name, "")}
    if story["expected_outcome"] == "awarded":
        decided["amount"] = story["budget"]["grant_requested"]
    letter = LETTERS[story["expected_outcome"]]
    return [
        {
            "kind": kind,
            "number": f"{name}-{number}",
            "language": story["language"],
            "path": f"{name}-{number}.pdf",
            "sha256": "0" * 64,
            "verify_url": f"http://localhost/verify/{number}/",
            **(decided if kind == letter else {"outcome": "", "amount": "0.00", "points": ""}),
        }
        for number, kind in enumerate(kinds_of(story))
    ]


@pytest.fixture
def report():
    """A report of a journey that went as the data expect."""
    return {
        "applications": [told(name, documents_of(name)) for name in STORIES],
        "seconds": {"receipt_p50": 1.5, "receipt_max": 2.5, "approval_to_last_pdf": 3.5, "total": 150.0},
        "audit": {"events": 200, "head": "ab" * 32, "verdict": "holds"},
    }


def change(report, name, **changed):
    next(row for row in report["applications"] if row["reference"] == name).update(changed)


def document(report, name):
    return next(row for row in report["applications"] if row["reference"] == name)["documents"][0]


def test_the_report_has_the_agreed_keys_and_types(report):
    check_shape(report)


def test_a_report_as_the_data_expect_has_no_difference(report):
    assert differences(report, POINTS, STORIES) == []
    assert [points_of(documents_of(name)) for name in ("D-001", "D-005")] == ["86.00", ""]


def test_the_data_award_264000_in_all(report):
    change(report, "D-003", amount="47000.00")

    assert "awarded in all: 263000.00 instead of 264000.00" in differences(report, POINTS, STORIES)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"outcome": "rejected"}, "D-001: rejected 121000.00 instead of awarded 121000.00"),
        ({"amount": "1.00"}, "D-001: awarded 1.00 instead of awarded 121000.00"),
        ({"documents": []}, "D-001: documents [] instead of ['award', 'receipt']"),
    ],
)
def test_a_wrong_outcome_amount_or_kind_is_found(report, changed, sentence):
    change(report, "D-001", **changed)

    assert sentence in differences(report, POINTS, STORIES)


def test_a_document_of_another_kind_is_found(report):
    document(report, "D-004")["kind"] = "award"

    found = differences(report, POINTS, STORIES)
    assert found == ["D-004: documents ['award', 'rejection'] instead of ['receipt', 'rejection']"]


def test_a_letter_in_the_wrong_language_is_found(report):
    document(report, "D-002")["language"] = "fr"

    assert differences(report, POINTS, STORIES) == ["D-002: D-002-0 in fr instead of nl"]


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ({"D-001": "86.01"}, "D-001: 86.01 points instead of 86.0"),
        ({"D-001": ""}, "D-001: no points instead of 86.0"),
        ({"D-005": "12.00"}, "D-005: 12.00 points instead of none"),
    ],
)
def test_other_points_than_the_data_expect_are_found(report, points, sentence):
    assert differences(report, POINTS | points, STORIES) == [sentence]


def test_an_application_that_is_missing_is_found(report):
    del report["applications"][6]

    assert "D-007: is not in the report" in differences(report, POINTS, STORIES)


def test_a_chain_that_does_not_hold_is_found(report):
    report["audit"]["verdict"] = "broken at event 7: prev"

    assert differences(report, POINTS, STORIES) == ["the audit chain: broken at event 7: prev"]


def test_a_difference_ends_the_run_with_one_and_is_said(report, tmp_path, capsys):
    wrong = copy.deepcopy(report)
    change(wrong, "D-001", amount="1.00")

    assert conclude(wrong, differences(wrong, POINTS, STORIES), tmp_path) == 1
    assert "D-001: awarded 1.00 instead of awarded 121000.00" in capsys.readouterr().err


def test_a_run_as_the_data_expect_ends_with_zero_and_keeps_the_report(report, tmp_path):
    assert conclude(report, [], tmp_path) == 0
    assert json.loads((tmp_path / "journey.json").read_text()) == report
