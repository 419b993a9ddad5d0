"""An auditor only reads, and only while the mandate runs: checked at every request."""

from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

Next = Callable[[HttpRequest], HttpResponse]

SAFE = {"GET", "HEAD", "OPTIONS"}
# What an auditor may still send: sign-in and out, a longer session, own password, the comparison of a file.
MAY_POST = {
    "account_login",
    "account_logout",
    "account_stay",
    "account_change_password",
    "account_reauthenticate",
    "account_reset_password",
    "account_reset_password_from_key",
    "documents:verify",
}


class ReadOnlyMandateMiddleware:
    """Refuses an auditor's writing (403) and ends the session of an auditor whose mandate has ended."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """None lets the request through."""
        user = request.user
        if not user.is_authenticated:
            return None
        if user.is_auditor:
            return None if self._is_harmless(request) else render(request, "403.html", status=403)
        if user.is_here_no_longer:
            logout(request)
            return redirect("account_login")
        return None

    def _is_harmless(self, request: HttpRequest) -> bool:
        name = request.resolver_match.view_name if request.resolver_match else ""
        return request.method in SAFE or name in MAY_POST
