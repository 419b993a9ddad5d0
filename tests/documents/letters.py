"""Letters for these tests: facts of invented files, with names that try the fonts, and what a printed letter says."""

import hashlib
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from portal.core.canonical import canonical_json
from portal.documents.choices import Kind
from portal.documents.models import Document
from portal.documents.registry import Content

ASKED_AT = datetime(2027, 7, 8, 14, 31, tzinfo=UTC)
NAME = "Exemple Łódź–Şanlıurfa en Ḥaḍramawt vzw, IJsselstraat"
# A kind without facts below fails every test that goes through them all.
KINDS = tuple(kind.value for kind in Kind)
LANGUAGES = ("fr", "nl")
EVERY_LETTER = [(kind, language) for kind in KINDS for language in LANGUAGES]

NOTICE = {
    "fr": "Vous pouvez demander l’annulation au Conseil d’État (rue de la Science 33, 1040 Bruxelles).",
    "nl": "U kunt de nietigverklaring vragen aan de Raad van State (Wetenschapsstraat 33, 1040 Brussel).",
}
REASONS = {
    "fr": ["Le besoin est établi par deux enquêtes récentes à Şanlıurfa.", "Le calendrier est vide avant octobre."],
    "nl": ["De nood blijkt uit twee recente onderzoeken in Şanlıurfa.", "De kalender is leeg tot oktober."],
}


def fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def head(language: str, number: str) -> dict[str, Any]:
    """What every letter says first."""
    is_french = language == "fr"
    return {
        "unit": {
            "name": "Service Exemple" if is_french else "Dienst Voorbeeld",
            "address": "Rue de l’Exemple 20, 1035 Bruxelles",
            "phone": "+32 2 000 00 00",
            "email": "service@example.org",
        },
        "contact": {"role": "Gestionnaire", "phone": "+32 2 000 00 01", "email": "appels@example.org"},
        "call": {"reference": "SUD2027", "title": "Appel Sud 2027" if is_french else "Oproep Zuid 2027"},
        "application": {"reference": "SUD2027-D-004", "title": "Recyclage <b>&</b> marché", "language": language},
        "applicant": {
            "name": NAME,
            "enterprise_number": "1999000447",
            "address_line": "Voorbeeldstraat 12",
            "postcode": "1000",
            "city": "Brussel",
        },
        "number": number,
        "issued_at": "2027-07-08T14:31:00Z",
    }


def receipt(language: str) -> dict[str, Any]:
    return {
        **head(language, "SUD2027-D-004-R1"),
        "received_at": "2027-03-15T10:42:08Z",
        "version": 1,
        "version_sha256": fingerprint("version"),
        "amount_requested": "44000.00",
        "files": [{"annex": "A1", "name": "Łódź statuts.pdf", "size": 2048, "sha256": fingerprint("a1")}],
        "answers": [{"question": "Question 1", "sha256": fingerprint("q1")}],
        "next_steps": [{"label": "Étape Exemple", "on": "2027-05-12"}],
    }


def call_cancelled(language: str) -> dict[str, Any]:
    return {
        **head(language, "SUD2027-D-004-A1"),
        "cancelled_at": "2027-07-08T14:31:00Z",
        "received_at": "2027-03-15T10:42:08Z",
        "reason": "Le budget est retiré." if language == "fr" else "Het budget is ingetrokken.",
    }


def scores(language: str, means: list[str], points: list[str]) -> list[dict[str, Any]]:
    minimums = ["12.50", "10.00", None]
    return [
        {
            "code": f"C{place}",
            "title": title,
            "weight": weight,
            "mean": mean,
            "points": earned,
            "minimum_points": minimum,
            "is_below": minimum is not None and float(earned) < float(minimum),
            "reasons": REASONS[language],
        }
        for place, (title, weight, mean, earned, minimum) in enumerate(
            zip(["Alpha", "Beta", "Gamma"], [50, 20, 30], means, points, minimums, strict=True), start=1
        )
    ]


def decision(language: str, outcome: str) -> dict[str, Any]:
    is_award = outcome == "awarded"
    judged = (["4.50", "4.00", "3.50"], ["45.00", "16.00", "21.00"], "82.00")
    refused = (["3.00", "2.00", "2.50"], ["30.00", "8.00", "15.00"], "53.00")
    means, points, total = judged if is_award else refused
    return {
        **head(language, "SUD2027-2027-0004"),
        "outcome": outcome,
        "decided_at": "2027-07-08T14:31:00Z",
        "amount_requested": "44000.00",
        "amount_granted": "40000.00" if is_award else "0.00",
        "difference_reason": "Le poste Exemple dépasse le plafond." if is_award else "",
        "period": {"start_on": "2027-11-01", "months": 12},
        "instalments": [{"percent": "80.00", "amount": "32000.00"}, {"percent": "20.00", "amount": "8000.00"}]
        if is_award
        else [],
        "legal_bases": [{"title": "Ordonnance Exemple", "reference": "articles 4 et 5"}],
        "steps": [{"label": "Introduite", "at": "2027-03-15T10:42:08Z"}],
        "scores": scores(language, means, points),
        "total": total,
        "threshold": 60,
        # What is below a minimum has no rank.
        "rank": 2 if is_award else None,
        "ranked_count": 4,
        "funded_count": 3,
        "last_funded_total": "71.50",
        "reviewers_count": 2,
        "conclusion": "" if is_award else "Conclusion Exemple.",
        "location": "Bruxelles",
        "signatory_role": "Responsable d’unité",
        "prepared_by_role": "Gestionnaire de dossier",
        "conditions": ["Condition Exemple."] if is_award else [],
        "appeal_notice": {"version": "2027-01", "text": NOTICE[language]},
    }


def reserve(language: str) -> dict[str, Any]:
    """A file above every minimum that the money does not reach."""
    return {
        **decision(language, "awarded"),
        "outcome": "on_reserve",
        "amount_granted": "0.00",
        "difference_reason": "",
        "instalments": [],
        "conditions": [],
        "rank": 4,
        "reserve_order": 1,
        "reserve_until_on": "2027-12-31",
        "conclusion": "Conclusion Exemple.",
    }


def refusal(language: str, outcome: str) -> dict[str, Any]:
    """A file refused before anything was scored, on two conditions."""
    return {
        **head(language, "SUD2027-2027-0005"),
        "outcome": outcome,
        "decided_at": "2027-07-08T14:31:00Z",
        "amount_requested": "44000.00",
        "legal_bases": [{"title": "Ordonnance Exemple", "reference": "articles 4 et 5"}],
        "steps": [{"label": "Introduite", "at": "2027-03-15T10:42:08Z"}],
        "items": [
            {"code": "R1", "text": "Alpha Exemple", "reason": REASONS[language][0], "not_cured": "Beta Exemple."},
            {"code": "R2", "text": "Gamma Exemple", "reason": REASONS[language][1], "not_cured": "Delta Exemple."},
        ],
        "conclusion": "Conclusion Exemple.",
        "location": "Bruxelles",
        "signatory_role": "Responsable d’unité",
        "prepared_by_role": "Gestionnaire de dossier",
        "appeal_notice": {"version": "2027-01", "text": NOTICE[language]},
    }


def correction(language: str) -> dict[str, Any]:
    """One annex that is not in order, asked in screening of an organisation that uses the portal."""
    return {
        **head(language, "SUD2027-D-004-C1"),
        "due_at": "2027-07-18T21:59:59Z",
        "channel": "portal",
        "is_in_review": False,
        "has_account": True,
        "points": [
            {"code": "R3", "rule": "Alpha Exemple", "missing": REASONS[language][0], "accepted": "Beta Exemple."}
        ],
        "opened": ["A6. Gamma Exemple"],
    }


def facts(kind: str, language: str) -> dict[str, Any]:
    """The facts of a letter of this kind."""
    made = {
        "applications.receipt": lambda: receipt(language),
        "reviews.correction_request": lambda: correction(language),
        "applications.call_cancelled": lambda: call_cancelled(language),
        "reviews.award": lambda: decision(language, "awarded"),
        "reviews.rejection": lambda: decision(language, "rejected"),
        "reviews.reserve": lambda: reserve(language),
        "reviews.inadmissible": lambda: refusal(language, "inadmissible"),
        "reviews.ineligible": lambda: refusal(language, "ineligible"),
    }
    return made[kind]()


def content(kind: str, language: str, **changes: Any) -> Content:
    """What a builder of this kind hands over."""
    data = {**facts(kind, language), **changes}
    return Content(
        number=data["number"],
        title=data["application"]["title"],
        about="application:0d5f",
        call_reference=data["call"]["reference"],
        year=2027,
        party=NAME,
        outcome=data.get("outcome", ""),
        amount=None,
        data=data,
    )


def document(kind: str, language: str, **changes: Any) -> Document:
    """A document that stands in no database."""
    told = content(kind, language, **changes)
    return Document(
        kind=kind,
        language=language,
        number=told.number,
        code="K7QM-4D2X-9R",
        title=told.title,
        party=told.party,
        content=canonical_json(told.data),
        requested_at=ASKED_AT,
    )


def pages_of(pdf: bytes, folder: Path) -> list[str]:
    """The text of each page, as a reader gets it by copying."""
    file = folder / "letter.pdf"
    file.write_bytes(pdf)
    text = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True, text=True).stdout
    return text.split("\f")[:-1]


def flowing(pages: list[str]) -> str:
    """The text without line ends and doubled spaces; a non-breaking space counts as a space."""
    return " ".join(" ".join(pages).replace("\u00a0", " ").split())
