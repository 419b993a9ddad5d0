"""What is asked of the system: only what no Python package brings, for the Python that is used."""

import pytest

from portal.setup.browser import fetching
from portal.setup.system_packages import needs_of


def required(purpose: str, python: tuple[int, int]) -> list[str]:
    return [need.package for need in needs_of(purpose, python) if not need.has_stand_in]


@pytest.mark.parametrize("purpose", ["demo", "check", "tests"])
@pytest.mark.parametrize(
    ("python", "is_required"), [((3, 11), False), ((3, 12), False), ((3, 13), True), ((3, 14), True)]
)
def test_the_systems_redis_is_required_where_no_package_brings_one(
    purpose: str, python: tuple[int, int], is_required: bool
) -> None:
    assert ("redis-server" in required(purpose, python)) is is_required


@pytest.mark.parametrize(("purpose", "is_asked"), [("demo", False), ("check", False), ("tests", True)])
def test_only_the_tests_prefer_the_systems_redis(purpose: str, is_asked: bool) -> None:
    assert ("redis-server" in [need.package for need in needs_of(purpose, (3, 12))]) is is_asked


@pytest.mark.parametrize("root", [[], ["sudo", "-n"]], ids=["as root", "with sudo"])
def test_a_fetched_browser_brings_its_libraries_where_that_is_allowed(root: list[str]) -> None:
    assert fetching(root)[-3:] == ["install", "--with-deps", "chromium-headless-shell"]


def test_a_fetched_browser_asks_for_nothing_where_it_is_not() -> None:
    assert fetching(None)[-2:] == ["install", "chromium-headless-shell"]
