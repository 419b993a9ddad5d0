"""One call under assessment whose hundred files are reviewed: what a board ranks, and a batch of letters decides."""

from datetime import timedelta

from benchmarks.copying import copy_row, run
from calls.models import Call, Envelope
from portal.demo import calls
from reviews.choices import AssignmentState
from reviews.models import Assignment, Score
from tests import factories

FILES = 100
CEILING = 50_000_000
VARIED = 3
# Of the 125 ways to score three criteria from 3 to 5 the first file has the 63rd: the copies begin after it.
PAST_THE_FIRST = 61
_NEW = "(select id, number from applications_application where call_id = {call} and number > 2) a"


def make_a_list_of_a_hundred(reference: str) -> Call:
    """Ninety-nine files above the pass mark that the envelope can pay, and one below it; all of two organisations."""
    draft = factories.draft_call(reference, closes_in=-timedelta(hours=1))
    Envelope.objects.filter(call=draft).update(ceiling=CEILING)
    Call.objects.filter(pk=draft.pk).update(grants_maximum=FILES)
    call = calls.publish(factories.fetch(draft))
    first, _rejected = factories.reviewed(call, "D-001", "D-004")
    new = _NEW.format(call=call.pk)
    copy_row(
        first,
        over=f"generate_series(3, {FILES}) g",
        changed={
            "public_id": "gen_random_uuid()",
            "number": "g",
            "ordinal": "g",
            "reference": f"'{reference}-D-' || lpad(g::text, 3, '0')",
        },
    )
    version = first.versions.get()
    copy_row(version, over=new, changed={"application_id": "a.id", "key": "gen_random_uuid()"})
    run(
        "insert into applications_application_goals (application_id, goal_id) select a.id, g.goal_id "
        f"from applications_application_goals g cross join {new} where g.application_id = %s",
        first.pk,
    )
    for turn, assignment in enumerate(first.assignments.order_by("pk")):
        _copy_review(assignment, new, call, is_varied=turn == 0)
    return call


def _copy_review(assignment: Assignment, new: str, call: Call, *, is_varied: bool) -> None:
    """Scores are only written in an open review: each is opened, scored and locked.

    The varied review gives every file its own scores on the first three criteria, so that no two files are tied.
    """
    version = "(select v.id from applications_version v where v.application_id = a.id)"
    opened = {"application_id": "a.id", "version_id": version, "state": f"'{AssignmentState.IN_PROGRESS}'"}
    copy_row(assignment, over=new, changed=opened)
    fresh = (
        f"(select r.id, f.number from reviews_assignment r join applications_application f on f.id = r.application_id "
        f"where f.call_id = {call.pk} and r.state = '{AssignmentState.IN_PROGRESS}') r"
    )
    for place, score in enumerate(Score.objects.filter(assignment=assignment)):
        changed = {"assignment_id": "r.id"}
        if is_varied and place < VARIED:
            changed["score"] = f"3 + 0.5 * (((r.number + {PAST_THE_FIRST}) / {5**place}) %% 5)"
        copy_row(score, over=fresh, changed=changed)
    run(f"update reviews_assignment set state = '{AssignmentState.LOCKED}' where id in (select id from {fresh})")
