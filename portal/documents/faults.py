"""Places where the fault tests stop a worker: FAULT_POINT names one, and only a test machine sets FAULT_POINTS."""

import os
import time
from pathlib import Path

from django.conf import settings

# pdf.rendered        the sealed PDF exists in memory, nothing is stored: the worker waits to be killed
# doc.before_commit   file and row are written, nothing is committed: the worker dies
_ENDS_AT = {"doc.before_commit"}
_LONG_ENOUGH_TO_BE_KILLED = 300


def fault_point(name: str) -> None:
    """Return at once, unless settings.FAULT_POINTS is on and the environment's FAULT_POINT is `name`.

    FAULT_ACTION (wait, die or raise) chooses what happens there, instead of what the place does by itself. FAULT_ONCE
    names a file: the first worker that comes here makes it, and the later ones pass.
    """
    if not settings.FAULT_POINTS or os.environ.get("FAULT_POINT") != name or _happened_before():
        return
    match os.environ.get("FAULT_ACTION", "die" if name in _ENDS_AT else "wait"):
        case "wait":
            time.sleep(_LONG_ENOUGH_TO_BE_KILLED)
        case "raise":
            raise RuntimeError(f"The fault point {name} was reached.")
        case _:
            os._exit(9)


def _happened_before() -> bool:
    mark = os.environ.get("FAULT_ONCE")
    if not mark:
        return False
    try:
        Path(mark).touch(exist_ok=False)
    except FileExistsError:
        return True
    return False
