"""Addresses of the document pages, below a language. The one that letters print is in portal.urls."""

from django.urls import path

from portal.documents import views

app_name = "documents"
urlpatterns = [
    path("verify/", views.enter_code, name="enter_code"),
    path("verify/<str:code>/", views.verify, name="verify"),
    path("documents/", views.register, name="register"),
    path("documents/zip/", views.bundle, name="bundle"),
    path("documents/<str:code>/download/", views.download, name="download"),
    path("documents/<str:code>/retry/", views.retry, name="retry"),
]
