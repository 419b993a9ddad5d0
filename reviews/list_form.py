"""The form of the board: what each file of the list gets, and why. Whether it may is decided by readiness."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.validators import EMPTY_VALUES
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core.forms import AmountField, embedded_helper
from reviews.choices import Outcome
from reviews.cut import UNPLACED, Cut
from reviews.lines import below_a_minimum
from reviews.models import ProposalLine
from reviews.ranking import ZERO, Choices, LineChoice, Ranked, Ranking

LONGEST_REASON = 4000
PARTIAL = "partial"
OUTCOMES = [
    (Outcome.AWARDED.value, pgettext_lazy("list", "Award of the whole amount")),
    (PARTIAL, pgettext_lazy("list", "Partial award")),
    (Outcome.ON_RESERVE.value, pgettext_lazy("list", "Reserve list")),
    (Outcome.REJECTED.value, pgettext_lazy("list", "Rejection")),
]


@dataclass(frozen=True)
class LineFields:
    """The fields of one file, for the page; a file below a minimum has its conclusion only."""

    row: Ranked
    outcome: Any
    partial: list[Any]
    until: Any
    conclusion: Any
    tie: list[Any]


class NeededForSome:
    """A field that only some outcomes need: its form says when it may not stay empty, and nobody calls it optional."""

    def validate(self, value: Any) -> None:
        """Nothing is fine here; something is judged as ever."""
        if value not in EMPTY_VALUES:
            super().validate(value)  # type: ignore[misc]


class OutcomeField(NeededForSome, forms.ChoiceField):
    """One of the four outcomes; without one the list decides."""


class PlaceField(NeededForSome, forms.TypedChoiceField):
    """The place that the panel gave."""


class PartialAmountField(NeededForSome, AmountField):
    """What a partial award grants."""


class LastDayField(NeededForSome, forms.DateField):
    """Until when a reserve stands."""


class WordsField(NeededForSome, forms.CharField):
    """A reason or a conclusion."""


class ListForm(forms.Form):
    """One outcome for each passing file with what belongs to it; a conclusion for each file that gets no grant."""

    use_required_attribute = False

    def __init__(
        self, *args: Any, ranking: Ranking, earlier: Mapping[int, ProposalLine], cut: Cut = UNPLACED, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ranking, self.cut = ranking, cut
        # Application id to its place among the files of its tie, and how many these are.
        self.tied = {
            row.application.pk: (place, len(rows)) for rows in ranking.ties() for place, row in enumerate(rows, start=1)
        }
        for row in ranking.rows:
            self._add(row, earlier.get(row.application.pk))

    @property
    def helper(self) -> FormHelper:
        """How crispy draws its fields."""
        return embedded_helper()

    def lines(self) -> Iterable[LineFields]:
        """The fields, file by file in the order of the list."""
        return [self._line(row) for row in self.ranking.rows]

    def clean(self) -> dict[str, Any]:
        """What the chosen outcome needs is there, and can be read."""
        told: dict[str, Any] = super().clean() or {}
        for row in self.ranking.rows:
            pk = row.application.pk
            outcome = self._outcome(row)
            if not row.result.passes and self._asked_for_a_grant(row):
                self.add_error(f"conclusion_{pk}", below_a_minimum(row))
            if outcome == PARTIAL and told.get(f"amount_{pk}") is None and f"amount_{pk}" not in self.errors:
                self.add_error(f"amount_{pk}", _("Write the amount of the partial award."))
            if outcome == PARTIAL and not told.get(f"amount_reason_{pk}"):
                self.add_error(f"amount_reason_{pk}", _("Write why the amount is less than what was asked."))
            if outcome == Outcome.REJECTED and not told.get(f"conclusion_{pk}"):
                self.add_error(f"conclusion_{pk}", _("Write the conclusion: a rejection says why."))
            if outcome == Outcome.ON_RESERVE and not told.get(f"conclusion_{pk}"):
                self.add_error(f"conclusion_{pk}", _("Write the conclusion: a place on the reserve list says why."))
        return told

    def typed(self) -> dict[str, str]:
        """What stands in the fields, readable or not, for a draft."""
        return {name: said for name in self.fields if (said := str(self.data.get(name) or ""))}

    def conclusions(self) -> dict[int, str]:
        """Application id to conclusion."""
        told = {row.application.pk: self._said(f"conclusion_{row.application.pk}") for row in self.ranking.rows}
        return {pk: text for pk, text in told.items() if text}

    def kept_conclusions(self) -> dict[int, str]:
        """Those that the list which came back carried."""
        return {row.application.pk: str(self[f"conclusion_{row.application.pk}"].initial) for row in self.ranking.rows}

    def choices_so_far(self) -> Choices:
        """The choices of what can be read, whether or not all of it holds."""
        self.full_clean()
        return self.choices()

    def choices(self) -> Choices:
        """Application id to what was chosen for it."""
        return {row.application.pk: self._choice(row) for row in self.ranking.rows}

    def _choice(self, row: Ranked) -> LineChoice:
        pk, outcome = row.application.pk, self._outcome(row)
        is_partial = outcome == PARTIAL
        return LineChoice(
            outcome=Outcome.AWARDED.value if is_partial else outcome,
            amount=self.cleaned_data.get(f"amount_{pk}") or ZERO if is_partial else None,
            amount_reason=self._said(f"amount_reason_{pk}") if is_partial else "",
            reserve_until=self.cleaned_data.get(f"reserve_until_{pk}"),
            tie_place=self.cleaned_data.get(f"tie_place_{pk}"),
            tie_reason=self._said(f"tie_reason_{pk}"),
        )

    def _outcome(self, row: Ranked) -> str:
        """What was chosen, else what the list gives by itself."""
        return self._said(f"outcome_{row.application.pk}") or row.outcome.value

    def _asked_for_a_grant(self, row: Ranked) -> bool:
        """A file below a minimum has no field for its outcome; what was sent for it all the same is not passed over."""
        return self.data.get(f"outcome_{row.application.pk}") in {Outcome.AWARDED, PARTIAL, Outcome.ON_RESERVE}

    def _said(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "")

    def _add(self, row: Ranked, earlier: ProposalLine | None) -> None:
        pk, language = row.application.pk, row.application.language
        if row.result.passes:
            self.fields[f"outcome_{pk}"] = OutcomeField(
                label=_("Outcome"), choices=OUTCOMES, initial=_initial_outcome(row)
            )
            self.fields[f"amount_{pk}"] = PartialAmountField(
                label=_("Amount of the partial award"), initial=row.amount if row.is_partial else None
            )
            self.fields[f"amount_reason_{pk}"] = _text(
                _("Why less than asked"), language, earlier.amount_reason if earlier else ""
            )
            self.fields[f"reserve_until_{pk}"] = LastDayField(
                label=_("Last day of the reserve"),
                initial=row.reserve_until,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                input_formats=["%Y-%m-%d", "%d/%m/%Y"],
                error_messages={"invalid": _("Write the day as 31/12/2027.")},
            )
        if pk in self.tied:
            place, number = self.tied[pk]
            self.fields[f"tie_place_{pk}"] = PlaceField(
                label=_("Place among the files with the same points"),
                choices=[("", "–"), *((one, str(one)) for one in range(1, number + 1))],
                coerce=int,
                empty_value=None,
                initial=place if row.tie_place else None,
            )
            self.fields[f"tie_reason_{pk}"] = _text(
                _("How the panel settled the tie"), language, earlier.tie_reason if earlier else ""
            )
        self.fields[f"conclusion_{pk}"] = _text(_("Conclusion"), language, earlier.conclusion if earlier else "")

    def _line(self, row: Ranked) -> LineFields:
        pk = row.application.pk
        return LineFields(
            row=row,
            outcome=self._field(f"outcome_{pk}"),
            partial=self._fields(f"amount_{pk}", f"amount_reason_{pk}"),
            until=self._field(f"reserve_until_{pk}"),
            conclusion=self._field(f"conclusion_{pk}"),
            tie=self._fields(f"tie_place_{pk}", f"tie_reason_{pk}"),
        )

    def _field(self, name: str) -> Any:
        return self[name] if name in self.fields else None

    def _fields(self, *names: str) -> list[Any]:
        return [self[name] for name in names if name in self.fields]


class VersionForm(forms.Form):
    """The version of the draft that the page showed; nothing where it was not sent, or is no number."""

    version = forms.IntegerField(required=False, min_value=0)

    def read(self) -> int | None:
        """Its number."""
        return self.cleaned_data.get("version") if self.is_valid() else None


def without_outcomes(typed: Mapping[str, str]) -> dict[str, str]:
    """What was typed, save the outcomes and their amounts: a line decides them anew."""
    decided = ("outcome_", "amount_")
    return {
        name: said for name, said in typed.items() if not name.startswith(decided) or name.startswith("amount_reason_")
    }


def choices_of(lines: Mapping[int, ProposalLine]) -> Choices:
    """What a list that came back had chosen."""
    return {
        pk: LineChoice(
            outcome=line.outcome,
            amount=line.amount if line.outcome == Outcome.AWARDED else None,
            amount_reason=line.amount_reason,
            reserve_until=line.reserve_until,
            tie_place=line.rank if line.tie_reason else None,
            tie_reason=line.tie_reason,
        )
        for pk, line in lines.items()
    }


def _initial_outcome(row: Ranked) -> str:
    return PARTIAL if row.is_partial else row.outcome.value


def _text(label: Any, language: str, initial: str) -> WordsField:
    return WordsField(
        label=label,
        max_length=LONGEST_REASON,
        initial=initial,
        widget=forms.Textarea(attrs={"rows": 3, "lang": language}),
    )
