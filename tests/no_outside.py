"""Keeps the tests on this machine: whoever opens a connection to elsewhere, or asks for its address, fails."""

import ipaddress
import socket
import sys
from typing import Any


class OutsideRefused(Exception):
    """A test tried to reach another machine. Not an OSError, so that no code under test takes it for a bad line."""


def refuse_the_outside() -> None:
    """From now on this process reaches unix sockets and the loopback only; an audit hook cannot be taken off again."""
    sys.addaudithook(_watch)


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        line, address = arguments
        if line.family in {socket.AF_INET, socket.AF_INET6} and address is not None:
            _refuse_unless_here(address[0])
    elif event == "socket.getaddrinfo":
        _refuse_unless_here(arguments[0])


def _refuse_unless_here(host: str | bytes | None) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if not name or name == "localhost" or name == socket.gethostname():
        return
    try:
        is_here = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        raise OutsideRefused(f"A test asked for the address of {name}.") from None
    if not (is_here.is_loopback or is_here.is_unspecified):
        raise OutsideRefused(f"A test opened a connection to {name}.")
