"""Addresses of the mail log."""

from django.urls import path

from portal.mail.views import log, mail

app_name = "mail"
urlpatterns = [path("", log, name="log"), path("<int:pk>/", mail, name="mail")]
