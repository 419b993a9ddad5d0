"""The story of the demo from draft to sealed decisions, told by its people in a real browser on real processes."""

from itertools import chain

import pytest
from django.utils import translation

from portal.demo import texts
from portal.demo.__main__ import free_port
from portal.demo.journey import Journey
from portal.demo.report import differences, kinds_of
from portal.devstack import portal_running
from portal.places import ROOT
from tests.journeys.real_portal import chromium
from tests.journeys.real_screen import RealScreen
from tests.journeys.shape import check_shape

CLOSES_IN_SECONDS = 165
# They work with scripts switched off: everybody else's fields are saved one by one while they type.
WITHOUT_SCRIPTS = {"wouter", "sam", "fatou", "sylvie", "rachid"}


@pytest.mark.browser
@pytest.mark.long
def test_the_story_ends_as_the_data_expect_with_pictures_of_its_steps(tmp_path, monkeypatch):
    monkeypatch.setenv("STATIC_ON_DEMAND", "0")
    pictures = ROOT / "screenshots"
    pictures.mkdir(exist_ok=True)
    screens = []

    def new_screen(name):
        has_scripts = name not in WITHOUT_SCRIPTS
        context = browser.new_context(
            locale="fr-BE",
            viewport={"width": 1280, "height": 900},
            # A page that glides to its button is waited for at every step.
            reduced_motion="reduce",
            java_script_enabled=has_scripts,
        )
        screens.append(RealScreen(context, portal.address, name, pictures, has_scripts=has_scripts))
        return screens[-1]

    with portal_running("journey", port=free_port()) as portal, chromium() as browser, translation.override("fr"):
        journey = Journey(portal, tmp_path, new_screen=new_screen, closes_in=CLOSES_IN_SECONDS)
        report = journey.go()

    assert differences(report, journey.points, journey.stories) == []
    check_shape(report)
    assert not list(chain.from_iterable(screen.complaints for screen in screens))
    assert len(list(tmp_path.glob("*.pdf"))) == sum(len(kinds_of(story)) for story in texts.stories())
