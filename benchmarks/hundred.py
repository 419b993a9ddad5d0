"""One call under assessment whose hundred files are reviewed: what a board ranks, and a batch of letters decides."""

from benchmarks.copying import copy_row, run
from calls.models import Call, Envelope
from reviews.choices import AssignmentState
from reviews.models import Assignment, Score
from tests import factories

FILES = 100
CEILING = 50_000_000
_NEW = "(select id, number from applications_application where call_id = {call} and number > 2) a"


def make_a_list_of_a_hundred(reference: str) -> Call:
    """Ninety-nine files above the pass mark that the envelope can pay, and one below it."""
    call = factories.closed_call(reference)
    first, _rejected = factories.reviewed(call, "D-001", "D-004")
    Envelope.objects.filter(call=call).update(ceiling=CEILING)
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
    for assignment in first.assignments.all():
        _copy_review(assignment, new, call)
    return call


def _copy_review(assignment: Assignment, new: str, call: Call) -> None:
    """Scores are only written in an open review: each is opened, scored and locked."""
    version = "(select v.id from applications_version v where v.application_id = a.id)"
    opened = {"application_id": "a.id", "version_id": version, "state": f"'{AssignmentState.IN_PROGRESS}'"}
    copy_row(assignment, over=new, changed=opened)
    fresh = Assignment.objects.filter(
        application__call=call, reviewer=assignment.reviewer, state=AssignmentState.IN_PROGRESS
    )
    ids = ", ".join(str(pk) for pk in fresh.values_list("pk", flat=True))
    for score in Score.objects.filter(assignment=assignment):
        copy_row(
            score, over=f"(select id from reviews_assignment where id in ({ids})) r", changed={"assignment_id": "r.id"}
        )
    run(f"update reviews_assignment set state = '{AssignmentState.LOCKED}' where id in ({ids})")
