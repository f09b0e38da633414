"""One loop on real comments, through the real pages: from the file to "you said, we did", and the seconds of each step.

    python bench/first_loop.py [FOLDER_TO_KEEP]

Reads data/comments_nhs/comments_4000.csv in the folder RAPPORT_SHARED, or in ../shared beside the repository; left out
where there is none. Exits 1 where a page refuses what a person would enter. Named a folder, it leaves the house there.
"""

import os
import shutil
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from _ground import ROOT, branches, fresh_house

SHARED = Path(os.environ.get("RAPPORT_SHARED", ROOT.parent / "shared"))
COMMENTS = SHARED / "data/comments_nhs/comments_4000.csv"
REACHED = 8  # of the voices of the need, this many leave an address (more in a minute would be held off)


def main() -> int:
    if not COMMENTS.exists():
        print("bench first_loop: left out, because there is no comments_4000.csv. Set RAPPORT_SHARED to its folder.")
        return 0
    fresh_house()
    branches()
    staff = _staff()
    _timed("import 4,000 comments", lambda: _bring_in(COMMENTS))
    proposal = _timed("propose themes", lambda: _propose(staff))
    themes = _timed("confirm three themes", lambda: _confirm(staff, proposal))
    _leave_addresses(themes[0])
    need = _timed("make a need", lambda: _take_up(staff, themes))
    _timed("ask, decide, say how they influenced it", lambda: _decide(staff, need))
    program = _timed("pilot with two sessions, counted, adopted", lambda: _try_out(staff, need))
    _timed("report back and tell everyone", lambda: _report(staff, need))
    _tell(proposal, themes, need, program)
    if len(sys.argv) > 1:
        shutil.copytree(os.environ["RAPPORT_DATA"], sys.argv[1], dirs_exist_ok=True)
    return 0


def _timed(what: str, do: Callable[[], Any]) -> Any:
    start = time.perf_counter()
    result = do()
    _work()
    print(f"{what:44}{time.perf_counter() - start:7.1f} s")
    return result


def _work() -> None:
    from rapport.lib.worker import Worker

    Worker(once=True).work()


def _staff() -> Any:
    from django.test import Client

    from rapport.people.models import Person, Role

    mona = Person.objects.create_user("mona@example.org", name="Mona")
    mona.appoint(Role.MANAGER, by=None)
    client = Client(HTTP_HOST="localhost")
    client.force_login(mona)
    return client


def _press(client: Any, address: str, **fields: Any) -> Any:
    """Send a form as a browser would; a refusal shows its page's complaints and ends the run."""
    answer = client.post(address, fields)
    if answer.status_code != 302:
        sys.exit(f"{address} answered {answer.status_code}: {answer.content.decode()[:2000]}")
    return answer


def _bring_in(file: Path) -> None:
    from django.core.management import call_command

    call_command("import_voices", str(file), text="feedback", language="auto")


def _propose(client: Any) -> Any:
    from rapport.insight.models import ThemeProposal

    _press(client, "/desk/proposals/", view="all")
    _work()
    proposal = ThemeProposal.objects.get()
    if proposal.problem:
        sys.exit(f"The proposal did not work: {proposal.problem}")
    return proposal


def _confirm(client: Any, proposal: Any) -> list[Any]:
    from rapport.insight.models import Theme

    biggest = list(proposal.proposed.order_by("-n")[:3])
    for group in biggest:
        name = {f"g{group.pk}-label_en": str(group.label)}
        _press(client, f"/desk/proposals/{proposal.pk}/confirmation/", only=group.pk, **name)
    return list(Theme.objects.order_by("-voice_count"))


def _leave_addresses(theme: Any) -> None:
    """The comments are nobody's; so that somebody is owed an answer, some speakers leave an address on their story."""
    from django.test import Client

    for number, voice in enumerate(theme.voices().order_by("pk")[:REACHED]):
        _press(Client(HTTP_HOST="localhost"), f"{voice.get_absolute_url()}contact/", email=f"n{number}@example.org")


def _take_up(client: Any, themes: list[Any]) -> Any:
    from rapport.insight.models import Need

    sentence = {"sentence_en": "People want staff who listen and take their time"}
    _press(client, "/desk/needs/new/", kind="need", themes=[theme.pk for theme in themes], **sentence)
    return Need.objects.get()


def _decide(client: Any, need: Any) -> None:
    from django.utils import timezone

    from rapport.deciding.models import Decision

    question = {
        "question_en": "Should one hour a day be kept free for longer talks?",
        "open_words_en": "Which hour",
        "decider_en": "The director",
    }
    day = (timezone.localdate() + timedelta(days=14)).isoformat()
    _press(client, "/desk/decisions/new/", need=need.pk, promise="consult", by_when=day, **question)
    page = f"/desk/decisions/{Decision.objects.get().pk}/"
    ruling = {"decided_en": "Yes, from two to three", "reasons_en": "Most asked for time", "goes_ahead": "yes"}
    _press(client, f"{page}ruling/", **ruling)
    _press(client, f"{page}influence/", said_en="You asked for time more than for anything else")
    _press(client, f"{page}closing/")


def _try_out(client: Any, need: Any) -> Any:
    from django.utils import timezone

    from rapport.programs.models import Program

    title = {"title_en": "An hour for talks", "about_en": "Somebody sits down with you"}
    _press(client, "/desk/programs/new/", need=need.pk, kind="service", **title)
    program = Program.objects.get()
    page, today = f"/desk/programs/{program.pk}/", timezone.localdate()
    review = (today + timedelta(days=30)).isoformat()
    _press(client, f"{page}pilot/", hypothesis_en="If we keep an hour, people are heard", review_on=review)
    measure = {"name_en": "People each hour", "more_is_better": "yes", "green": "8", "amber": "4"}
    _press(client, f"{page}pilot/measures/", **measure)
    _press(client, f"{page}pilot/start/")
    first = (today - timedelta(days=8)).isoformat()
    when = {"day": first, "starts": "14:00", "ends": "15:00", "times": 2, "setting": "onsite"}
    branch = branches()[0].pk
    _press(client, f"{page}sessions/", branch=branch, language="en", audience="19+", **when)
    for session, came in zip(program.sessions.order_by("starts_at"), (9, 12), strict=True):
        _press(client, f"/desk/sessions/{session.pk}/heads/", **{"19+": came})
    reading = program.pilot.measures.get()
    _press(client, f"{page}pilot/measures/{reading.pk}/readings/", value="11")
    _press(client, f"{page}pilot/verdict/", choice="adopt", evidence_en="Nine and twelve came, and they came again")
    return program


def _report(client: Any, need: Any) -> None:
    said = {"said_en": "You want staff who listen", "did_en": "Every day from two to three somebody sits down with you"}
    _press(client, f"/desk/loops/{need.loop_id}/report/", could="yes", **said)


def _tell(proposal: Any, themes: list[Any], need: Any, program: Any) -> None:
    from rapport.listening.models import Status, Voice
    from rapport.messaging.models import Letter

    proposal.refresh_from_db()
    print(f"voices: {Voice.objects.count():,}, of which {proposal.left_over:,} said nothing that could be grouped")
    print(f"themes proposed: {proposal.proposed.count()}; confirmed: {', '.join(str(theme) for theme in themes)}")
    print(
        f"voices on the need: {need.voices().count():,}; now done: {need.voices().filter(status=Status.DONE).count():,}"
    )
    told = Letter.objects.filter(once__startswith="step:")
    print(
        f"people reached: {need.loop.heard.count()}; letters: {told.count()}, {told.filter(state='sent').count()} sent"
    )
    print("turns: " + ", ".join(step.turn for step in need.loop.steps.all()))


if __name__ == "__main__":
    sys.exit(main())
