"""Every kind of page that a person may open, and who opens it. What stands on the page is made in every_step.py."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import translation

from tests.look.every_step import Facts


@dataclass(frozen=True)
class Page:
    """One page: its name in the report, who opens it (nobody: a visitor), and its address.

    With `presses` that button is pressed as soon as the page is there: a form is sent as it stands, and refused.
    """

    name: str
    person: str
    view: str
    arguments: tuple[str, ...] = ()
    query: str = ""
    status: int = 200
    presses: str = ""

    def address(self, facts: Facts, language: str) -> str:
        """Words that are no fact stand for themselves: the reference of a call, the code of a section."""
        with translation.override(language):
            address = reverse(self.view, args=[facts.get(word, word) for word in self.arguments])
        return f"{address}{self.query}"


@dataclass(frozen=True)
class Broken(Page):
    """A page that is made without a request when something went wrong: the template that the portal would send."""

    template: str = ""

    def address(self, facts: Facts, language: str) -> str:
        """No address of the portal's own: the test answers it with the template."""
        return f"/{language}/{self.template}"


SEND = "main form .btn-primary"

_VISITOR = [
    Page("home", "", "calls:home"),
    Page("open calls", "", "calls:open"),
    Page("call", "", "calls:call", ("OPEN",)),
    Page("corrected call", "", "calls:call", ("CORRECTED",)),
    Page("cancelled call", "", "calls:call", ("CANCELLED",)),
    Page("partner territories", "", "calls:territories"),
    Page("sign in", "", "account_login"),
    Page("password reset", "", "account_reset_password"),
    Page("password reset sent", "", "account_reset_password_done"),
    Page("choose a new password", "", "account_reset_password_from_key", ("account", "key")),
    Page("password reset with an old link", "", "account_reset_password_from_key", ("1", "set-password")),
    Page("password changed", "", "account_reset_password_from_key_done"),
    Page("account that is closed", "", "account_inactive"),
    Page("refused sign in", "", "account_login", presses=SEND),
    Page("enter a code", "", "documents:enter_code"),
    Page("verify", "", "documents:verify", ("code",)),
    Page("verify unknown", "", "documents:verify", ("ABCDEFGHJK",), status=404),
    Page("accessibility", "", "core:accessibility"),
    Page("privacy", "", "core:privacy"),
    Page("contact", "", "core:contact"),
    Page("not found", "", "calls:call", ("NOWHERE",), status=404),
]
_APPLICANT = [
    Page("dashboard of an applicant", "amina", "dashboard:home"),
    Page("own applications", "amina", "applications:mine"),
    Page("start", "chloe", "applications:start", ("OPEN",)),
    Page("task list with gaps", "sam", "applications:task_list", ("empty",)),
    Page("task list complete", "amina", "applications:task_list", ("full",)),
    Page("project", "amina", "applications:project", ("full",)),
    Page("project empty", "sam", "applications:project", ("empty",)),
    Page("section", "amina", "applications:section", ("full", "S2")),
    Page("budget", "amina", "applications:budget", ("full",)),
    Page("budget empty", "sam", "applications:budget", ("empty",)),
    Page("annexes", "amina", "applications:annexes", ("full",)),
    Page("annexes empty", "sam", "applications:annexes", ("empty",)),
    Page("submit", "amina", "applications:submit", ("full",)),
    Page("submit with gaps", "sam", "applications:submit", ("empty",)),
    Page("submit by a writer", "bruno", "applications:submit", ("full",)),
    Page("submitted", "didier", "applications:submitted", ("sent",)),
    Page("after submission", "didier", "applications:task_list", ("sent",)),
    Page("read", "didier", "applications:read", ("sent",)),
    Page("told of an award", "amina", "applications:task_list", ("awarded",)),
    Page("told of a refusal", "didier", "applications:task_list", ("refused",)),
    Page("told of a rejection", "didier", "applications:task_list", ("rejected",)),
    Page("asked to correct", "amina", "applications:task_list", ("waiting",)),
    Page("annex opened by a correction", "amina", "applications:annexes", ("waiting",)),
    Page("send a correction with gaps", "amina", "applications:correct", ("waiting",)),
    Page("withdraw", "didier", "applications:withdraw", ("sent",)),
    Page("withdrawn", "didier", "applications:task_list", ("withdrawn",)),
    Page("own password", "amina", "account_change_password"),
    Page("sign out", "amina", "account_logout"),
    Page("sign in once more", "amina", "account_reauthenticate"),
    Page(
        "refused withdrawal", "didier", "applications:withdraw", ("sent",), presses="main form .btn-danger", status=422
    ),
    Page("not allowed", "amina", "reviews:work_list", status=403),
]
_OFFICER = [
    Page("dashboard of an officer", "olga", "dashboard:home"),
    Page("calls of the desk", "olga", "calls:desk_list"),
    Page("draft call", "olga", "calls:desk_call", ("DRAFT",)),
    Page("open call at the desk", "olga", "calls:desk_call", ("OPEN",)),
    Page("propose", "olga", "calls:propose", ("DRAFT",)),
    Page("open the assessment", "olga", "calls:open_assessment", ("SEALED",)),
    Page("corrected call at the desk", "olga", "calls:desk_call", ("CORRECTED",)),
    Page("choose a text", "olga", "calls:propose_corrigendum", ("OPEN",)),
    Page("correct a text", "olga", "calls:propose_corrigendum", ("OPEN",), query="?text=call:OPEN:title"),
    Page("archive too early", "olga", "calls:archive", ("OVER",)),
    Page("work list", "olga", "reviews:work_list"),
    Page("file to take", "olga", "reviews:file", ("new",)),
    Page("work list of a desk", "olga", "reviews:work_list", query="?whose=desk"),
    Page("give a file", "olga", "reviews:assign_file", ("taken",)),
    Page("file in screening", "olga", "reviews:file", ("taken",)),
    Page("file admitted", "olga", "reviews:file", ("admitted",)),
    Page("application of a file", "olga", "reviews:file_application", ("taken",)),
    Page("address of a form", "olga", "reviews:screen", ("taken",), status=405),
    Page("reviews of a file", "olga", "reviews:file_reviews", ("judged",)),
    Page("reviewers to assign", "olga", "reviews:file_reviews", ("gate_file",)),
    Page("reviewers with a possible tie", "olga", "reviews:file_reviews", ("taken",)),
    Page("history of a file", "olga", "reviews:file_history", ("judged",)),
    Page("ask for a correction", "olga", "reviews:ask_correction", ("taken",)),
    Page("file under correction", "olga", "reviews:file", ("waiting",)),
    Page("file corrected", "olga", "reviews:file_application", ("corrected",)),
    Page("file withdrawn", "olga", "reviews:file", ("withdrawn",)),
    Page("calls for paper", "olga", "reviews:paper_calls"),
    Page("enter on paper", "olga", "reviews:paper", ("OPEN",)),
    Page("refused paper application", "olga", "reviews:paper", ("OPEN",), presses=SEND, status=422),
    Page("letters to post", "olga", "reviews:post_list"),
    Page("record a sending", "olga", "reviews:record_sending", ("to_post",)),
    Page("period of a paper file", "olga", "reviews:record_period", ("on_paper",)),
    Page("paper file without its period", "olga", "reviews:file_application", ("on_paper",)),
    Page("proposals", "olga", "reviews:boards"),
    Page("live board", "olga", "reviews:board", ("LIVE",)),
    Page("board not ready", "olga", "reviews:board", ("DESK",)),
    Page("file with an answer no", "olga", "reviews:file", ("failed",)),
    Page("refuse a file", "olga", "reviews:refuse", ("failed",)),
    Page("file with a proposed refusal", "olga", "reviews:file", ("proposed",)),
    Page("file refused", "olga", "reviews:file", ("refused",)),
    Page("recuse a reviewer", "olga", "reviews:recuse", ("locked",)),
    Page("unlock a review", "olga", "reviews:unlock", ("locked",)),
    Page("open a reviewed file", "olga", "reviews:reopen", ("judged",)),
    Page("choices of a list", "olga", "reviews:freeze", ("LIVE",)),
    Page("live board with its line moved", "olga", "reviews:board", ("MONEY",), query="?cut=1"),
    Page("line that cannot stand there", "helene", "reviews:board", ("MONEY",), query="?cut=999"),
    Page("choices kept as a draft", "olga", "reviews:freeze", ("DRAFTED",)),
    Page("choices with a reserve", "olga", "reviews:freeze", ("MONEY",)),
    Page("lift from the reserve", "olga", "reviews:promote", ("reserve",)),
    Page("mail log", "olga", "mail:log"),
    Page("one mail", "olga", "mail:mail", ("mail",)),
    Page("register", "olga", "documents:register"),
    Page("register without a match", "olga", "documents:register", query="?number=nothing"),
]
_REVIEWER = [
    Page("dashboard of a reviewer", "rachid", "dashboard:home"),
    Page("own reviews", "rachid", "reviews:my_reviews"),
    Page("declaration", "rachid", "reviews:gate", ("gate",)),
    Page("declaration in doubt", "sofie", "reviews:gate", ("doubt",)),
    Page("review before the admission", "rachid", "reviews:review", ("early",)),
    Page("review begun", "sofie", "reviews:review", ("begun",)),
    Page("review scored", "rachid", "reviews:review", ("scored",)),
    Page("lock with gaps", "sofie", "reviews:lock", ("begun",)),
    Page("lock", "rachid", "reviews:lock", ("scored",)),
    Page("review to confirm", "rachid", "reviews:confirm", ("stale",)),
    Page("review locked", "rachid", "reviews:review", ("locked",)),
]
_HEAD = [
    Page("dashboard of the head", "helene", "dashboard:home"),
    Page("publish", "helene", "calls:publish", ("PROPOSED",)),
    Page("corrigendum to issue", "helene", "calls:corrigendum", ("CORRECTED", "corrigendum")),
    Page("extend the deadline", "helene", "calls:extend_deadline", ("OPEN",)),
    Page("cancel a call", "helene", "calls:cancel", ("OPEN",)),
    Page("return a call", "helene", "calls:return", ("PROPOSED",)),
    Page("doubt to settle", "helene", "reviews:settle_doubt", ("doubt",)),
    Page("refusal to decide", "helene", "reviews:refusal", ("proposed",)),
    Page("return a refusal", "helene", "reviews:return_refusal", ("proposed",)),
    Page("board with a reserve", "helene", "reviews:board", ("RESERVE",)),
    Page("frozen board", "helene", "reviews:board", ("FROZEN",)),
    Page("approve", "helene", "reviews:approve", ("FROZEN",)),
    Page("return a list", "helene", "reviews:return", ("FROZEN",)),
    Page("refused return", "helene", "reviews:return", ("FROZEN",), presses=SEND, status=422),
    Page("promotion", "helene", "reviews:board", ("RESERVE", "2")),
    Page("approve a promotion", "helene", "reviews:approve", ("RESERVE", "2")),
    Page("return a promotion", "helene", "reviews:return", ("RESERVE", "2")),
    Page("not yet possible", "helene", "reviews:notify", ("FROZEN",), status=409),
    Page("letters being made", "helene", "reviews:board", ("SEALING",)),
    Page("notify", "helene", "reviews:notify", ("LETTERS",)),
    Page("approved list that passes outside", "helene", "reviews:board", ("APPROVED",)),
    Page("transmit a list", "helene", "reviews:transmit", ("APPROVED",)),
    Page("transmitted board", "pieter", "reviews:board", ("OUTSIDE",)),
    Page("record an external step", "pieter", "reviews:record_step", ("OUTSIDE",)),
    Page("refused answer of an external step", "pieter", "reviews:record_step", ("OUTSIDE",), presses=SEND, status=422),
    Page("board returned by an external step", "olga", "reviews:board", ("REFUSED",)),
    Page("notified board", "helene", "reviews:board", ("TOLD",)),
]
_OTHERS = [
    Page("dashboard of the auditor", "axel", "dashboard:home"),
    Page("event chain", "axel", "audit:chain"),
    Page("event chain checked", "axel", "audit:chain", query="?check=yes"),
    Page("register of the auditor", "axel", "documents:register"),
    Page("people", "adam", "people"),
    Page("jobs", "adam", "jobs"),
    Page("dashboard of the administrator", "adam", "dashboard:home"),
]
BROKEN = [
    Broken("unreadable request", "", "", template="400.html", status=400),
    Broken("form too old", "", "", template="403_csrf.html", status=403),
    Broken("too many attempts", "", "", template="429.html", status=429),
    Broken("portal failed", "", "", template="500.html", status=500),
    Broken("portal away", "", "", template="503.html", status=503),
]
PAGES = [*_VISITOR, *_APPLICANT, *_OFFICER, *_REVIEWER, *_HEAD, *_OTHERS, *BROKEN]
# Addresses that answer with no page of their own.
NO_PAGE = {
    "health": "a line of text for machines",
    "verify_short": "leads to the verification page",
    "applications:annex_download": "a file",
    "reviews:file_annex": "a file",
    "reviews:step_scan": "a file",
    "documents:download": "a file",
    "documents:bundle": "a file",
    "reviews:letters": "a piece of the board",
}
