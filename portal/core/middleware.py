"""What happens around every request: the moment of arrival, refusals as pages, nothing private kept. No roles here."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from portal.core.refusals import NOT_A_PAGE, no_page, refusal_page

GetResponse = Callable[[HttpRequest], HttpResponse]


class ArrivalMiddleware:
    """`request.arrived_at` is the moment the request reached the portal. Deadlines are compared with it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.arrived_at = timezone.now()  # type: ignore[attr-defined]
        return self.get_response(request)


class RefusalMiddleware:
    """A refusal raised by a view is answered with a page that says why; anything else goes on as an error.

    So is an address that only takes a form, when somebody opens it: the language is changed, or the page loaded again.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == NOT_A_PAGE and request.method == "GET":
            return no_page(request, takes=response.headers.get("Allow", ""))
        return response

    def process_exception(self, request: HttpRequest, trouble: Exception) -> HttpResponse | None:
        return refusal_page(request, trouble)


class NoStoreMiddleware:
    """What a person with a session was shown is kept by no cache and no back button."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # The cookie is asked, not the user: an error page must work while the database is away.
        if settings.SESSION_COOKIE_NAME in request.COOKIES or settings.SESSION_COOKIE_NAME in response.cookies:
            response["Cache-Control"] = "no-store"
            patch_vary_headers(response, ["Cookie"])
        return response
