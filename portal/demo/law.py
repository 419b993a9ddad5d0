"""The legal bases of the demo, from its texts; the fictitious one says so in its title."""

from portal.codelists.models import LegalBasis
from portal.demo.texts import read


def make_legal_bases() -> None:
    """Every legal basis that the demo's calls name exists."""
    for row in read("call")["legal_bases"]:
        titles = {f"title_{code}": text for code, text in row["title"].items()}
        references = {f"reference_{code}": text for code, text in row["reference"].items()}
        LegalBasis.objects.get_or_create(code=row["code"], defaults={**titles, **references})
