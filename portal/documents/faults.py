"""Places where the fault tests stop a worker: FAULT_POINT names one, and only a test machine sets FAULT_POINTS."""

import os
import time

from django.conf import settings

# pdf.rendered        the sealed PDF exists in memory, nothing is stored: the worker waits to be killed
# doc.before_commit   file and row are written, nothing is committed: the worker dies
_ENDS_AT = {"doc.before_commit"}
_LONG_ENOUGH_TO_BE_KILLED = 300


def fault_point(name: str) -> None:
    """Return at once, unless settings.FAULT_POINTS is on and the environment's FAULT_POINT is `name`.

    FAULT_ACTION (wait, die or raise) chooses what happens there, instead of what the place does by itself.
    """
    if not settings.FAULT_POINTS or os.environ.get("FAULT_POINT") != name:
        return
    match os.environ.get("FAULT_ACTION", "die" if name in _ENDS_AT else "wait"):
        case "wait":
            time.sleep(_LONG_ENOUGH_TO_BE_KILLED)
        case "raise":
            raise RuntimeError(f"The fault point {name} was reached.")
        case _:
            os._exit(9)
