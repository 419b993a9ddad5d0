"""The table as text, to be read by people: one block for each act, one line for all the steps that answer alike.

A cell is the state that follows, `same`, `403`, or `no:` and the code of the first sentence that stands in the way.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

FOLDER = Path(__file__).parent
# (act, step) to each role's cell.
Rows = dict[tuple[str, str], dict[str, str]]

UNTRIED = "-"

HEAD = """\
Where something stands × what is tried × who tries it (docs/process.md; tests/process/test_state_act_role.py).
A cell: the state that follows; same = done, and the state stays; 403 = not this person; no:why = not in this step.
"never" lists who is refused wherever there is something to act on; "nothing there" lists the steps without it.
Written again by: WRITE_TABLE=1 .venv/bin/python -m pytest -q -p no:cacheprovider tests/process
"""


def read(path: Path) -> Rows:
    """The committed table."""
    rows: Rows = {}
    for block in path.read_text(encoding="utf-8").split("\n\n")[1:]:
        rows |= _read_block(block.splitlines())
    return rows


def write(rows: Rows, roles: Iterable[str], path: Path) -> None:
    """The table is committed as it was found."""
    acts = sorted({act for act, _step in rows})
    blocks = [
        _block(act, {step: row for (name, step), row in rows.items() if name == act}, list(roles)) for act in acts
    ]
    path.write_text(HEAD + "\n" + "\n".join(blocks), encoding="utf-8")


def _block(act: str, steps: Mapping[str, Mapping[str, str]], roles: list[str]) -> str:
    """One act: who never may, where there is nothing to act on, and the lines that say more."""
    empty = [step for step, row in steps.items() if not row]
    full = {step: row for step, row in steps.items() if row}
    found = [role for role in roles if any(role in row for row in full.values())]
    never = [role for role in found if all(row.get(role, "403") == "403" for row in full.values())]
    shown = [role for role in found if role not in never]
    alike: dict[tuple[str, ...], list[str]] = {}
    for step, row in full.items():
        alike.setdefault(tuple(row.get(role, UNTRIED) for role in shown), []).append(step)
    lines = [tuple(shown), *alike]
    widths = [max(len(line[column]) for line in lines) for column in range(len(shown))]
    said = [f"[{act}]"]
    said += [f"never: {' '.join(never)}"] if never else []
    said += [f"nothing there: {' '.join(empty)}"] if empty else []
    for line, names in [(tuple(shown), ["at"]), *alike.items()]:
        cells = "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        said.append(f"  {cells}  | {' '.join(names)}")
    return "\n".join(said) + "\n"


def _read_block(lines: list[str]) -> Rows:
    act, never, rows, shown = lines[0].strip("[]"), list[str](), Rows(), list[str]()
    for line in lines[1:]:
        key, _colon, rest = line.partition(": ")
        cells, _bar, names = line.partition("|")
        if key == "never":
            never = rest.split()
        elif key == "nothing there":
            rows |= {(act, step): {} for step in rest.split()}
        elif names.split() == ["at"]:
            shown = cells.split()
        else:
            row = dict(zip(shown, cells.split(), strict=True)) | dict.fromkeys(never, "403")
            rows |= {(act, step): dict(row) for step in names.split()}
    return rows
