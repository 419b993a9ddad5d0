"""Finds every sentence that the documents app says, in its Python files and its templates, as a catalogue names it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

PLAIN = {"_", "gettext", "gettext_lazy"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
CONTEXT_END = "\x04"
# What templatize makes of a template is not quite Python: the calls are picked out one by one.
CALL = re.compile(r"\b(?:gettext|pgettext|ngettext|npgettext)\((?:[^()\"']|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')*\)")


def sentences_of_this_app() -> list[str]:
    """Every sentence once; one with a context as "context\\x04sentence", one with a plural by its singular."""
    code = Path(settings.ROOT, "portal", "documents")
    pages = Path(settings.ROOT, "templates", "documents")
    found = [sentence for file in sorted(code.rglob("*.py")) for sentence in _in_python(file.read_text())]
    found += [sentence for file in sorted(pages.rglob("*.html")) for sentence in _in_template(file.read_text())]
    return list(dict.fromkeys(found))


def _in_python(source: str) -> Iterator[str]:
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            words = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
            if call.func.id in PLAIN:
                yield words[0]
            elif call.func.id in IN_CONTEXT:
                yield CONTEXT_END.join(words[:2])


def _in_template(source: str) -> Iterator[str]:
    for found in CALL.findall(templatize(source)):
        call = ast.parse(found, mode="eval").body
        assert isinstance(call, ast.Call)
        assert isinstance(call.func, ast.Name)
        words = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
        yield CONTEXT_END.join(words[:2]) if "pgettext" in call.func.id else words[0]
