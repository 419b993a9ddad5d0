"""The budget as it is typed: lines under each heading, then income. Totals and caps are the server's (applications.budget)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.budget import line_amount
from applications.choices import IncomeKind
from applications.models import Application, BudgetLine
from applications.services import LineInput
from calls.models import BudgetHeading
from calls.structure import structure_of
from portal.core.exceptions import Problem
from portal.core.forms import AmountField
from portal.core.money import MOST, UnreadableAmount, parse_amount, show_number

MOST_QUANTITY = Decimal("99999999.99")  # what the column holds
ONE = Decimal(1)


class QuantityField(AmountField):
    """A number of units: read as an amount is, and shown without decimals that say nothing."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "text-end"})  # type: ignore[assignment]

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or isinstance(value, Decimal) or not str(value).strip():
            return value or None
        try:
            quantity = parse_amount(str(value))
        except UnreadableAmount as refused:
            raise ValidationError(_unreadable_quantity(str(value)), code="unreadable") from refused
        if quantity > MOST_QUANTITY:
            raise ValidationError(_("This quantity is larger than the portal can hold."))
        return quantity

    def prepare_value(self, value: Any) -> Any:
        return show_number(value, "fr") if isinstance(value, Decimal) else value


def _unreadable_quantity(typed: str) -> str:
    sentence = _("“%(typed)s” is not a quantity. Write figures only, for example 1200 or 1,5.")
    return sentence % {"typed": typed[:40]}


class LineForm(forms.Form):
    """One expense; a line without a description and without a cost counts as empty, whatever its quantity."""

    use_required_attribute = False
    description = forms.CharField(
        required=False,
        max_length=200,
        label=gettext_lazy("Description"),
        error_messages={"max_length": gettext_lazy("Shorten the description to %(limit_value)d characters.")},
    )
    quantity = QuantityField(required=False, label=gettext_lazy("Quantity"))
    unit_cost = AmountField(required=False, label=gettext_lazy("Unit cost"))

    def __init__(self, *args: Any, heading: BudgetHeading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.heading = heading
        for name in self.fields:
            self.fields[name].widget.attrs["aria-describedby"] = f"{self.prefix}-error"

    def clean(self) -> None:
        amount = self.amount
        if amount is not None and amount > MOST:
            self.add_error("unit_cost", _("This amount is larger than the portal can hold."))

    @property
    def is_blank(self) -> bool:
        """Nothing stands for it in the budget."""
        return not any(str(self[name].value() or "").strip() for name in ("description", "unit_cost"))

    @property
    def amount(self) -> Decimal | None:
        """Quantity × unit cost, as far as both can be read; none for an empty line."""
        values = getattr(self, "cleaned_data", None) if self.is_bound else self.initial
        if not values or self.is_blank or "quantity" in self.errors or "unit_cost" in self.errors:
            return None
        return line_amount(_or(values.get("quantity"), ONE), _or(values.get("unit_cost"), Decimal(0)))

    @property
    def sentences(self) -> list[str]:
        """What is wrong with the line; the cells of a table have no room for more than one place."""
        return [str(sentence) for sentences in self.errors.values() for sentence in sentences]

    def as_input(self) -> LineInput:
        """The line as the service takes it: an empty quantity counts as one, an empty cost as nothing."""
        values = self.cleaned_data
        return LineInput(
            heading=self.heading,
            description=values["description"],
            quantity=_or(values["quantity"], ONE),
            unit_cost=_or(values["unit_cost"], Decimal(0)),
        )


class IncomeForm(forms.Form):
    """One amount for each kind of income, named so that a problem can lead to it."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in IncomeKind:
            field = AmountField(required=False, label=kind.label)
            field.widget.attrs["aria-describedby"] = f"id_income_{kind}_error"
            self.fields[f"income_{kind}"] = field

    def rows(self) -> list[tuple[str, forms.BoundField]]:
        """Each kind with its field, in the order of the budget."""
        return [(kind, self[f"income_{kind}"]) for kind in IncomeKind]


@dataclass(frozen=True)
class HeadingRows:
    """The lines that stand under one heading of the page."""

    heading: BudgetHeading
    lines: list[LineForm]


class BudgetForm:
    """All lines and all income of one page. It is good when every amount can be read; the rules come afterwards."""

    def __init__(self, rows: list[HeadingRows], income: IncomeForm) -> None:
        self.rows, self.income = rows, income

    @classmethod
    def as_saved(cls, application: Application, *, adding_to: str = "") -> "BudgetForm":
        """The budget as it is kept; each heading without a line, and the one named, has an empty line at its end."""
        lines = list(application.budget_lines.all())
        rows = [_saved_rows(heading, lines, adding_to) for heading in structure_of(application.call).headings]
        income = {f"income_{line.kind}": line.amount for line in application.income_lines.all()}
        return cls(rows, IncomeForm(initial=income))

    @classmethod
    def as_typed(cls, application: Application, typed: Mapping[str, str], *, without: str = "") -> "BudgetForm":
        """The budget as the page sent it, without the line that was taken away."""
        headings = structure_of(application.call).headings
        rows = [HeadingRows(heading, _typed_lines(heading, typed, without)) for heading in headings]
        return cls(rows, IncomeForm(typed))

    def is_valid(self) -> bool:
        """Every amount can be read."""
        return all([line.is_valid() for line in self._lines()] + [self.income.is_valid()])

    def lines(self) -> list[LineInput]:
        """The expenses to save; of a valid form."""
        return [line.as_input() for line in self._lines() if not line.is_blank]

    def amounts(self) -> dict[str, Decimal]:
        """The income to save, by kind; of a valid form."""
        return {kind: self.income.cleaned_data[field.name] or Decimal(0) for kind, field in self.income.rows()}

    def next_place(self, code: str) -> str:
        """The id of the field in which a new line of this heading begins, once this form is saved; "" for no heading."""
        for row in self.rows:
            if row.heading.code == code:
                place = sum(not line.is_blank for line in row.lines)
                return f"id_{_prefix(row.heading, place)}-description"
        return ""

    def troubles(self) -> list[Problem]:
        """Every sentence about what cannot be read, with the place of the line."""
        found = [
            _trouble(line.heading.title, said, f"id_{line.prefix}-{name}")
            for line in self._lines()
            for name, sentences in line.errors.items()
            for said in sentences
        ]
        for kind, field in self.income.rows():
            found += [_trouble(IncomeKind(kind).label, said, f"id_income_{kind}") for said in field.errors]
        return found

    def _lines(self) -> Iterable[LineForm]:
        return [line for row in self.rows for line in row.lines]


def _trouble(place: Any, sentence: Any, anchor: str) -> Problem:
    return Problem("unreadable", _("%(place)s: %(sentence)s") % {"place": place, "sentence": sentence}, anchor)


def _prefix(heading: BudgetHeading, place: int) -> str:
    return f"line-{heading.pk}-{place}"


def _saved_rows(heading: BudgetHeading, lines: list[BudgetLine], adding_to: str) -> HeadingRows:
    own = [line for line in lines if line.heading_id == heading.pk]
    forms_of_lines = [_line(heading, place, _initial(line)) for place, line in enumerate(own)]
    if not own or heading.code == adding_to:
        forms_of_lines.append(_line(heading, len(own), {}))
    return HeadingRows(heading, forms_of_lines)


def _initial(line: BudgetLine) -> dict[str, Any]:
    return {"description": line.description, "quantity": line.quantity, "unit_cost": line.unit_cost}


def _line(heading: BudgetHeading, place: int, initial: dict[str, Any]) -> LineForm:
    return LineForm(heading=heading, prefix=_prefix(heading, place), initial=initial)


def _typed_lines(heading: BudgetHeading, typed: Mapping[str, str], gone: str) -> list[LineForm]:
    pattern = re.compile(rf"line-{heading.pk}-([0-9]{{1,3}})-description\Z")
    places = sorted(int(match[1]) for name in typed if (match := pattern.match(name)))
    prefixes = [_prefix(heading, place) for place in places]
    return [LineForm(typed, heading=heading, prefix=prefix) for prefix in prefixes if prefix != gone]


def _or(value: Decimal | None, otherwise: Decimal) -> Decimal:
    return otherwise if value is None else value
