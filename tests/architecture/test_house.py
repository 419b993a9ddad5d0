"""The house stands as docs/architecture.md draws it: arrows, ceilings, and what a view may not do."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.ROOT)
APPS = ("portal", "calls", "applications", "reviews")
CODE = sorted(
    path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts and path.name != ""
)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# From the floor up; apps of one row never point at one another.
LEVELS = [
    {"core"},
    {"audit"},
    {"files"},
    {"mail", "documents", "codelists"},
    {"accounts"},
    {"organisations"},
    {"calls"},
    {"applications"},
    {"reviews"},
    {"dashboard"},
    {"demo"},
]
LEVEL = {label: number for number, labels in enumerate(LEVELS) for label in labels}
PYTHON_CEILING, TEMPLATE_CEILING, STYLE_CEILING, FUNCTION_CEILING = 400, 150, 500, 50


def named(path):
    return str(path.relative_to(ROOT))


def test_imports_follow_the_arrows():
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stdout


def test_every_app_of_ours_has_its_place_in_the_house():
    ours = {config.label for config in apps.get_app_configs() if config.name.split(".")[0] in APPS}

    assert ours == set(LEVEL)


def test_foreign_keys_point_down_only():
    upward = []
    for model in apps.get_models():
        home = model._meta.app_label
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if home not in LEVEL or not target or field.auto_created or target._meta.app_label == home:
                continue
            label = target._meta.app_label
            if label in LEVEL and target._meta.label != settings.AUTH_USER_MODEL and LEVEL[label] >= LEVEL[home]:
                upward.append(f"{model._meta.label}.{field.name} -> {label}")

    assert upward == []


@pytest.mark.parametrize(
    ("paths", "ceiling"),
    [
        (CODE, PYTHON_CEILING),
        (TEMPLATES, TEMPLATE_CEILING),
        (sorted((ROOT / "static").rglob("*.css")), STYLE_CEILING),
    ],
    ids=["code", "templates", "styles"],
)
def test_no_file_is_above_its_ceiling(paths, ceiling):
    high = {named(path): lines for path in paths if (lines := len(path.read_text().splitlines())) > ceiling}

    assert paths
    assert high == {}


def test_no_function_is_above_its_ceiling():
    long = []
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= FUNCTION_CEILING:
                long.append(f"{named(path)}: {node.name}")

    assert long == []


def test_every_module_says_in_its_first_line_what_lives_there():
    silent = [
        named(path) for path in CODE if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]

    assert silent == []


FORBIDDEN_IN_VIEWS = re.compile(r"\.save\(|send_mail|transaction|objects\.all\(\)|\.update\(|\.delete\(")
FORBIDDEN_ANYWHERE = re.compile(r"mark_safe|ALWAYS_EAGER|post_save|pre_save")
FORBIDDEN_IN_TEMPLATES = re.compile(
    r"\|safe\b|autoescape off|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=", re.IGNORECASE
)


def offences(paths, pattern):
    return [
        f"{named(path)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if pattern.search(line) and not line.lstrip().startswith("#")
    ]


def test_views_only_find_ask_and_say():
    views = [path for path in CODE if "views" in path.parts or path.name == "views.py"]

    assert views
    assert offences(views, FORBIDDEN_IN_VIEWS) == []


def test_nothing_goes_around_the_escaping_or_the_bell():
    assert offences(CODE, FORBIDDEN_ANYWHERE) == []


def written_states(source):
    """The lines that write a state without its transition: in an update or a bulk update, however it is laid out."""
    return [node.lineno for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and _writes_a_state(node)]


def _writes_a_state(call):
    name = getattr(call.func, "attr", "")
    if name == "update":
        spread = [key for keyword in call.keywords if isinstance(keyword.value, ast.Dict) for key in keyword.value.keys]
        named = [keyword.arg for keyword in call.keywords] + [getattr(key, "value", "") for key in spread]
    elif name == "bulk_update":
        fields = [*call.args[1:2], *(keyword.value for keyword in call.keywords if keyword.arg == "fields")]
        named = [node.value for given in fields for node in ast.walk(given) if isinstance(node, ast.Constant)]
    else:
        return False
    return not {"state", "status"}.isdisjoint(named)


def test_no_state_is_written_around_its_machine():
    found = {named(path): lines for path in CODE if (lines := written_states(path.read_text()))}

    assert found == {}


@pytest.mark.parametrize(
    ("source", "is_found"),
    [
        ("rows.update(state=1)", True),
        ("rows.update(name=1, status=2)", True),
        ("rows.update(\n    name=1,\n    state=2,\n)", True),
        ("rows.update(**{'state': 1})", True),
        ("rows.bulk_update(found, ['name', 'state'])", True),
        ("rows.bulk_update(found, fields=('status',))", True),
        ("rows.update(name=state)", False),
        ("rows.bulk_update(state, ['name'])", False),
        ("rows.filter(state=1).update(name=1)", False),
    ],
)
def test_a_state_that_is_written_is_found_however_it_is_laid_out(source, is_found):
    assert bool(written_states(source)) is is_found


def test_pages_carry_no_style_script_or_raw_text_of_their_own():
    pages = [path for path in TEMPLATES if path.parent.parts[-2:-1] != ("emails",) and "emails" not in path.parts]

    assert offences(pages, FORBIDDEN_IN_TEMPLATES) == []
