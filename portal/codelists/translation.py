"""Which columns of a code list exist once per language."""

from modeltranslation.translator import TranslationOptions, translator

from portal.codelists.models import Goal, LegalBasis, LegalText, PriorityRegion, Sector, Territory


class CodeTranslation(TranslationOptions):
    """The name of a code."""

    fields = ("name",)


class LegalBasisTranslation(TranslationOptions):
    """The title of a law and where it was published."""

    fields = ("title", "reference")


class LegalTextTranslation(TranslationOptions):
    """The words of a legal text."""

    fields = ("text",)


translator.register([Sector, Goal, Territory, PriorityRegion], CodeTranslation)
translator.register(LegalBasis, LegalBasisTranslation)
translator.register(LegalText, LegalTextTranslation)
