"""What binds applicants and service once a call is published, held by the database: a corrigendum changes words only."""

from typing import Any

import pgtrigger

LANGUAGES = ("fr", "nl", "en")

_FUNCTION = """
    IF TG_OP = 'UPDATE' AND {unless} THEN
        RETURN NEW;
    END IF;
    FOR _call IN SELECT c.published_at, c.first_submitted_at FROM calls_call c
        WHERE c.id IN ({before}, {after}) ORDER BY c.id FOR SHARE
    LOOP
        IF _call.published_at IS NOT NULL AND (TG_OP <> 'UPDATE' OR {differs}) THEN
            RAISE EXCEPTION 'a published call keeps its rows of %', TG_TABLE_NAME USING ERRCODE = 'check_violation';
        END IF;
        IF {words_too} AND _call.first_submitted_at IS NOT NULL THEN
            RAISE EXCEPTION 'after the first submission no word of % changes', TG_TABLE_NAME
                USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
"""


def frozen_with_its_call(
    *texts: str, call: str = "{row}.call_id", unless: str = "FALSE", words_too: bool = False
) -> pgtrigger.Trigger:
    """No such row comes, goes or changes once its call is published; its public texts may, in each language.

    `call` leads from a row to its call, `unless` names the change that a corrigendum makes beside words. With
    `words_too` the words stand still as well from the first submission on. The call is held meanwhile, so that a row
    and the publication wait for one another.
    """
    columns = ",".join(name for text in texts for name in (text, *(f"{text}_{code}" for code in LANGUAGES)))
    words = "'{" + columns + "}'::text[]"
    return pgtrigger.Trigger(
        name="frozen_with_its_published_call",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("_call", "RECORD")],
        func=_FUNCTION.format(
            before=call.format(row="OLD"),
            after=call.format(row="NEW"),
            differs=f"(to_jsonb(OLD) - {words}) <> (to_jsonb(NEW) - {words})",
            unless=unless,
            words_too=str(words_too).upper(),
        ),
    )


class FrozenOncePublished(pgtrigger.ReadOnly):
    """Refuses a change of these fields of a call that was published."""

    def get_condition(self, model: Any) -> pgtrigger.Condition:
        return super().get_condition(model) & pgtrigger.Q(old__published_at__isnull=False)
