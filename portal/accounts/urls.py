"""Addresses of sign-in, own password, and the administrator's list of people and jobs."""

from allauth.account import views as sign_in
from django.urls import path, re_path

from portal.accounts import views

# The names are the library's own, which it uses to find its pages. Self-registration is closed and has no address.
urlpatterns = [
    path("login/", sign_in.login, name="account_login"),
    path("logout/", sign_in.logout, name="account_logout"),
    path("stay/", views.stay, name="account_stay"),
    path("inactive/", sign_in.account_inactive, name="account_inactive"),
    path("reauthenticate/", sign_in.reauthenticate, name="account_reauthenticate"),
    path("password/change/", sign_in.password_change, name="account_change_password"),
    path("password/reset/", sign_in.password_reset, name="account_reset_password"),
    path("password/reset/sent/", sign_in.password_reset_done, name="account_reset_password_done"),
    # The key has a hyphen of its own: only the first one ends the number of the person.
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        sign_in.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        sign_in.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("people/", views.people, name="people"),
    path("jobs/", views.jobs, name="jobs"),
]
