"""python -m portal.setup.beside_servers COMMAND ...: runs one command beside private servers, gone after it."""

import os
import subprocess
import sys

from portal.devservices.errors import ServiceTrouble
from portal.devservices.running import services
from portal.setup.local_settings import local_environment


def main(command: list[str]) -> int:
    """The command's own exit code; the servers and their data are gone afterwards."""
    if not command:
        print("Say which command to run, for example: python -m portal.setup.beside_servers ./manage.py check")
        return 2
    try:
        with services("tests") as running:
            environment = os.environ | local_environment(running, base_url="http://localhost:8000")
            return subprocess.run(command, env=environment).returncode
    except ServiceTrouble as trouble:
        print(trouble, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
