import pytest
from rapport.surveys.bank.starters import starter
from rapport.surveys.models import Survey
pytestmark = pytest.mark.django_db(transaction=True)
OUT="/tmp/shots/"
def test_shots(riverside, mona, open_page, axe):
    import os; os.makedirs(OUT, exist_ok=True)
    s = Survey.objects.begin(starter("needs").questionnaire("en"), by=mona, branch=riverside, purpose={"en":"By June we decide what the library does more of, and what less."})
    k = s.pk
    pages = {"list":"/desk/surveys/","new":"/desk/surveys/new/","over":f"/desk/surveys/{k}/","q":f"/desk/surveys/{k}/questions/","edit":f"/desk/surveys/{k}/questions/needs/","grid":f"/desk/surveys/{k}/questions/services/","words":f"/desk/surveys/{k}/words/ar/","langs":f"/desk/surveys/{k}/words/","set":f"/desk/surveys/{k}/settings/","bank":f"/desk/question-bank/?survey={k}"}
    bad = []
    for width, theme, lang in [(1280,"light","en"),(390,"dark","ar"),(320,"light","es")]:
        for name, path in pages.items():
            page = open_page(path, width=width, theme=theme, lang=lang, person=mona)
            page.screenshot(path=f"{OUT}{name}-{width}.png", full_page=True)
            w = page.evaluate("document.documentElement.scrollWidth")
            if w > width: bad.append(f"{path} {width}: {w}")
            bad += axe(page)
    print("\n".join(bad)); assert not bad
