"""Addresses of the applicant's pages."""

from django.urls import path, register_converter

from applications import views
from applications.views.references import ReferenceConverter

register_converter(ReferenceConverter, "application_reference")

_OF_ONE = [
    ("", views.task_list, "task_list"),
    ("project/", views.project, "project"),
    ("section/<slug:code>/", views.section, "section"),
    ("answer/<slug:code>/", views.answer, "answer"),
    ("budget/", views.budget, "budget"),
    ("annexes/", views.annexes, "annexes"),
    ("annexes/<int:pk>/download/", views.download_annex, "annex_download"),
    ("annexes/<int:pk>/remove/", views.remove_annex, "annex_remove"),
    ("submit/", views.submit, "submit"),
    ("submitted/", views.submitted, "submitted"),
    ("read/", views.read, "read"),
    ("correct/", views.correct, "correct"),
    ("withdraw/", views.withdraw, "withdraw"),
]

app_name = "applications"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("start/<application_reference:reference>/", views.start, name="start"),
    *(path(f"<application_reference:reference>/{rest}", view, name=name) for rest, view, name in _OF_ONE),
]
