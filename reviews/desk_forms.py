"""Forms of the desk beside the checklist: a correction, a paper application, a sending. Whether an act is possible is
decided by readiness and services."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from applications.choices import SendingChannel
from applications.services import PaperApplication
from applications.services.paper import SCAN_KINDS
from calls.models import AnnexRequirement, Call, Question, ScreeningItem
from portal.accounts.choices import Language
from portal.core.dates import BRUSSELS, NoSuchMoment, brussels_moment
from portal.core.forms import AmountField
from portal.core.sizes import show_size
from portal.files.kinds import as_accepted
from portal.files.models import StoredFile
from portal.organisations.choices import LegalForm
from portal.organisations.services import NewOrganisation
from reviews.forms import EmbeddedForm
from reviews.services import CorrectionInput
from reviews.services.corrections import END_OF_DAY

DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
TIMES = ["%H:%M:%S", "%H:%M", "%H.%M.%S", "%H.%M", "%Hh%M"]
LONGEST_WORDS = 2000
# The service asks for these where the portal does not know the organisation; its sentences stand beside the fields.
ASKED_OF_A_NEW_ORGANISATION = ("name", "legal_form", "street", "postcode", "city")


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A day, typed or picked."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "w-auto"})
    messages = {"invalid": _("Write a date, for example 31/12/2027."), "required": _("Write a date.")}
    return forms.DateField(label=label, input_formats=DAYS, widget=widget, error_messages=messages, **options)


def scan_field(label: Any, *, kinds: Any, allowed: Collection[str]) -> forms.FileField:
    """A scan, whose kinds and largest size are told beforehand; the view looks whether one was kept from before."""
    return forms.FileField(
        label=label,
        help_text=format_lazy("{} {}", kinds, lazy(_at_most, str)()),
        required=False,
        allow_empty_file=True,
        max_length=None,
        widget=forms.FileInput(attrs={"accept": as_accepted(allowed)}),
    )


def _at_most() -> str:
    return gettext("At most %(size)s.") % {"size": show_size(settings.MAX_ANNEX_BYTES, get_language() or "fr")}


class CorrectionForm(EmbeddedForm):
    """Which curable items are not in order, with words for each; which parts open; until which day."""

    use_required_attribute = False
    annexes = forms.MultipleChoiceField(label=_("Annexes"), required=False, widget=forms.CheckboxSelectMultiple)
    questions = forms.MultipleChoiceField(label=_("Questions"), required=False, widget=forms.CheckboxSelectMultiple)
    due_on = day_field(_("To be answered by the end of"), help_text=_("Ten calendar days is usual."))

    def __init__(
        self,
        *args: Any,
        items: Iterable[ScreeningItem],
        annexes: Iterable[AnnexRequirement],
        questions: Iterable[Question],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        self.parts = {f"annex-{row.pk}": row for row in annexes} | {f"question-{row.pk}": row for row in questions}
        for item in self.items:
            self.fields[f"ask_{item.code}"] = forms.BooleanField(label=item.code, required=False)
            self.fields[f"missing_{item.code}"] = forms.CharField(required=False, max_length=LONGEST_WORDS)
            self.fields[f"accepted_{item.code}"] = forms.CharField(required=False, max_length=LONGEST_WORDS)
        for name in ("annexes", "questions"):
            self.fields[name].is_optional = False
        self.fields["annexes"].choices = [
            (key, f"{row.code} – {row.title}") for key, row in self.parts.items() if isinstance(row, AnnexRequirement)
        ]
        self.fields["questions"].choices = [
            (key, row.label) for key, row in self.parts.items() if isinstance(row, Question)
        ]

    def rows(self) -> list[tuple[ScreeningItem, Any, Any, Any]]:
        """Each item beside its three fields, as the page draws them."""
        return [
            (item, self[f"ask_{item.code}"], self[f"missing_{item.code}"], self[f"accepted_{item.code}"])
            for item in self.items
        ]

    def points(self) -> list[CorrectionInput]:
        """The items that were chosen."""
        told = self.cleaned_data
        return [
            CorrectionInput(item, missing=told[f"missing_{item.code}"], accepted=told[f"accepted_{item.code}"])
            for item in self.items
            if told[f"ask_{item.code}"]
        ]

    def opened(self) -> list[AnnexRequirement | Question]:
        """The parts that were chosen."""
        return [self.parts[key] for key in (*self.cleaned_data["annexes"], *self.cleaned_data["questions"])]

    @property
    def due_at(self) -> datetime:
        """The end of the chosen day in Brussels."""
        return datetime.combine(self.cleaned_data["due_on"], END_OF_DAY, tzinfo=BRUSSELS)


class PaperForm(EmbeddedForm):
    """What an officer reads on a paper application. A scan that was sent once is kept while other fields are mended."""

    use_required_attribute = False
    # As the page asks them, and so as its summary of errors names them.
    field_order = (
        *("received_on", "received_time", "scan"),
        *("enterprise_number", "name", "legal_form", "street", "postcode", "city"),
        *("language", "title", "track", "lot", "amount", "place", "partner_name", "starts_on", "duration"),
    )
    enterprise_number = forms.CharField(
        label=_("Enterprise number"),
        help_text=_("When the portal knows the number, the fields about the organisation may stay empty."),
        max_length=40,
        error_messages={"required": _("Write the enterprise number of the organisation.")},
    )
    name = forms.CharField(label=_("Name of the organisation"), required=False, max_length=200)
    legal_form = forms.ChoiceField(label=_("Legal form"), required=False, choices=LegalForm)
    street = forms.CharField(label=_("Street and number"), required=False, max_length=200)
    postcode = forms.CharField(label=_("Postcode"), required=False, max_length=10)
    city = forms.CharField(label=_("Municipality"), required=False, max_length=100)
    title = forms.CharField(
        label=_("Title of the project"),
        max_length=200,
        error_messages={"required": _("Write the title of the project.")},
    )
    language = forms.ChoiceField(
        label=_("Language of the file"),
        choices=Language,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the language.")},
    )
    track = forms.ChoiceField(
        label=_("Track"), widget=forms.RadioSelect, error_messages={"required": _("Choose the track.")}
    )
    lot = forms.ChoiceField(label=_("Lot"), widget=forms.RadioSelect, error_messages={"required": _("Choose the lot.")})
    amount = AmountField(label=_("Amount asked for"), error_messages={"required": _("Write the amount asked for.")})
    place = forms.CharField(label=_("Place of the project"), required=False, max_length=200)
    partner_name = forms.CharField(label=_("Local partner"), required=False, max_length=200)
    starts_on = day_field(
        _("Start of the project"),
        required=False,
        help_text=_("If the paper says it: no grant can be awarded without the start and the length."),
    )
    duration = forms.IntegerField(
        label=_("Duration, in months"),
        required=False,
        min_value=1,
        max_value=600,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6, "class": "w-auto"}),
        error_messages={"invalid": _("Write a whole number of months.")},
    )
    received_on = day_field(_("Day of receipt"), help_text=_("As the stamp of the service says."))
    received_time = forms.TimeField(
        label=_("Time of receipt (Brussels)"),
        help_text=_("With seconds where they matter, for example 11:59:30."),
        input_formats=TIMES,
        widget=forms.TextInput(attrs={"size": 10, "class": "w-auto", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Write a time, for example 11:59 or 11:59:30."),
            "required": _("Write the time of receipt."),
        },
    )
    scan = scan_field(_("Scan of the whole application"), kinds=_("One file: PDF, JPEG or PNG."), allowed=SCAN_KINDS)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        self.tracks = {row.code: row for row in call.tracks.all()}
        self.lots = {row.code: row for row in call.lots.all()}
        self.fields["track"].choices = [(code, str(row)) for code, row in self.tracks.items()]
        self.fields["lot"].choices = [(code, str(row)) for code, row in self.lots.items()]
        self.fields["legal_form"].initial = LegalForm.ASBL
        for name in ("scan", *ASKED_OF_A_NEW_ORGANISATION):
            self.fields[name].is_optional = False
        if not self.lots:
            del self.fields["lot"]

    def clean(self) -> dict[str, Any]:
        """Day and time make one moment in Brussels."""
        told: dict[str, Any] = super().clean() or {}
        day, clock = told.get("received_on"), told.get("received_time")
        if isinstance(day, date) and isinstance(clock, time):
            try:
                told["received_at"] = brussels_moment(datetime.combine(day, clock))
            except NoSuchMoment as trouble:
                self.add_error("received_time", str(trouble))
        return told

    def organisation(self) -> NewOrganisation:
        """The organisation as it was typed."""
        names = ("name", "enterprise_number", "street", "postcode", "city", "legal_form")
        return NewOrganisation(**{name: self.cleaned_data[name] for name in names})

    def paper(self, scan: StoredFile, scan_name: str) -> PaperApplication:
        """The application as it was typed, with its scan; of a valid form."""
        told = self.cleaned_data
        same = ("title", "language", "amount", "received_at", "place", "partner_name", "starts_on", "duration")
        return PaperApplication(
            track=self.tracks[told["track"]],
            lot=self.lots.get(told.get("lot", "")),
            scan=scan,
            scan_name=scan_name,
            **{name: told[name] for name in same},
        )


class PeriodForm(EmbeddedForm):
    """Start and length of a project on paper, and where its scan tells them."""

    use_required_attribute = False
    starts_on = day_field(_("Start of the project"))
    duration = forms.IntegerField(
        label=_("Duration, in months"),
        min_value=1,
        max_value=600,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6, "class": "w-auto"}),
        error_messages={
            "invalid": _("Write a whole number of months."),
            "required": _("Write a whole number of months."),
        },
    )
    source = forms.CharField(
        label=_("Where the paper says so"),
        help_text=_("For example: page 3, under Calendar."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write where the paper says so.")},
    )


def sign_scan(scan: StoredFile, name: str) -> str:
    """What a page carries of a scan that is already stored; nobody can put another file's name in its place."""
    return signing.dumps({"pk": scan.pk, "name": name}, salt="paper")


def read_scan(kept: str) -> tuple[StoredFile | None, str]:
    """The scan that the page carries; nothing when it carries none, or an old or foreign one."""
    try:
        told = signing.loads(kept, salt="paper", max_age=24 * 3600)
    except signing.BadSignature:
        return None, ""
    return StoredFile.objects.filter(pk=told["pk"]).first(), told["name"]


class SendingForm(EmbeddedForm):
    """How and when a letter went."""

    use_required_attribute = False
    channel = forms.ChoiceField(
        label=_("How was it sent?"),
        choices=SendingChannel,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the letter was sent.")},
    )
    sent_on = day_field(_("Day of sending"))
    number = forms.CharField(
        label=_("Number of the registered letter"),
        help_text=_("Only for registered post."),
        required=False,
        max_length=60,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The service asks for it where the channel calls for it.
        self.fields["number"].is_optional = False
