"""The written demo data: sums, limits, completeness, and nothing that could be taken for real."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from stdnum import iban as iban_number
from stdnum.be import vat as enterprise_number

import portal.demo

TEXTS = Path(portal.demo.__file__).parent / "texts"
LANGUAGES = {"fr", "nl", "en"}
INVENTED = re.compile(r"Exemple|Voorbeeld|Example")
MATERIAL = ["call", "people", "organisations", "applications"]
# The fixed truth of the demo: amount asked, direct and indirect costs, points, outcome.
TRUTH = {
    "D-001": ("121000.00", "126000.00", "8820.00", "86.0", "awarded"),
    "D-002": ("95000.00", "100000.00", "7000.00", "74.5", "awarded"),
    "D-003": ("48000.00", "50000.00", "3500.00", "71.5", "awarded"),
    "D-004": ("44000.00", "46000.00", "3220.00", "50.5", "rejected"),
    "D-005": ("96000.00", "100000.00", "7000.00", None, "ineligible"),
    "D-006": ("38000.00", "40000.00", "2800.00", None, "inadmissible"),
    "D-007": ("104000.00", "110000.00", "7700.00", "69.5", "on_reserve"),
}


def read(name: str) -> dict[str, Any]:
    text: dict[str, Any] = json.loads((TEXTS / f"{name}.json").read_text(encoding="utf-8"))
    return text


CALL, PEOPLE = read("call"), read("people")
ORGANISATIONS = {row["code"]: row for row in read("organisations")["organisations"]}
APPLICATIONS = read("applications")["applications"]
QUESTIONS = {question["code"]: question for section in CALL["sections"] for question in section["questions"]}
every_application = pytest.mark.parametrize("application", APPLICATIONS, ids=lambda row: row["ref"])
every_scored_application = pytest.mark.parametrize(
    "application", [row for row in APPLICATIONS if row["reviews"]], ids=lambda row: row["ref"]
)


def values(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every leaf with its path."""
    if isinstance(node, dict):
        for key, child in node.items():
            yield from values(child, f"{path}/{key}")
    elif isinstance(node, list):
        for place, child in enumerate(node):
            yield from values(child, f"{path}/{place}")
    else:
        yield path, node


def translated(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every block of texts that names at least one language."""
    if isinstance(node, dict):
        if LANGUAGES & node.keys():
            yield path, node
        for key, child in node.items():
            yield from translated(child, f"{path}/{key}")
    elif isinstance(node, list):
        for place, child in enumerate(node):
            yield from translated(child, f"{path}/{place}")


def texts_in(language: str) -> Iterator[tuple[str, str]]:
    """Every text that a person reads in one language."""
    for name in ("call", "people"):
        for path, block in translated(read(name), name):
            yield path, block[language]
    for application in APPLICATIONS:
        yield application["ref"], application["title"][language]
        if application["language"] == language:
            for path, value in values({key: value for key, value in application.items() if key != "title"}):
                if isinstance(value, str):
                    yield application["ref"] + path, value


def cost(lines: list[dict[str, str]]) -> Decimal:
    return sum((Decimal(line["quantity"]) * Decimal(line["unit_cost"]) for line in lines), Decimal(0))


def condition_holds(annex: dict[str, Any], application: dict[str, Any]) -> bool:
    condition = annex.get("if", {})
    on_track = condition.get("track", application["track"]) == application["track"]
    answered = "question" not in condition or application["answers"][condition["question"]] == condition["answer"]
    return bool(on_track and answered)


@pytest.mark.parametrize("name", MATERIAL)
def test_every_public_text_exists_in_three_languages(name: str) -> None:
    for path, block in translated(read(name)):
        assert block.keys() >= LANGUAGES, path
        assert all(block[language].strip() for language in LANGUAGES), path


def test_the_call_keeps_its_fixed_rules() -> None:
    criteria = CALL["award_criteria"]["criteria"]
    assert [row["weight"] for row in criteria] == [25, 20, 15, 15, 15, 10]
    assert [row["threshold_pct"] for row in criteria] == [50, 50, 0, 0, 0, 0]
    assert CALL["award_criteria"]["threshold_total"] == 60
    assert sum(Decimal(lot["indicative_eur"]) for lot in CALL["lots"]) == Decimal(CALL["envelope_eur"]) == 300000
    assert {row["code"]: row["cap_pct_of_direct"] for row in CALL["budget_headings"] if row["cap_pct_of_direct"]} == {
        "3": 30,
        "8": 7,
    }


def test_the_form_has_five_sections_and_asks_in_order() -> None:
    assert [section["code"] for section in CALL["sections"]] == ["S1", "S2", "S3", "S4", "S5"]
    assert list(QUESTIONS) == [f"Q{number}" for number in range(1, len(QUESTIONS) + 1)]
    assert 12 <= len(QUESTIONS) <= 15
    for place, question in enumerate(QUESTIONS.values()):
        earlier = question.get("only_if", {}).get("question", "Q1")
        assert earlier in list(QUESTIONS)[: place or 1]


def test_the_annexes_of_the_call_follow_a_yes_or_a_track() -> None:
    by_code = {annex["code"]: annex for annex in CALL["annexes"]}
    assert "A4" not in by_code
    assert {code for code, annex in by_code.items() if annex["required"] == "always"} == {"A2", "A3", "A5", "A6", "A7"}
    assert [code for code, annex in by_code.items() if annex["several"]] == ["A2"]
    for annex in by_code.values():
        asked = annex.get("if", {}).get("question")
        assert asked is None or (QUESTIONS[asked]["kind"], annex["if"]["answer"]) == ("yes_no", "yes")


def test_automatic_items_name_their_check() -> None:
    items = CALL["admissibility"] + CALL["eligibility"]
    assert all(item["check"] for item in items if item["automatic"])
    assert {item["code"]: item["check"] for item in items if item["check"]} == {
        "R1": "deadline",
        "R2": "complete_form",
        "R3": "annexes_present",
        "R5": "maximum_applications",
        "E5": "limits",
    }


def test_a_fictitious_legal_basis_says_so() -> None:
    for basis in CALL["legal_bases"]:
        marked = re.search("fictif|fictitious|fictieve", " ".join(basis["title"].values())) is not None
        assert marked == basis["fictitious"]


def test_plain_sentences_in_the_form() -> None:
    for language in LANGUAGES:
        for path, text in texts_in(language):
            if path.startswith(("call/sections", "call/description", "call/annexes")):
                longest = max(len(sentence.split()) for sentence in re.split(r"(?<=[.?!])\s+", text))
                assert longest <= 20, (path, text)


def test_organisations_are_invented_and_their_numbers_hold() -> None:
    rows = list(ORGANISATIONS.values())
    assert [row["enterprise_number"] for row in rows] == [
        f"1999000{n}" for n in (150, 249, 348, 447, 546, 645, 744, 843)
    ]
    for row in rows:
        assert INVENTED.search(row["name"]) and INVENTED.search(row["address"]["street"])
        assert enterprise_number.is_valid(row["enterprise_number"])
        assert iban_number.is_valid(row["iban"], check_country=False)
        # Whoever applies on paper has no account.
        roles = [] if row["applies_with"] == "D-006" else ["owner", "member"]
        assert [member["role"] for member in row["members"]] == roles


def test_people_are_invented_and_known_once() -> None:
    people = {row["email"]: row["name"] for row in PEOPLE["people"]}
    assert len(people) == len(PEOPLE["people"])
    members = {member["email"]: member["name"] for row in ORGANISATIONS.values() for member in row["members"]}
    for email, name in (people | members).items():
        assert re.search(r" (Exemple|Voorbeeld)$", name), name
        assert people.get(email, name) == members.get(email, name) == name
    applicants = {row["email"] for row in PEOPLE["people"] if row["role"] == "applicant"}
    assert applicants <= members.keys() and not (people.keys() - applicants) & members.keys()


@pytest.mark.parametrize("name", MATERIAL)
def test_mail_goes_to_example_org_only(name: str) -> None:
    found = re.findall(r"[\w.+-]+@([\w.-]+)", json.dumps(read(name)))
    assert set(found) <= {"example.org"}


def test_the_seven_applications_tell_the_fixed_story() -> None:
    told = {
        row["ref"]: (
            row["budget"]["grant_requested"],
            row["budget"]["direct"],
            row["budget"]["indirect"],
            row.get("total_score"),
            row["expected_outcome"],
        )
        for row in APPLICATIONS
    }
    assert told == TRUTH
    assert {row["ref"] for row in APPLICATIONS if row["language"] == "nl"} == {"D-002", "D-006"}
    assert all(INVENTED.search(row["local_partner"]["name"]) for row in APPLICATIONS)


@every_application
def test_the_budget_adds_up(application: dict[str, Any]) -> None:
    budget, lines = application["budget"], application["budget"]["lines"]
    direct = Decimal(budget["direct"])
    indirect = cost([line for line in lines if line["heading"] == "8"])
    assert 6 <= len(lines) <= 10
    assert cost([line for line in lines if line["heading"] != "8"]) == direct
    assert indirect == Decimal(budget["indirect"]) <= direct * 7 / 100
    assert cost([line for line in lines if line["heading"] == "3"]) <= direct * 30 / 100
    total = sum(Decimal(row["amount"]) for row in budget["income"])
    assert total == Decimal(budget["total"]) == direct + indirect
    assert [row["heading"] for row in budget["income"]] == [row["code"] for row in CALL["income_headings"]]
    assert Decimal(budget["grant_requested"]) <= total * 90 / 100


@every_application
def test_the_amount_and_the_duration_respect_the_track(application: dict[str, Any]) -> None:
    track = next(row for row in CALL["tracks"] if row["code"] == application["track"])
    asked = Decimal(application["budget"]["grant_requested"])
    assert Decimal(track["min_grant_eur"]) <= asked <= Decimal(track["max_grant_eur"])
    assert CALL["duration_months"]["min"] <= application["duration_months"] <= CALL["duration_months"]["max"]
    assert CALL["start_window"][0] <= application["start"] <= CALL["start_window"][1]
    assert ORGANISATIONS[application["organisation"]]["is_accredited"] == (application["track"] == "A")


@every_application
def test_every_question_that_is_asked_has_an_answer_within_its_limits(application: dict[str, Any]) -> None:
    answers = application["answers"]
    asked = {
        code
        for code, question in QUESTIONS.items()
        if "only_if" not in question or answers[question["only_if"]["question"]] == question["only_if"]["answer"]
    }
    assert answers.keys() == asked
    for code, answer in answers.items():
        question, words = QUESTIONS[code], len(answer.split())
        assert words <= question.get("max_words", words), (code, words)
        assert question["kind"] != "long_text" or 40 <= words <= 150, (code, words)
        assert question["kind"] != "yes_no" or answer in {"yes", "no"}
        assert question["kind"] != "number" or answer.isdigit()
        assert question["kind"] != "choice" or answer in {option["code"] for option in question["options"]}


@every_application
def test_the_annexes_are_those_that_the_call_asks(application: dict[str, Any]) -> None:
    needed = {annex["code"] for annex in CALL["annexes"] if condition_holds(annex, application)}
    assert {row["code"] for row in application["annexes"]} == needed


@every_application
def test_screening_answers_each_item_with_a_reason(application: dict[str, Any]) -> None:
    items = [item["code"] for item in CALL["admissibility"]]
    if application["expected_outcome"] != "inadmissible":
        items += [item["code"] for item in CALL["eligibility"]]
    assert list(application["screening"]) == items
    failed = [code for code, row in application["screening"].items() if row["answer"] == "no"]
    assert failed == {"D-005": ["E4"], "D-006": ["R1"]}.get(application["ref"], [])
    assert all(row["reason"] for row in application["screening"].values())


@every_scored_application
def test_both_reviewers_give_the_listed_scores_in_their_own_words(application: dict[str, Any]) -> None:
    weights = {row["code"]: Decimal(row["weight"]) for row in CALL["award_criteria"]["criteria"]}
    reasons = []
    for sheet in application["reviews"].values():
        assert sheet.keys() == weights.keys()
        points = {code: Decimal(str(row["score"])) / 5 * weights[code] for code, row in sheet.items()}
        assert sum(points.values()) == Decimal(application["total_score"])
        below = [
            row["code"]
            for row in CALL["award_criteria"]["criteria"]
            if points[row["code"]] * 100 < row["threshold_pct"] * weights[row["code"]]
        ]
        assert below == application["below_minimum"]
        reasons += [row["reason"] for row in sheet.values()]
    assert len(application["reviews"]) == 2 and len(set(reasons)) == 12
    assert all(100 <= len(reason) <= 400 for reason in reasons)


@every_application
def test_every_decision_has_facts_and_a_conclusion(application: dict[str, Any]) -> None:
    decision = application["decision"]
    assert decision["facts"] and decision["conclusion"]
    # A file takes its number when it is started: a paper one after the others, whatever its story is called.
    assert application["ref"] not in decision["conclusion"]
    refused = application["expected_outcome"] in {"inadmissible", "ineligible"}
    assert refused == (len(decision.get("reason", "")) >= 100 and bool(decision.get("why_not_cured")))


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_typography(language: str) -> None:
    spaces = {"fr": r" [:;?!»%€]|« |\w[;?!»]|«\w|\d \d{3}\b", "nl": r"€ |\d %| [:;?!]|\d \d{3}\b", "en": r" [:;?!]|€ "}
    for path, text in texts_in(language):
        assert "'" not in text and '"' not in text, (path, text)
        assert not re.search(spaces[language], text), (path, text)
