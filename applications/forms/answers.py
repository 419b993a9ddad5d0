"""The answers of one section: what was typed is kept even when it is imperfect, and the sentence stands beside it."""

from dataclasses import dataclass
from typing import Any

from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from applications.form_state import FormState, count_words, is_whole_number
from applications.forms.drawing import FIELD, describe_fields, field_helper
from calls.choices import NO, YES, QuestionKind
from calls.models import Question, Section

# More than any answer needs: beyond it the text is shown back and not kept.
MOST_CHARACTERS = {QuestionKind.LONG_TEXT: 50_000, QuestionKind.SHORT_TEXT: 2_000}
MOST_CHARACTERS_OTHERWISE = 100
AS_RADIOS = 6
WORDS_OF_A_LINE = 15
YES_OR_NO = [(YES, pgettext_lazy("answer", "Yes")), (NO, pgettext_lazy("answer", "No"))]
_SPACES = str.maketrans("", "", " \u00a0\u2009\u202f")


@dataclass(frozen=True)
class Reading:
    """What was typed for one question: the text to keep, or None, and what is wrong with it, or nothing."""

    text: str | None
    trouble: str = ""


def read_answer(question: Question, typed: str) -> Reading:
    """Everything that a text column holds is kept; only an answer that was not offered, or is no text, is not."""
    text = typed.replace("\r\n", "\n").strip()
    most = MOST_CHARACTERS.get(QuestionKind(question.kind), MOST_CHARACTERS_OTHERWISE)
    if "\x00" in text:
        return Reading(None, _("This text contains a character that cannot be kept. Type it again."))
    if len(text) > most:
        sentence = _("This is not saved: it has more than %(most)s characters. Shorten it.")
        return Reading(None, sentence % {"most": most})
    if text and _offered(question) and text not in dict(_offered(question)):
        return Reading(None, _("Choose one of the answers."))
    if question.kind == QuestionKind.NUMBER and is_whole_number(text.translate(_SPACES)):
        text = text.translate(_SPACES)
    return Reading(text, _trouble(question, text))


def _trouble(question: Question, text: str) -> str:
    words = count_words(text)
    if question.words_maximum and words > question.words_maximum:
        sentence = _("Saved, but too long: %(words)s words. Bring it down to %(most)s.")
        return sentence % {"words": words, "most": question.words_maximum}
    if question.kind == QuestionKind.NUMBER and text and not is_whole_number(text):
        return _("Write a whole number in figures, for example 1200.")
    return ""


def counter(question: Question, typed: str) -> str:
    """The words that were written and those that are allowed; nothing where there is no limit."""
    if not question.words_maximum:
        return ""
    return _("%(words)s of at most %(most)s words") % {"words": count_words(typed), "most": question.words_maximum}


def _offered(question: Question) -> list[tuple[str, Any]]:
    """The answers to choose from; none where the answer is typed."""
    if question.kind == QuestionKind.YES_NO:
        return [*YES_OR_NO]
    if question.kind == QuestionKind.CHOICE:
        return [(choice.code, choice.label) for choice in question.choices.all()]
    return []


class AnswerField(forms.Field):
    """One question. It refuses nothing by itself: the form says what is wrong, and the view what is kept."""

    def __init__(self, question: Question) -> None:
        super().__init__(
            label=question.label,
            help_text=question.help_text,
            required=question.is_required,
            widget=_widget(question),
        )
        self.question = question
        self.is_optional = not question.is_required

    def clean(self, value: Any) -> str:
        return value or ""


def _widget(question: Question) -> forms.Widget:
    offered = _offered(question)
    if offered and len(offered) <= AS_RADIOS:
        return forms.RadioSelect(choices=offered)
    if offered:
        return forms.Select(choices=[("", gettext_lazy("Choose an answer")), *offered])
    if question.kind == QuestionKind.LONG_TEXT:
        return forms.Textarea(attrs={"rows": 12 if (question.words_maximum or 0) > 150 else 6})
    if question.kind == QuestionKind.NUMBER:
        return forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 12, "class": "w-auto"})
    # A line holds some ten words: more than that is read while it is written.
    return forms.Textarea(attrs={"rows": 2}) if (question.words_maximum or 0) > WORDS_OF_A_LINE else forms.TextInput()


class SectionForm(forms.Form):
    """The questions of a section that are asked of this applicant, in the language of the page."""

    use_required_attribute = False

    def __init__(self, *args: Any, form: FormState, section: Section, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state, self.section = form, section
        self.readings: dict[Question, Reading] = {}
        for question in form.questions_of(section):
            self.fields[question.code] = AnswerField(question)
            self.fields[question.code].counter = counter(question, self.data.get(question.code, ""))
            self._saves_itself(question)
        describe_fields(self)
        self.helper = field_helper()
        self.helper.layout = Layout(*(self._place(question) for question in section.questions.all()))

    @classmethod
    def as_saved(cls, form: FormState, section: Section) -> "SectionForm":
        """The section as it is kept, with what is still wrong beside each answer."""
        saved = {question.code: form.answer_text(question) for question in form.questions_of(section)}
        return cls(saved, form=form, section=section)

    def clean(self) -> None:
        """A field that was not on the page that was sent is left alone: it may have appeared since."""
        for code, field in self.fields.items():
            if code not in self.data:
                continue
            reading = read_answer(field.question, self.cleaned_data.get(code, ""))
            self.readings[field.question] = reading
            if reading.trouble:
                self.add_error(code, reading.trouble)

    def kept(self) -> dict[Question, str]:
        """What can be saved: every text but those that no column holds."""
        self.full_clean()
        return {question: reading.text for question, reading in self.readings.items() if reading.text is not None}

    @property
    def is_all_kept(self) -> bool:
        """Nothing that was typed would be lost by leaving the page."""
        return len(self.kept()) == len(self.readings)

    def _saves_itself(self, question: Question) -> None:
        """Each field posts itself when it changes; while somebody writes on and on, every ten seconds too."""
        address = reverse("applications:answer", args=[self.state.application.reference, question.code])
        typed = "change, input changed delay:10s" if not _offered(question) else "change"
        self.fields[question.code].widget.attrs |= {
            "hx-post": address,
            "hx-trigger": typed,
            "hx-params": f"csrfmiddlewaretoken,{question.code}",
            "hx-swap": "none",
            "hx-sync": "this:replace",
        }

    def _place(self, question: Question, **attributes: str) -> Div:
        """The place of a question on the page; empty as long as it is not asked."""
        asked = [Field(question.code, template=FIELD)] if question.code in self.fields else []
        return Div(*asked, css_id=f"question-{question.code}", **attributes)

    def places_of(self, questions: list[Question]) -> "SectionForm":
        """The same form, drawing the places of these questions alone, to be put in on the page that is open."""
        self.helper.layout = Layout(*(self._place(question, hx_swap_oob="true") for question in questions))
        return self
