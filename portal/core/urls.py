"""Addresses of the plain public pages, under a language prefix. The health answer has none and is in the roof."""

from django.urls import path

from portal.core import pages

app_name = "core"
urlpatterns = [
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("contact/", pages.contact, name="contact"),
]
