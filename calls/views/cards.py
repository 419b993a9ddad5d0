"""What a card says about a call: its standing, its money, its places, its deadline. No query of its own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from calls.models import Call
from calls.reading import Words, column_words
from calls.standing import COMING, OPEN, Standing, standing_of, time_left
from portal.core.dates import long_day, long_moment
from portal.core.money import show_amount


@dataclass(frozen=True)
class Card:
    """One call among others, ready to be shown."""

    call: Call
    title: Words
    standing: Standing
    text: str
    pairs: list[tuple[str, Any]]
    time_left: str

    @property
    def is_open(self) -> bool:
        """Open at the moment for which the card was made."""
        return self.standing == OPEN

    @property
    def is_coming(self) -> bool:
        """Published, and not yet open at that moment."""
        return self.standing == COMING


def card_of(call: Call, at: datetime) -> Card:
    """The card of a public call at a moment; tracks, territories and envelope are read beforehand."""
    language, standing = get_language() or "fr", standing_of(call, at)
    is_current = standing in (OPEN, COMING)
    return Card(
        call=call,
        title=column_words(call, "title", language),
        standing=standing,
        text=_when(call, standing, language),
        pairs=_pairs(call, language) if is_current else [],
        time_left=time_left(call, at),
    )


def _when(call: Call, standing: Standing, language: str) -> str:
    if standing == OPEN:
        return ""
    if standing == COMING:
        return _("Opens on %(moment)s.") % {"moment": long_moment(call.opens_at, language)}
    if call.cancelled_at:
        return _("Cancelled on %(day)s.") % {"day": long_day(call.cancelled_at, language)}
    return _("Closed since %(day)s.") % {"day": long_day(call.closes_at, language)}


def _pairs(call: Call, language: str) -> list[tuple[str, Any]]:
    pairs: list[tuple[str, Any]] = [(_("Envelope"), show_amount(call.envelope.ceiling, language))]
    tracks = list(call.tracks.all())
    if tracks:
        least, most = min(track.grant_minimum for track in tracks), max(track.grant_maximum for track in tracks)
        shown = {"least": show_amount(least, language), "most": show_amount(most, language)}
        pairs.append((_("Per project"), _("from %(least)s to %(most)s") % shown))
    places = ", ".join(str(column_words(territory, "name", language)) for territory in call.territories.all())
    return [*pairs, (_("Where"), places)] if places else pairs
