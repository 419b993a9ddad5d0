"""Addresses of the event chain."""

from django.urls import path

from portal.audit.views import chain

app_name = "audit"
urlpatterns = [path("", chain, name="chain")]
