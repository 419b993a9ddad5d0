import pytest
from tests import factories
from tests.reviews.pages import page
from django.test.utils import CaptureQueriesContext
from django.db import connection

pytestmark = pytest.mark.django_db

def show(person, name, *args, code=200):
    with CaptureQueriesContext(connection) as q:
        r = person.get(page(name, *args))
    print(name, args, r.status_code, len(q))
    if len(q) > 12:
        for x in q.captured_queries: print("   ", x["sql"][:150])
    assert r.status_code == code, r.content.decode()[:3000]
    return r

def test_all(closed_call, olga, helene, rachid, axel):
    fs = factories.unsealed(closed_call, "D-001", "D-003")
    a = fs[0]
    for p in (olga, helene, axel):
        for n in ("work_list", "boards"):
            show(p, n)
        for n in ("file", "file_application", "file_reviews", "file_history"):
            show(p, n, a.reference)
        show(p, "board", closed_call.reference)
    from reviews import services
    services.take_in_screening(application_id=a.pk, by=olga.user)
    show(olga, "file", a.reference)

def test_more(closed_call, olga, helene, rachid, axel, sofie):
    fs = factories.reviewed(closed_call, "D-001", "D-004")
    for p in (olga, helene, axel):
        show(p, "work_list")
        show(p, "file", fs[0].reference)
        show(p, "file_reviews", fs[0].reference)
        show(p, "file_history", fs[0].reference)
        show(p, "board", closed_call.reference)
    show(rachid, "my_reviews")
    show(rachid, "review", fs[0].assignments.get(reviewer=rachid.user).pk)

def test_frozen(closed_call, olga, helene, axel):
    p = factories.frozen(closed_call, "D-001", "D-004")
    for x in (olga, helene, axel):
        show(x, "board", closed_call.reference)
    for n in ("approve", "return"):
        show(helene, n, closed_call.reference)
    r = helene.post(page("approve", closed_call.reference), {"sha256": p.sha256})
    assert r.status_code == 302
    for x in (olga, helene, axel):
        show(x, "board", closed_call.reference)
    show(helene, "letters", closed_call.reference)
    show(helene, "notify", closed_call.reference)
