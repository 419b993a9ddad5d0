"""Every address of the portal. Pages for people live under a language; what a letter prints does not."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from portal.core.health import health
from portal.documents.views import go_to_verification

# Django's own answers would read the visitor from a request that never came so far as to have one.
handler400 = "portal.core.views.bad_request"
handler403 = "portal.core.views.forbidden"
handler404 = "portal.core.views.not_found"
handler500 = "portal.core.views.server_error"

urlpatterns = [
    path("health/", health, name="health"),
    path("verify/<str:code>/", go_to_verification, name="verify_short"),
]
urlpatterns += i18n_patterns(
    path("", include("calls.urls")),
    path("account/", include("portal.accounts.urls")),
    path("dashboard/", include("portal.dashboard.urls")),
    path("applications/", include("applications.urls")),
    path("", include("reviews.urls")),
    path("", include("portal.documents.urls")),
    path("mail/", include("portal.mail.urls")),
    path("audit/", include("portal.audit.urls")),
    path("", include("portal.core.urls")),
)
