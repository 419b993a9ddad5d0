"""The form of a call: sections, questions, choices and annexes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from calls.choices import QuestionKind
from calls.models.call import Call
from calls.models.frozen import frozen_with_its_call
from calls.models.rules import Track

CALL_OF_A_QUESTION = "(SELECT s.call_id FROM calls_section s WHERE s.id = {row}.section_id)"
CALL_OF_A_CHOICE = """(
    SELECT s.call_id FROM calls_question q JOIN calls_section s ON s.id = q.section_id WHERE q.id = {row}.question_id
)"""


class Section(models.Model):
    """A page of the application form."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="sections")
    code = models.SlugField(_("code"), max_length=20)
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=200)
    introduction = models.TextField(_("introduction"), blank=True)

    class Meta:
        ordering = ["call_id", "position"]
        constraints = [models.UniqueConstraint("call", "code", name="a_section_code_is_used_once_in_a_call")]
        triggers = [frozen_with_its_call("title", "introduction")]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """One question; it is asked only when `only_if` is answered `only_if_answer`, where it is set."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    code = models.SlugField(_("code"), max_length=20)
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=20, choices=QuestionKind)
    label = models.CharField(_("question"), max_length=300)
    help_text = models.TextField(_("help"), blank=True)
    is_required = models.BooleanField(_("required"), default=True)
    words_maximum = models.PositiveSmallIntegerField(_("most words"), null=True, blank=True)
    only_if = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="opens")
    only_if_answer = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["section__position", "position"]
        constraints = [models.UniqueConstraint("section", "code", name="a_question_code_is_used_once_in_a_section")]
        triggers = [frozen_with_its_call("label", "help_text", call=CALL_OF_A_QUESTION)]

    def __str__(self) -> str:
        return self.label


class Choice(models.Model):
    """One of the answers that a question of kind choice offers."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="choices")
    code = models.SlugField(_("code"), max_length=50)
    position = models.PositiveSmallIntegerField(_("position"))
    label = models.CharField(_("label"), max_length=200)

    class Meta:
        ordering = ["question_id", "position"]
        constraints = [models.UniqueConstraint("question", "code", name="a_choice_code_is_used_once_in_a_question")]
        triggers = [frozen_with_its_call("label", call=CALL_OF_A_CHOICE)]

    def __str__(self) -> str:
        return self.label


class AnnexRequirement(models.Model):
    """A file that the applicant attaches: always, or only on one track, or only after a yes to a question."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="annexes")
    code = models.CharField(_("code"), max_length=10)
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=200)
    help_text = models.TextField(_("help"), blank=True)
    track = models.ForeignKey(Track, on_delete=models.PROTECT, null=True, blank=True, related_name="annexes")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, null=True, blank=True, related_name="annexes")
    takes_several = models.BooleanField(_("several files"), default=False)

    class Meta:
        ordering = ["call_id", "position"]
        constraints = [models.UniqueConstraint("call", "code", name="an_annex_code_is_used_once_in_a_call")]
        triggers = [frozen_with_its_call("title", "help_text")]

    def __str__(self) -> str:
        return f"{self.code} · {self.title}"

    @property
    def is_always_required(self) -> bool:
        """Asked of every applicant, whatever the track or the answers."""
        return self.track_id is None and self.question_id is None
