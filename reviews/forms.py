"""Forms of the assessment: what was typed, in shape. Whether an act is possible is decided by readiness and services."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from calls.models import Criterion, ScreeningItem
from portal.accounts.models import User
from portal.core.forms import embedded_helper
from reviews.choices import CONFLICTS, SCORE_MAXIMUM, SCORE_STEP, ConflictAnswer, Outcome, ScreeningVerdict
from reviews.models import Score
from reviews.services import ScreeningInput

LONGEST_REASON = 4000
SCORES = [SCORE_STEP * step for step in range(int(SCORE_MAXIMUM / SCORE_STEP) + 1)]


class EmbeddedForm(forms.Form):
    """A form whose page brings the tag, the token and the buttons."""

    @property
    def helper(self) -> FormHelper:
        """How crispy draws it."""
        return embedded_helper()


class ScreeningForm(forms.Form):
    """A yes or no, and a reason, for every item of the checklist; items may stay open until a later save."""

    def __init__(self, *args: Any, items: Iterable[ScreeningItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        for item in self.items:
            self.fields[f"verdict_{item.code}"] = forms.ChoiceField(
                label=item.code, choices=ScreeningVerdict, required=False
            )
            self.fields[f"reason_{item.code}"] = forms.CharField(
                label=item.code, required=False, max_length=LONGEST_REASON
            )

    def answers(self) -> list[ScreeningInput]:
        """The items that were answered."""
        told = self.cleaned_data
        return [
            ScreeningInput(item=item, verdict=told[f"verdict_{item.code}"], reason=told[f"reason_{item.code}"])
            for item in self.items
            if told[f"verdict_{item.code}"]
        ]


class RefusalForm(EmbeddedForm):
    """The draft of a refusal at the door: on what ground, with which facts, and why nothing was left to correct."""

    outcome = forms.ChoiceField(
        label=_("Why is the file refused?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the ground of the refusal."), "invalid_choice": _("Choose the ground.")},
    )
    conclusion = forms.CharField(
        label=_("Facts and conclusion"),
        help_text=_("In the language of the file. It stands in the decision after the conditions that are not met."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write the facts and the conclusion.")},
    )
    why_not_cured = forms.CharField(
        label=_("Why no correction is asked for"),
        help_text=_(
            "In the language of the file. Needed where a condition can be corrected and no correction was asked for."
        ),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, outcomes: Iterable[Outcome], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [(outcome.value, _GROUNDS[outcome]) for outcome in outcomes]
        for name in ("conclusion", "why_not_cured"):
            self.fields[name].widget.attrs["lang"] = language


_GROUNDS = {
    Outcome.INADMISSIBLE: _("Inadmissible: a condition of form is not met"),
    Outcome.INELIGIBLE: _("Ineligible: a condition to receive a grant is not met"),
}


class DraftReturnForm(EmbeddedForm):
    """Why a draft refusal goes back to the officer."""

    reason = forms.CharField(
        label=pgettext_lazy("proposal", "Reason"),
        help_text=_("The officer reads it beside the checklist. Say what must change."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        error_messages={"required": _("Write why the draft goes back.")},
    )


class SameDraftForm(forms.Form):
    """Names the draft that was read, so that no other is approved in its place."""

    draft = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class AssignForm(EmbeddedForm):
    """Who is to judge the file."""

    reviewer = forms.TypedChoiceField(
        label=_("Reviewer"),
        coerce=int,
        error_messages={"required": _("Choose a reviewer."), "invalid_choice": _("Choose a reviewer from the list.")},
    )

    def __init__(self, *args: Any, reviewers: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {reviewer.pk: reviewer.name for reviewer in reviewers}
        choices = [("", _("Choose a reviewer")), *self.names.items()]
        self.fields["reviewer"].choices = choices


class OfficerForm(EmbeddedForm):
    """Who is to have the file in hand: officers of its desk first, each with the name of the desk."""

    officer = forms.TypedChoiceField(
        label=_("Officer"),
        coerce=int,
        error_messages={"required": _("Choose an officer."), "invalid_choice": _("Choose an officer from the list.")},
    )

    def __init__(self, *args: Any, officers: Iterable[User], desks: Mapping[int, list[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = sorted(officers, key=lambda officer: (officer.pk not in desks, officer.name))
        self.names = {officer.pk: officer.name for officer in found}
        shown = [(pk, " – ".join([name, *desks.get(pk, [])])) for pk, name in self.names.items()]
        self.fields["officer"].choices = [("", _("Choose an officer")), *shown]


class ConflictForm(EmbeddedForm):
    """The declaration before a file is read: three answers, with the kind of tie and a note where there is one."""

    NO, YES, UNSURE = "no", "yes", "unsure"
    ANSWERS = (
        (NO, _("No, none")),
        (YES, _("Yes: I leave this file to someone else")),
        (UNSURE, _("I do not know: I ask the head of unit")),
    )
    KINDS = [(answer.value, answer.label) for answer in ConflictAnswer if answer in CONFLICTS]

    tie = forms.ChoiceField(
        label=_("Do you have a tie with one of these organisations?"),
        help_text=_("For example: work, a seat on the board, close family, a large gift, within the last three years."),
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three answers.")},
    )
    kind = forms.ChoiceField(
        label=_("Which kind of tie?"),
        help_text=_("Only if you answered yes."),
        choices=[("", _("Choose the kind of tie")), *KINDS],
        required=False,
    )
    note = forms.CharField(
        label=_("Explain in one sentence"),
        help_text=_("If you answered yes, or if you do not know."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A tie has a kind, and a kind is of a tie; a tie or a doubt has its sentence."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("tie") == self.NO and told.get("kind"):
            self.add_error("tie", _("You chose a kind of tie below: answer yes, or take the kind away."))
        if told.get("tie") == self.YES and not told.get("kind"):
            self.add_error("kind", _("Choose the kind of tie."))
        if told.get("tie") in (self.YES, self.UNSURE) and not told.get("note"):
            self.add_error("note", _("Explain the tie or the doubt in one sentence."))
        return told

    @property
    def answer(self) -> str:
        """The declaration in the words of the domain."""
        told = self.cleaned_data
        return {self.NO: ConflictAnswer.NONE, self.UNSURE: ConflictAnswer.DOUBT}.get(told["tie"]) or str(told["kind"])


class DoubtForm(EmbeddedForm):
    """The head's answer to a doubt."""

    MAY, MAY_NOT = "may", "may_not"

    decision = forms.ChoiceField(
        label=_("May this person judge the file?"),
        choices=(
            (MAY, _("Yes: there is no conflict of interest. The file opens.")),
            (MAY_NOT, _("No: there is a conflict of interest. The file stays closed for good.")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two answers.")},
    )

    @property
    def may_review(self) -> bool:
        """There is no conflict of interest."""
        return bool(self.cleaned_data["decision"] == self.MAY)


class ScoresForm(forms.Form):
    """A score and a reason for every criterion; all of it may be unfinished until the review is locked."""

    def __init__(self, *args: Any, criteria: Iterable[Criterion], scores: Mapping[int, Score], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria, self.scores = list(criteria), scores
        for criterion in self.criteria:
            self.fields[f"score_{criterion.code}"] = forms.TypedChoiceField(
                label=criterion.title,
                choices=[(f"{score:.1f}", f"{score:.1f}") for score in SCORES],
                coerce=Decimal,
                empty_value=None,
                required=False,
            )
            self.fields[f"reason_{criterion.code}"] = forms.CharField(
                label=criterion.title, required=False, max_length=LONGEST_REASON
            )

    def changes(self) -> list[tuple[Criterion, Decimal | None, str]]:
        """The criteria whose score or reason differs from what is kept."""
        told = [
            (row, self.cleaned_data[f"score_{row.code}"], self.cleaned_data[f"reason_{row.code}"])
            for row in self.criteria
        ]
        return [change for change in told if self._differs(*change)]

    def _differs(self, criterion: Criterion, score: Decimal | None, reason: str) -> bool:
        kept = self.scores.get(criterion.pk)
        return (score, reason) != ((kept.score, kept.reason) if kept else (None, ""))


class ProposalReturnForm(EmbeddedForm):
    """Why a frozen list goes back to the officers."""

    reason = forms.CharField(
        label=pgettext_lazy("proposal", "Reason"),
        help_text=_("The officer reads it beside the list. Say what must change."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        error_messages={"required": _("Write why the proposal goes back.")},
    )


class ReasonForm(EmbeddedForm):
    """The reason of an act on a review, which stands beside the review for everyone who reads the file."""

    reason = forms.CharField(
        label=pgettext_lazy("review", "Reason"),
        help_text=_("It stands beside the review, for everyone who reads the file."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": _("Write the reason.")},
    )


class SameListForm(forms.Form):
    """Carries the fingerprint of the list that was read, so that no other list is approved in its place."""

    sha256 = forms.CharField(min_length=64, max_length=64, widget=forms.HiddenInput)
