"""Names the codelists app and gives its events their words."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.audit.labels import register_verbs


class CodelistsConfig(AppConfig):
    """Code lists with validity dates."""

    name = "portal.codelists"
    label = "codelists"
    verbose_name = _("code lists")

    def ready(self) -> None:
        register_verbs({"codelist.loaded": _("Code list loaded")})
