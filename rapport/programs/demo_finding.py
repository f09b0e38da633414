"""What the demo town's neighbours propose and wait for, topics of its programs, and a session that moved."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from rapport.community.models import Topic
from rapport.listening.models import Channel, VoiceKind
from rapport.listening.telling import Told
from rapport.loop.models import Speaker
from rapport.people.models import Person
from rapport.programs.models import InterestList, Program, ProgramProposal, Session, Setting

PROPOSED = [
    (
        "Repair café",
        "Neighbours mend toasters, bikes and trousers together, once a month on a Saturday. I can bring tools.",
        {"audience": "general", "leads": "I would, with two friends", "gives": "Tools", "takes": "Tables, and coffee"},
    ),
    (
        "Poems in two languages",
        "An evening on which each poem is read in Arabic and in English.",
        {"audience": "19+", "why": "Our parents know them by heart and our children do not.", "leads": "My aunt"},
    ),
    (
        "A motor race in the reading room",
        "With real motors, and prizes.",
        {"audience": "12-18", "leads": "Somebody whom you would find"},
    ),
]
NO_RACE = (
    "Motors in a room with books and small children we cannot answer for. A race of paper planes we would do gladly."
)
YES_CAFE = (
    "Yes, and thank you. We look for a Saturday in spring and a colleague who stays late; you hear of it by March."
)
MORE_THAN_ONE = {"en": "Mornings or evenings?", "es": "¿Por la mañana o por la tarde?", "ar": "صباحاً أم مساءً؟"}
TOPICS = {
    "storytime": "storytime",
    "chess": "games",
    "knitting": "textiles",
    "computer": "computers",
}


def fill(cast: Mapping[str, Person], programs: Mapping[str, Program]) -> None:
    by = cast.get("ben") or next(iter(cast.values()))
    _name_topics(programs)
    cafe, _poems, race = [_propose(number) for number in range(len(PROPOSED))]
    race.decline(NO_RACE, by=by)
    program = cafe.take_up(by=by, need=None, said=YES_CAFE)
    there = InterestList.objects.create(program=program, by=by, words=MORE_THAN_ONE)
    for number in range(12):
        speaker = Speaker.objects.reached_at(email=f"neighbour{number}@example.org", language="en")
        if speaker is not None:
            there.join(speaker, "Evenings" if number % 3 else "")
    _move_one(programs, by)
    _put_one_online(programs)


def _propose(number: int) -> ProgramProposal:
    title, words, facts = PROPOSED[number]
    said = {"kind": VoiceKind.SUGGESTION, "channel": Channel.WEB, "channel_detail": "propose"}
    at = timezone.now() - timedelta(days=9 + number)
    told = Told(words=f"{title}\n\n{words}", fields=said, language="en", email=f"proposer{number}@example.org", at=at)
    return ProgramProposal.objects.create(voice=told.take_in(), title=title, at=at, **facts)


def _name_topics(programs: Mapping[str, Program]) -> None:
    topics = {topic.slug: topic for topic in Topic.objects.current()}
    for name, slug in TOPICS.items():
        if name in programs and slug in topics:
            programs[name].topics.add(topics[slug])


def _coming(programs: Mapping[str, Program], name: str) -> Session | None:
    return programs[name].sessions.coming().filter(starts_at__gt=timezone.now()).first() if name in programs else None


def _move_one(programs: Mapping[str, Program], by: Person) -> None:
    session = _coming(programs, "chess")
    if session:
        hour = timedelta(hours=1)
        session.move(session.starts_at + hour, session.ends_at + hour, why="The school bus comes later now", by=by)


def _put_one_online(programs: Mapping[str, Program]) -> None:
    session = _coming(programs, "computer")
    if session:
        facts: dict[str, Any] = {
            "setting": Setting.VIRTUAL,
            "branch": None,
            "online_url": "https://meet.example.org/first-steps",
        }
        session.move(session.starts_at, session.ends_at, **facts)
