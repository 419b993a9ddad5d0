"""One world for the access matrix: files at every step of one unit, a second unit, a stranger, a declared conflict."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications.models import Application
from calls.models import Call
from calls.services import propose_corrigendum
from portal.accounts.choices import Role
from portal.accounts.models import Appointment, Unit, User
from portal.demo.people import PASSWORD
from portal.documents.models import Document
from portal.mail.models import OutgoingMail
from reviews.models import Assignment, Proposal
from reviews.services import assign_reviewer, declare_conflict
from tests import factories
from tests.reviews import chains, doors
from tests.sealing import seal
from tests.sessions import begin_session

CANARY = "Canari-Zg7"
ROLES = {
    "visitor": None,
    "member": "bruno",
    "owner": "amina",
    "stranger": "chloe",
    "officer": "olga",
    "elsewhere": "nils",
    "reviewer": "rachid",
    "conflicted": "sofie",
    "head": "helene",
    "auditor": "axel",
    "expired": "ewa",
    "admin": "adam",
}


@dataclass
class World:
    """Page name to the address of one object that has a state for it."""

    addresses: dict[str, str]
    sessions: dict[str, str] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """A new browser with the one session of the person with this role; whoever signs out there is rolled back."""
        client, name = Client(), ROLES[role]
        if name:
            if role not in self.sessions:
                self.sessions[role] = begin_session(factories.person(name))
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        return client


def build() -> World:
    """Calls in draft, open, under assessment and frozen; people of two units."""
    draft_call = factories.draft_call("DRAFT-1")
    draft = _with_canary(factories.full_draft(factories.open_call("OPEN-1")))
    submitted = _with_canary(factories.full_draft(factories.open_call("SENT-1")))
    factories.files.hand_in(submitted, at=timezone.now())
    (case,) = factories.admitted(factories.closed_call("CASE-1"), "D-001")
    Application.objects.filter(pk=case.pk).update(title=CANARY)
    review, _conflict = _reviews(case)
    frozen = factories.frozen(factories.closed_call("LIST-1"), "D-001")
    outside = chains.transmitted(factories.closed_call("OUT-1"), "D-001")
    chains.record(outside)
    door = doors.at_the_door(factories.closed_call("DOOR-1"), "E4")
    Application.objects.filter(pk=door.pk).update(title=CANARY)
    doors.proposed(door)
    seal(Document.objects.get(about=case.audit_name).pk)
    _people_elsewhere()
    named = {
        "call": draft_call,
        "draft": draft,
        "submitted": submitted,
        "case": case,
        "door": door,
        "review": review,
        "ranked": frozen.call,
        "outside": outside,
    }
    return World(addresses(**named))


def _people_elsewhere() -> None:
    unit = Unit.objects.create(code="elsewhere", name_fr="Ailleurs", name_nl="Elders", phone="0", email="x@example.org")
    today = timezone.localdate()
    nils = User.objects.create_user("nils@example.org", PASSWORD, name="Nils Voorbeeld")
    Appointment.objects.create(user=nils, role=Role.OFFICER, unit=unit, starts_on=today)
    Appointment.objects.create(user=nils, role=Role.UNIT_HEAD, unit=unit, starts_on=today)
    ewa = User.objects.create_user("ewa@example.org", PASSWORD, name="Ewa Exemple")
    now = timezone.now()
    ewa.mandates.create(
        granted_by=factories.person("helene"), starts_at=now - timedelta(days=9), ends_at=now - timedelta(days=1)
    )


def _with_canary(application: Application) -> Application:
    application.title = CANARY
    application.save(update_fields=["title"])
    application.answers.filter(question__code="Q5").update(text=CANARY)
    return factories.fetch(application)


def _reviews(case: Application) -> tuple[Assignment, Assignment]:
    made = []
    for name, answer in (("rachid", "none"), ("sofie", "financial")):
        person = factories.person(name)
        assignment = assign_reviewer(application_id=case.pk, reviewer_id=person.pk, by=factories.person("olga"))
        made.append(declare_conflict(assignment_id=assignment.pk, by=person, answer=answer))
    return made[0], made[1]


def addresses(
    *,
    call: Call,
    draft: Application,
    submitted: Application,
    case: Application,
    door: Application,
    review: Assignment,
    ranked: Call,
    outside: Proposal,
) -> dict[str, str]:
    """Every page name with the address at which it is tried; a page that is not here fails the matrix."""
    receipt = Document.objects.get(about=case.audit_name)
    mail = OutgoingMail.objects.filter(about=case.audit_name).first()
    annex = draft.annexes.all()[0]
    sha256 = case.versions.get().files.all()[0].sha256
    arguments = {
        "verify_short": [receipt.code],
        "calls:call": [draft.call.reference],
        **{f"calls:{page}": [call.reference] for page in ("desk_call", "propose", "return", "publish")},
        **{f"calls:{page}": [draft.call.reference] for page in PUBLISHED_CALL_PAGES},
        **{f"calls:{page}": [draft.call.reference, _proposed_corrigendum(draft.call)] for page in CORRIGENDUM_PAGES},
        "account_reset_password_from_key": ["1", "set-password"],
        "applications:start": [draft.call.reference],
        **{f"applications:{page}": [draft.reference] for page in DRAFT_PAGES},
        "applications:section": [draft.reference, "S1"],
        "applications:answer": [draft.reference, "Q5"],
        "applications:annex_download": [draft.reference, annex.pk],
        "applications:annex_remove": [draft.reference, annex.pk],
        "applications:submitted": [submitted.reference],
        **{f"reviews:{page}": [case.reference] for page in CASE_PAGES},
        **{f"reviews:{page}": [door.reference] for page in DOOR_PAGES},
        "reviews:file_annex": [case.reference, sha256],
        **{f"reviews:{page}": [review.pk] for page in REVIEW_PAGES},
        **{f"reviews:{page}": [ranked.reference] for page in LIST_PAGES},
        "reviews:transmit": [outside.call.reference],
        "reviews:record_step": [outside.call.reference],
        "reviews:step_scan": [outside.call.reference, outside.number, 1],
        "reviews:paper": [call.reference],
        "reviews:record_sending": [receipt.code],
        "documents:verify": [receipt.code],
        "documents:download": [receipt.code],
        "documents:retry": [receipt.code],
        "mail:mail": [mail.pk],
    }
    return {name: reverse(name, args=arguments.get(name, [])) for name in [*arguments, *PLAIN_PAGES]}


def _proposed_corrigendum(call: Call) -> int:
    words = {f"call:{call.reference}:summary": {"fr": "Autre résumé.", "nl": "Andere samenvatting."}}
    reason = {"fr": "Une erreur.", "nl": "Een fout."}
    officer = factories.person("olga")
    return propose_corrigendum(call_id=call.pk, by=officer, reason=reason, changes=words).pk


PUBLISHED_CALL_PAGES = ("open_assessment", "cancel", "archive", "extend_deadline", "propose_corrigendum")
CORRIGENDUM_PAGES = ("corrigendum", "discard")
REVIEW_PAGES = ("review", "gate", "lock", "confirm", "settle_doubt", "recuse", "unlock")
DRAFT_PAGES = ("task_list", "project", "budget", "annexes", "submit", "read", "correct", "withdraw")
CASE_PAGES = (
    *("file", "file_application", "file_reviews", "file_history", "take", "screen", "admit", "assign"),
    *("ask_correction", "reopen", "complete", "promote", "assign_file", "record_period"),
)
DOOR_PAGES = ("refuse", "refusal", "return_refusal")
LIST_PAGES = ("board", "freeze", "return", "approve", "letters", "notify", "close")
PLAIN_PAGES = (
    *("health", "calls:home", "calls:open", "calls:desk_list", "dashboard:home", "applications:mine", "people", "jobs"),
    *("account_login", "account_logout", "account_stay", "account_inactive"),
    *("account_reauthenticate", "account_change_password"),
    *("account_reset_password", "account_reset_password_done", "account_reset_password_from_key_done"),
    *("reviews:work_list", "reviews:paper_calls", "reviews:post_list", "reviews:my_reviews", "reviews:boards"),
    *("documents:enter_code", "documents:register", "documents:bundle", "calls:territories"),
    *("mail:log", "audit:chain", "core:accessibility", "core:privacy", "core:contact"),
)
