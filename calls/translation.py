"""Which fields of a call exist in French, Dutch and English."""

from modeltranslation.translator import TranslationOptions, translator

from calls import models

TRANSLATED: dict[type, tuple[str, ...]] = {
    models.Call: ("title", "summary", "description"),
    models.Lot: ("title",),
    models.Track: ("title",),
    models.BudgetHeading: ("title",),
    models.ScreeningItem: ("text", "evidence"),
    models.Criterion: ("title", "guidance"),
    models.GrantCondition: ("text",),
    models.Section: ("title", "introduction"),
    models.Question: ("label", "help_text"),
    models.Choice: ("label",),
    models.AnnexRequirement: ("title", "help_text"),
}
# Help may stay empty, but then in both languages.
MAY_BE_EMPTY = {"evidence", "introduction", "help_text"}

# Reasons that are given later: public in both languages, and no part of the contract.
REASONS: dict[type, tuple[str, ...]] = {models.Call: ("cancellation_reason",), models.Corrigendum: ("reason",)}

for model in [*TRANSLATED, models.Corrigendum]:
    names = (*TRANSLATED.get(model, ()), *REASONS.get(model, ()))
    translator.register(model, type(f"{model.__name__}Translation", (TranslationOptions,), {"fields": names}))
