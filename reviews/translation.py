"""Which fields of the assessment exist in each language."""

from modeltranslation.translator import TranslationOptions, register

from reviews.models import ExternalStep, ScreeningAnswer


@register(ExternalStep)
class ExternalStepTranslation(TranslationOptions):
    """An external step has a name in each language: letters quote it."""

    fields = ("name",)


@register(ScreeningAnswer)
class ScreeningAnswerTranslation(TranslationOptions):
    """What the portal found is read by colleagues in either language, long after it was found."""

    fields = ("evidence",)
