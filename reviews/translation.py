"""Which fields of the assessment exist in each language."""

from modeltranslation.translator import TranslationOptions, register

from reviews.models import ExternalStep


@register(ExternalStep)
class ExternalStepTranslation(TranslationOptions):
    """An external step has a name in each language: letters quote it."""

    fields = ("name",)
