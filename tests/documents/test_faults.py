"""The places where fault tests stop a worker do nothing on any other machine."""

import pytest

from portal.documents.faults import fault_point


def test_a_named_place_is_passed_when_the_setting_is_off(settings, monkeypatch):
    settings.FAULT_POINTS = False
    monkeypatch.setenv("FAULT_POINT", "doc.before_commit")
    fault_point("doc.before_commit")


def test_another_place_is_passed(settings, monkeypatch):
    settings.FAULT_POINTS = True
    monkeypatch.setenv("FAULT_POINT", "pdf.rendered")
    fault_point("doc.before_commit")


def test_the_named_place_stops_the_worker(settings, monkeypatch):
    settings.FAULT_POINTS = True
    monkeypatch.setenv("FAULT_POINT", "pdf.rendered")
    monkeypatch.setenv("FAULT_ACTION", "raise")
    with pytest.raises(RuntimeError, match=r"pdf\.rendered"):
        fault_point("pdf.rendered")
