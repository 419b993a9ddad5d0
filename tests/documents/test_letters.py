"""What each letter says, in French and in Dutch: everything of docs/process.md, section 8, and no English."""

import re

import pytest
import segno
from django.utils.translation import trans_real

from portal.documents.letter import read_facts, template_version, write_letter
from portal.documents.registry import builder_of
from portal.documents.render import print_pdf
from portal.documents.templatetags.letters import bound
from tests.documents import letters
from tests.documents.printed import ADDRESS, every_letter, printed, squares_of_the_code
from tests.documents.sentences import sentences_of_this_app

SAID = {
    ("applications.receipt", "fr"): [
        "Accusé de réception",
        "Nous avons reçu votre candidature le 15 mars 2027 à 11 h 42 min 08 s (heure de Bruxelles).",
        "Cet accusé de réception n’est pas une décision",
        "44 000 €",
        "SUD2027-D-004, version 1",
        letters.fingerprint("version"),
        "Łódź statuts.pdf",
        "2 Ko",
        letters.fingerprint("a1"),
        letters.fingerprint("q1"),
        "12 mai 2027 Étape Exemple",
    ],
    ("applications.receipt", "nl"): [
        "Ontvangstbewijs",
        "Wij hebben uw aanvraag ontvangen op 15 maart 2027 om 11.42.08 uur (Brusselse tijd).",
        "Dit ontvangstbewijs is geen beslissing",
        "€ 44 000",
        "SUD2027-D-004, versie 1",
        letters.fingerprint("a1"),
    ],
    ("reviews.award", "fr"): [
        "Votre projet reçoit un subside de 40 000 €.",
        "Un subside de 40 000 € (quarante mille euros) est octroyé à Exemple Łódź–Şanlıurfa",
        "numéro d’entreprise 1999.000.447",
        "du 1er novembre 2027 au 31 octobre 2028 : 12 mois",
        "Tranche 1",
        "32 000 €",
        "Solde, après approbation des comptes",
        "Condition Exemple.",
        "Justification.",
        "Contrôle et remboursement.",
        "Publicité.",
        "Ordonnance Exemple (articles 4 et 5)",
        "place 2 sur 4",
        "Fait à Bruxelles, le 8 juillet 2027.",
        "Responsable d’unité",
        letters.NOTICE["fr"],
        "version 2027-01",
    ],
    ("reviews.award", "nl"): [
        "Uw project krijgt een subsidie van € 40 000.",
        "Een subsidie van € 40 000 (veertigduizend euro) wordt toegekend aan",
        "van 1 november 2027 tot en met 31 oktober 2028: 12 maanden",
        "Verantwoording.",
        "Controle en terugbetaling.",
        "Openbaarheid.",
        letters.NOTICE["nl"],
    ],
    ("reviews.rejection", "fr"): [
        "Votre demande de 44 000 € est refusée.",
        "Le projet obtient 53 points sur 100 ; le minimum est de 60.",
        "Le critère C2 obtient 8 points ; il en faut 10.",
        "Un projet sous un minimum n’est pas classé.",
        "Le dernier projet qui reçoit un subside a 71,5 points.",
        "Conclusion Exemple.",
        "Ordonnance Exemple (articles 4 et 5)",
        "Vous pouvez demander un entretien",
        letters.NOTICE["fr"],
    ],
    ("reviews.rejection", "nl"): [
        "Uw aanvraag van € 44 000 is geweigerd.",
        "Criterium C2 behaalt 8 punten; er zijn er 10 nodig.",
        "U kunt een gesprek vragen",
        letters.NOTICE["nl"],
    ],
}
_REFUSED = [
    "SUD2027-2027-0005",
    *("R1. Alpha Exemple", "Beta Exemple.", "R2. Gamma Exemple", "Delta Exemple.", "Conclusion Exemple."),
    *("Ordonnance Exemple (articles 4 et 5)", "Responsable d’unité", "2027-01"),
]
_RESERVED = ["44 000", "82", "Conclusion Exemple.", "Ordonnance Exemple (articles 4 et 5)", "Responsable d’unité"]
SAID |= {
    ("reviews.inadmissible", "fr"): ["8 juillet 2027", "15 mars 2027", letters.NOTICE["fr"], *_REFUSED],
    ("reviews.inadmissible", "nl"): ["8 juli 2027", "15 maart 2027", letters.NOTICE["nl"], *_REFUSED],
    ("reviews.ineligible", "fr"): ["8 juillet 2027", letters.NOTICE["fr"], letters.REASONS["fr"][0], *_REFUSED],
    ("reviews.ineligible", "nl"): ["8 juli 2027", letters.NOTICE["nl"], letters.REASONS["nl"][0], *_REFUSED],
    ("reviews.reserve", "fr"): ["31 décembre 2027", "place 4 sur 4", letters.NOTICE["fr"], *_RESERVED],
    ("reviews.reserve", "nl"): ["31 december 2027", letters.NOTICE["nl"], *_RESERVED],
}
SAID |= {
    ("reviews.correction_request", "fr"): [
        *(
            "Demande de rectification",
            "18 juillet 2027",
            "R3. Alpha Exemple",
            letters.REASONS["fr"][0],
            "Beta Exemple.",
        ),
        *("A6. Gamma Exemple", "SUD2027-D-004-C1", "irrecevable", "Cette lettre n’est pas une décision."),
    ],
    ("reviews.correction_request", "nl"): [
        *("18 juli 2027", "R3. Alpha Exemple", letters.REASONS["nl"][0], "Beta Exemple.", "A6. Gamma Exemple"),
        *("SUD2027-D-004-C1", "onontvankelijk", "Deze brief is geen beslissing."),
    ],
    ("applications.call_cancelled", "fr"): [
        "L’appel a été annulé le 8 juillet 2027. Votre candidature ne sera plus examinée.",
        "Nous avons reçu votre candidature sur papier le 15 mars 2027.",
        "Le budget est retiré.",
        "SUD2027-D-004-A1",
    ],
    ("applications.call_cancelled", "nl"): [
        "De oproep is op 8 juli 2027 geannuleerd. Uw aanvraag wordt niet verder beoordeeld.",
        "Wij hebben uw aanvraag op papier ontvangen op 15 maart 2027.",
        "Het budget is ingetrokken.",
        "SUD2027-D-004-A1",
    ],
}
ORDER_OF_A_DECISION = {
    "fr": ["est refusée.", "Les motifs", "Article 1", "Fait à Bruxelles", "Et maintenant", "Si vous n’êtes pas"],
    "nl": ["is geweigerd.", "De motivering", "Artikel 1", "Gedaan te", "Hoe gaat het nu", "Als u niet akkoord"],
}
ENGLISH = re.compile(r"\b(the|your|with|from|what|received|grant|decision|file|this|how|is of)\b")


def squares(address):
    """The same code, made beside the portal."""
    return [[bool(dot) for dot in row] for row in segno.make(address, error="m", micro=False).matrix]


def pages(kind, language, folder, **changes):
    letter = write_letter(letters.document(kind, language, **changes))
    return letters.pages_of(print_pdf(letter.html, attached=[letter.attached])[0], folder)


def test_every_kind_has_facts_a_builder_and_words_to_look_for():
    assert all(builder_of(kind) for kind in letters.KINDS)
    assert set(SAID) == set(letters.EVERY_LETTER)


@every_letter
def test_a_letter_says_all_that_it_must(kind, language):
    text = letters.flowing(printed(kind, language).pages)

    common = ["+32 2 000 00 01", "appels@example.org", "1999.000.447", "Voorbeeldstraat 12", "1000 Brussel"]
    assert [said for said in [*SAID[kind, language], *common] if said not in text] == []


@every_letter
def test_every_page_carries_its_number_the_code_the_template_and_its_place(kind, language):
    found = printed(kind, language).pages

    of = {"fr": "page {} sur {}", "nl": "pagina {} van {}"}[language]
    for place, text in enumerate(found, start=1):
        said = letters.flowing([text])
        assert letters.document(kind, language).number in said
        assert "portal.example.org/verify/ – code K7QM-4D2X-9R" in said
        assert template_version(kind) in said
        assert of.format(place, len(found)) in said


@every_letter
def test_the_code_at_the_foot_of_every_page_leads_to_its_verification(kind, language):
    letter = printed(kind, language)
    expected = squares(f"{ADDRESS}/verify/{letters.document(kind, language).code}/")

    for place in range(1, len(letter.pages) + 1):
        assert squares_of_the_code(letter.pdf, place, len(expected)) == expected
    assert squares(f"{ADDRESS}/verify/K7QM-4D2X-9S/") != expected


@every_letter
def test_outside_production_every_page_says_so(kind, language):
    demonstration = {"fr": "DÉMONSTRATION", "nl": "DEMONSTRATIE"}[language]
    for text in printed(kind, language).pages:
        assert "SPECIMEN" in text
        assert demonstration in text


@pytest.mark.parametrize("language", letters.LANGUAGES)
def test_in_production_no_page_says_so(tmp_path, settings, language):
    settings.SPECIMEN = settings.DEMO = False

    for text in pages("reviews.award", language, tmp_path):
        assert "SPECIMEN" not in text
        assert "DEMONSTRATI" not in text.upper().replace("É", "E")


@pytest.mark.parametrize("language", letters.LANGUAGES)
def test_a_decision_says_the_outcome_first_and_the_appeal_last(tmp_path, language):
    text = letters.flowing(pages("reviews.rejection", language, tmp_path))

    places = [text.index(words) for words in ORDER_OF_A_DECISION[language]]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("kind", "language", "sentence"),
    [
        ("reviews.award", "fr", "Deux personnes, sans lien avec votre organisation"),
        ("reviews.award", "nl", "De subsidie wordt in twee schijven betaald."),
        ("reviews.ineligible", "fr", "Deux conditions pour recevoir un subside"),
        ("reviews.inadmissible", "nl", "Twee vormvoorwaarden zijn niet vervuld."),
    ],
)
def test_a_small_number_is_written_in_words(kind, language, sentence):
    assert sentence in letters.flowing(printed(kind, language).pages)


def test_a_refusal_above_every_minimum_has_its_rank_and_its_own_conclusion(tmp_path):
    changes = letters.decision("fr", "awarded") | {"outcome": "rejected", "rank": 4, "conclusion": "Motif Exemple."}
    text = letters.flowing(pages("reviews.rejection", "fr", tmp_path, **changes))

    assert "Motif Exemple." in text
    assert "place 4 sur 4" in text
    assert "sous le minimum" not in text
    assert "n’est pas classé" not in text


def test_a_column_of_amounts_has_cents_everywhere_or_nowhere(tmp_path):
    uneven = [{"percent": "80.00", "amount": "32000.40"}, {"percent": "20.00", "amount": "8000.10"}]
    text = letters.flowing(pages("reviews.award", "fr", tmp_path, amount_granted="40000.50", instalments=uneven))

    assert "32 000,40 €" in text
    assert "8 000,10 €" in text
    assert "quarante mille euros et cinquante centimes" in text


def test_an_award_of_less_than_was_asked_gives_the_difference_and_its_reason(tmp_path):
    text = letters.flowing(pages("reviews.award", "fr", tmp_path))
    whole = letters.flowing(pages("reviews.award", "fr", tmp_path, amount_requested="40000.00"))

    assert "Le poste Exemple dépasse le plafond." in text
    assert "4 000 €" in text.replace("44 000 €", "").replace("40 000 €", "")
    assert "Le poste Exemple dépasse le plafond." not in whole


def test_an_award_from_the_reserve_list_names_the_decision_that_it_replaces(tmp_path):
    replaced = {"number": "SUD2027-2027-0001", "decided_at": "2027-06-01T10:00:00Z"}
    text = letters.flowing(pages("reviews.award", "fr", tmp_path, replaces=replaced))

    assert "SUD2027-2027-0001" in text
    assert "1er juin 2027" in text


def test_who_gets_less_than_was_asked_reads_how_far_the_money_went(tmp_path):
    whole = letters.flowing(pages("reviews.award", "fr", tmp_path, amount_requested="40000.00"))
    partial = letters.flowing(pages("reviews.award", "fr", tmp_path))
    reserve = letters.flowing(pages("reviews.reserve", "fr", tmp_path))

    assert "Le dernier projet qui reçoit un subside" not in whole
    assert "Le dernier projet qui reçoit un subside a 71,5 points." in partial
    assert "Le dernier projet qui reçoit un subside a 71,5 points." in reserve


@pytest.mark.parametrize("has_account", [True, False])
def test_who_does_not_use_the_portal_is_not_led_to_it_nor_promised_what_nobody_can_enter(tmp_path, has_account):
    text = letters.flowing(pages("reviews.correction_request", "fr", tmp_path, has_account=has_account))

    assert ("Connectez-vous au portail" in text) is has_account
    assert ("le service convient avec vous" in text) is not has_account
    assert "Envoyez les documents à l’adresse" not in text


def test_a_correction_asked_in_review_threatens_nothing_that_cannot_follow(tmp_path):
    text = letters.flowing(pages("reviews.correction_request", "fr", tmp_path, is_in_review=True))

    assert "irrecevable" not in text
    assert "les évaluateurs jugent la candidature telle qu’elle est" in text


@pytest.mark.parametrize("kind", ["reviews.award", "reviews.rejection", "reviews.reserve", "reviews.inadmissible"])
def test_a_decision_that_goes_by_post_does_not_speak_of_the_portal(tmp_path, kind):
    by_portal = letters.flowing(pages(kind, "fr", tmp_path, by_post=False))
    by_post = letters.flowing(pages(kind, "fr", tmp_path, by_post=True))

    assert "par le portail" in by_portal
    assert "par le portail" not in by_post


def test_the_order_of_equal_projects_is_told_with_its_reason(tmp_path):
    assert "Le besoin est plus urgent." in letters.flowing(
        pages("reviews.reserve", "fr", tmp_path, tie_reason="Le besoin est plus urgent.")
    )


@pytest.mark.parametrize("filling", range(0, 30, 5))
def test_numbers_and_references_never_break_at_the_end_of_a_line(tmp_path, filling):
    # The words before them grow letter by letter, so that each comes to stand at the end of a line.
    title = {"reference": "SUD2027-D-004", "title": "x" * filling, "language": "fr"}
    award = pages("reviews.award", "fr", tmp_path, application=title)
    refusal = pages("reviews.rejection", "fr", tmp_path, application=title)

    lines = [line.strip() for text in [*award, *refusal] for line in text.splitlines()]
    cut = re.compile(r"(SUD2027-|SUD2027-D-|SUD2027-2027-|\+32 2( 000){0,2}|1999\.|\b40|du 1er|1er novembre|sur)$")
    assert [line for line in lines if cut.search(line.replace("\u00a0", " "))] == []


@pytest.mark.parametrize("amount", ["31234.50", "43999.99", "27345.67", "21121.21"])
@pytest.mark.parametrize("language", letters.LANGUAGES)
def test_an_amount_in_words_runs_on_without_short_lines(tmp_path, language, amount):
    found = pages("reviews.award", language, tmp_path, amount_granted=amount)

    (article,) = re.findall(r"Arti(?:cle|kel) 1 .*?Arti(?:cle|kel) 2 ", "\n".join(found), re.DOTALL)
    lines = [line.strip() for line in article.splitlines() if line.strip()]
    assert [line for line in lines[:-2] if len(line) < 60] == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("15 mars 2027", "15_mars_2027"),
        ("1er mars 2027", "1er_mars_2027"),
        ("+32 2 000 00 00", "+32_2_000_00_00"),
        ("Voorbeeldstraat 12, 1000 Brussel", "Voorbeeldstraat_12,_1000_Brussel"),
        ("11 h 42 (heure de Bruxelles)", "11_h_42_(heure_de_Bruxelles)"),
        ("rue de l’Exemple", "rue de l’Exemple"),
    ],
)
def test_a_space_beside_a_figure_does_not_break(text, kept):
    assert bound(text).replace("\u00a0", "_") == kept


@pytest.mark.parametrize("months", [(1, "30 novembre 2027"), (4, "29 février 2028"), (24, "31 octobre 2029")])
def test_a_project_ends_on_the_eve_of_the_same_day_months_later(tmp_path, months):
    length, last_day = months
    period = {"start_on": "2027-11-01", "months": length}
    assert last_day in letters.flowing(pages("reviews.award", "fr", tmp_path, period=period))


@every_letter
def test_no_word_of_a_letter_is_left_in_english(kind, language):
    assert ENGLISH.findall(letters.flowing(printed(kind, language).pages)) == []


@pytest.mark.parametrize("language", letters.LANGUAGES)
def test_every_sentence_of_the_documents_has_its_translation(language):
    catalogue = trans_real.translation(language)._catalog

    def is_there(sentence):
        found = catalogue.get(sentence) or catalogue.get((sentence, 0))
        return bool(found)

    assert [sentence for sentence in sentences_of_this_app() if not is_there(sentence)] == []


def test_a_letter_is_written_in_its_own_language_whatever_the_language_of_the_worker(tmp_path):
    from django.utils.translation import override

    with override("en"):
        assert "Ontvangstbewijs" in letters.flowing(pages("applications.receipt", "nl", tmp_path))


def test_the_facts_are_read_back_by_the_names_of_their_fields():
    facts = read_facts('{"start_on":"2027-11-01","decided_at":"2027-07-08T14:31:00Z","amount_granted":"1.50","on":""}')

    assert facts["start_on"].isoformat() == "2027-11-01"
    assert facts["decided_at"].utcoffset().total_seconds() == 0
    assert str(facts["amount_granted"]) == "1.50"
    assert facts["on"] == ""
