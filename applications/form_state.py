"""Which questions and annexes an application is asked for, given its track and its answers. Writes nothing."""

from dataclasses import dataclass, field

from applications.models import Annex, Answer, Application
from calls.choices import YES, QuestionKind
from calls.models import AnnexRequirement, Question, Section
from calls.structure import structure_of


@dataclass(frozen=True)
class FormState:
    """The form of the call beside the answers of one application, read in a fixed number of queries.

    `only` names the questions that a correction opens; without it every question that is asked may be answered.
    """

    application: Application
    sections: list[Section]
    answers: dict[int, Answer]
    annexes: dict[int, list[Annex]] = field(default_factory=dict)
    only: frozenset[int] | None = None

    def answer_text(self, question: Question) -> str:
        """What stands for the question now; empty when nothing does."""
        answer = self.answers.get(question.pk)
        return answer.text if answer else ""

    def is_asked(self, question: Question) -> bool:
        """Always, or when the question that opens it has the answer that opens it."""
        if question.only_if_id is None:
            return True
        opener = self.answers.get(question.only_if_id)
        return opener is not None and opener.text == question.only_if_answer

    def questions_of(self, section: Section) -> list[Question]:
        """The questions of the section that are asked of this applicant."""
        asked = [question for question in section.questions.all() if self.is_asked(question)]
        return asked if self.only is None else [question for question in asked if question.pk in self.only]

    def unanswered(self, section: Section) -> list[Question]:
        """Required questions of the section without an answer."""
        return [
            question
            for question in self.questions_of(section)
            if question.is_required and not self.answer_text(question).strip()
        ]

    def too_long(self, section: Section) -> list[Question]:
        """Questions of the section whose answer has more words than allowed."""
        return [
            question
            for question in self.questions_of(section)
            if question.words_maximum and count_words(self.answer_text(question)) > question.words_maximum
        ]

    def not_numbers(self, section: Section) -> list[Question]:
        """Questions of the section that ask for a whole number and have something else."""
        return [
            question
            for question in self.questions_of(section)
            if question.kind == QuestionKind.NUMBER
            and self.answer_text(question)
            and not is_whole_number(self.answer_text(question))
        ]

    def requirements(self) -> list[AnnexRequirement]:
        """The annexes that are asked of this applicant."""
        return [row for row in structure_of(self.application.call).requirements if self._is_required(row)]

    def files_for(self, requirement: AnnexRequirement) -> list[Annex]:
        """The files attached for the requirement."""
        return self.annexes.get(requirement.pk, [])

    def _is_required(self, requirement: AnnexRequirement) -> bool:
        if requirement.track_id is not None and requirement.track_id != self.application.track_id:
            return False
        if requirement.question_id is None:
            return True
        answer = self.answers.get(requirement.question_id)
        return answer is not None and answer.text == YES


def form_state(application: Application, *, only: frozenset[int] | None = None) -> FormState:
    """The state of the form of this application as its rows stand now."""
    annexes: dict[int, list[Annex]] = {}
    for annex in application.annexes.select_related("stored_file"):
        annexes.setdefault(annex.requirement_id, []).append(annex)
    return FormState(
        application=application,
        sections=structure_of(application.call).sections,
        answers={answer.question_id: answer for answer in application.answers.select_related("saved_by")},
        annexes=annexes,
        only=only,
    )


def is_whole_number(text: str) -> bool:
    """One to nine figures and nothing else."""
    return text.isascii() and text.isdigit() and len(text) <= 9


def count_words(text: str) -> int:
    """Words, as a reader counts them: what stands between spaces."""
    return len(text.split())
