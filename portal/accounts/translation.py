"""Which fields of units and desks exist in each language."""

from modeltranslation.translator import TranslationOptions, register

from portal.accounts.models import Desk, Unit


@register(Unit)
class UnitTranslation(TranslationOptions):
    """A unit has a name and an address in each language."""

    fields = ("name", "address")


@register(Desk)
class DeskTranslation(TranslationOptions):
    """A desk has a name in each language."""

    fields = ("name",)
