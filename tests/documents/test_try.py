import pytest
from playwright.sync_api import sync_playwright
from tests import factories
from tests.documents import letters
from portal.documents.services import release_documents
from django.utils import timezone
from tests.cast import Person
def test_shots(live_server, sealed, transactional_db, settings):
    settings.ALLOWED_HOSTS=['*']; settings.CSRF_TRUSTED_ORIGINS=[live_server.url]
    settings.STORAGES={**settings.STORAGES,"staticfiles":{"BACKEND":"django.contrib.staticfiles.storage.StaticFilesStorage"}}; settings.DEMO=True
    call=factories.closed_call(); factories.unsealed(call)
    c={"reference": call.reference, "title": "x"}
    a=sealed(call=c, number="CALL-1-D-001-R1")
    b=sealed("reviews.rejection","fr",call=c, number="CALL-1-2027-0004"); n=sealed("reviews.award","nl",call=c, number="CALL-1-2027-0009", replaces=b)
    release_documents([b.pk,n.pk],at=timezone.now())
    axel=Person.signed_in("axel")
    from portal.files.storage import path_of
    from pathlib import Path
    (Path('/tmp/docs-work/out/check.pdf')).write_bytes(path_of(a.file.sha256).read_bytes())
    import os; os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]="1"
    with sync_playwright() as p:
        br=p.chromium.launch(executable_path=os.environ.get('CHROME','/usr/bin/chromium'),args=['--no-sandbox'])
        ctx=br.new_context(bypass_csp=True,viewport={'width':1280,'height':900}); pg=ctx.new_page()
        from axe_playwright_python.sync_playwright import Axe
        def shot(url,name,full=True): pg.goto(live_server.url+url); pg.screenshot(path=f'/tmp/docs-work/out/page-{name}.png',full_page=full); print('AXE',name,[(v['id'],[n['target'] for n in v['nodes']]) for v in Axe().run(pg).response['violations']])
        shot(f'/nl/verify/{a.code}/','verify-nl'); 
        pg.set_input_files('input[type=file]','/tmp/docs-work/out/check.pdf'); pg.click('form[method=post] button'); pg.screenshot(path='/tmp/docs-work/out/page-same.png',full_page=True)
        pg.set_input_files('input[type=file]','/tmp/docs-work/out/first.html' if 0 else '/tmp/docs-work/po.py'); pg.click('form[method=post] button'); pg.screenshot(path='/tmp/docs-work/out/page-other.png',full_page=True)
        shot(f'/fr/verify/{b.code}/','replaced-fr'); shot('/fr/verify/AAAA-AAAA-AA/','unknown-fr'); shot('/fr/verify/','enter-fr')
        ctx.add_cookies([{'name':settings.SESSION_COOKIE_NAME,'value':axel.cookies[settings.SESSION_COOKIE_NAME].value,'url':live_server.url}])
        shot('/fr/documents/','register-fr'); pg.set_viewport_size({'width':390,'height':800}); shot('/nl/documents/','register-nl-390'); shot(f'/nl/verify/{b.code}/','verify-390')
        br.close()
