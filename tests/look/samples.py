"""One sample of values for each component: what a page would pass to it."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from portal.core.exceptions import Problem

DEADLINE = datetime(2027, 3, 15, 11, 0, tzinfo=UTC)
HASH = "1034d4aafb9ac029c61d871099f4e9508782b175366ef0170c26474e64f40e22"
PROBLEMS = [
    Problem("baseline", "Valeur de départ de l’indicateur 2.1", "/fr/applications/x/section/framework/"),
    Problem("indirect", "Coûts indirects : 700 € de trop", "line-8"),
    Problem("declaration", "Déclaration à signer"),
]

# Components that read the request's own context get nothing here: they must stand without it.
SAMPLES: dict[str, dict[str, Any]] = {
    "account.html": {},
    "age.html": {"days": 38, "late": True},
    "banner.html": {
        "title": "Durabilité",
        "text": "Trois points d’écart.",
        "state": "warn",
        "url": "#",
        "action": "Lire",
    },
    "banner_unsent.html": {"left": "Il reste 2 jours.", "url": "#ready"},
    "bar.html": {
        "label": "Kinshasa",
        "figures": "121 000 € sur 130 000 €",
        "part": 121000,
        "whole": 130000,
        "limit": 130000,
    },
    "breadcrumbs.html": {"url": "/fr/", "label": "Appels", "url2": "/fr/calls/", "label2": "Sud 2027", "here": "D-003"},
    "card.html": {
        "title": "Appel à projets Sud 2027",
        "url": "/fr/calls/SUD2027-DEMO/",
        "state": "ok",
        "state_label": "Ouvert",
        "open": True,
        "pairs": [("Enveloppe", "300 000 €")],
        "deadline": DEADLINE,
        "deadline_left": "encore 39 jours",
    },
    "chain_entry.html": {
        "number": 41,
        "label": "Introduite",
        "when": "15 mars 2027",
        "who": "demandeur",
        "detail": "application:0d5f",
        "name": "SUD2027-D-003",
        "url": "#",
        "value": HASH,
    },
    "cut.html": {"label": "Coupe de l’enveloppe", "note": "reste 36 000 €"},
    "deadline.html": {"at": DEADLINE, "left": "encore 39 jours", "id": "term"},
    "editor.html": {"name": "Camille Exemple", "doing": "écrit dans le budget"},
    "empty.html": {"text": "Pas encore de message.", "url": "#", "action": "Écrire"},
    "error_summary.html": {"problems": PROBLEMS},
    "file.html": {
        "name": "comptes.pdf",
        "url": "#",
        "details": "Annexe A2",
        "state": "ok",
        "state_label": "Analysé, sans virus",
        "remove_url": "#",
        "csrf_token": "token",
    },
    "footer.html": {},
    "foureyes.html": {
        "people": [
            {"who": "Mila Voorbeeld", "role": "gestionnaire", "did": "a proposé la version 3", "is_done": True},
            {"who": "Vous", "role": "cheffe de service", "did": "en attente", "is_done": False},
        ]
    },
    "hash.html": {"value": HASH},
    "header.html": {},
    "messages.html": {"messages": []},
    "meter.html": {"part": Decimal("264000.00"), "whole": 300000, "part2": 20000, "size": "thin"},
    "money.html": {"value": Decimal("48000.50")},
    "pagination.html": {"previous_url": "?page=1", "next_url": "?page=3", "older_url": "?before=4", "newest_url": "?"},
    "ranked.html": {
        "rows": [
            {
                "rank": "1",
                "title": "Ateliers solaires",
                "language": "fr",
                "url": "#",
                "reference": "D-001",
                "meta": "Exemple Solaire asbl",
                "points": "86,0",
                "money": "121 000 €",
                "money_note": "121 000 € en tout",
                "state": "ok",
                "state_label": "Proposé",
                "number": "1",
                "here": "après le rang 1",
            },
        ],
        "unit": "points",
        "place_here": "Placer la ligne ici",
    },
    "readiness.html": {"problems": PROBLEMS, "done": 6, "total": 11, "begun": 2},
    "score.html": {
        "name": "score-1",
        "legend": "1. Pertinence",
        "weight": "poids 25 %",
        "value": Decimal("3.5"),
        "reason_name": "reason-1",
        "reason_value": "Besoins établis.",
        "hint": "Au moins la moitié.",
        "error": "Donnez une note.",
    },
    "spread.html": {
        "rows": [
            {"label": "Pertinence", "values": [4, Decimal("4.5"), 4], "is_wide": False},
            {"label": "Durabilité", "values": [1, 3, 4], "is_wide": True},
        ]
    },
    "session.html": {},
    "stamp.html": {"label": "Enregistré à 14 h 32", "id": "stamp"},
    "summary.html": {"rows": [("Lot", "3"), ("Durée", "12 mois", "Modifier", "#")]},
    "summary_row.html": {"term": "Total", "value": "53 500,00 €", "figures": True},
    "tab.html": {"reference": "SUD2027 · D-003", "note": "Brouillon"},
    "tag.html": {"label": "Complet", "state": "ok", "small": True},
    "task.html": {
        "label": "Budget",
        "url": "#",
        "note": "2 points",
        "state": "stop",
        "state_label": "À corriger",
        "next": True,
    },
    "timeline.html": {
        "entries": [
            {"label": "Publication", "when": "18 janvier 2027", "at": DEADLINE, "state": "done"},
            {"label": "Questions", "when": "jusqu’au 26 février 2027", "state": "now"},
        ]
    },
    "total.html": {"label": "Différence", "value": "700,00 €", "note": "doit être zéro", "bad": True},
    "verdict.html": {"title": "Ce document est authentique", "text": "Scellé le 8 juillet 2027.", "state": "stop"},
    "way_out.html": {},
}
