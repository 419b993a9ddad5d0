"""No test reaches another machine."""

import socket
import urllib.request

import pytest

from tests.no_outside import OutsideRefused


@pytest.mark.parametrize("host", ["192.0.2.1", "10.0.0.1", "2001:db8::1"])
def test_a_connection_to_another_machine_is_refused(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as line, pytest.raises(OutsideRefused):
        line.connect((host, 80))


def test_a_packet_to_another_machine_is_refused() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as line, pytest.raises(OutsideRefused):
        line.sendto(b"hello", ("192.0.2.1", 53))


def test_the_address_of_another_machine_is_not_even_looked_up() -> None:
    with pytest.raises(OutsideRefused):
        urllib.request.urlopen("http://www.example.org/")


def test_the_loopback_is_here() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as line:
        assert line.getpeername()[0] == "127.0.0.1"
