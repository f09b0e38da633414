"""The digest of a week: what rose, fell or is new, held against false alarms; written once, read and mailed."""

import random
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone, translation

from rapport.insight.digesting import last_whole_week, what_changed, write_digest
from rapport.insight.methods.themes.weekly import Week, week_of
from rapport.insight.methods.themes.weekly_counts import Spoken
from rapport.insight.models import Digest, DigestLine, DigestReader, Theme, Trend
from rapport.listening.models import Channel, Voice
from rapport.messaging.models import Letter
from rapport.people.models import Person
from rapport.places.models import Branch

SignIn = Callable[[Person], Client]
WEEKS = 40
SUBJECTS = ("hours on sundays", "noise in the hall", "books in polish", "the printer again")


def _town(seed: int, weekly: int = 30) -> tuple[list[Spoken], dict[int, set[int]]]:
    """Forty weeks in which nothing happens: four themes, three branches, two languages."""
    chance = random.Random(seed)  # noqa: S311
    voices, themes = [], {number: set[int]() for number in range(len(SUBJECTS))}
    for week in range(WEEKS):
        for _n in range(weekly):
            key, subject = len(voices), chance.randrange(len(SUBJECTS) + 1)
            words = SUBJECTS[subject] if subject < len(SUBJECTS) else "something else"
            language, branch = ("en", "es")[chance.random() < 0.3], chance.randrange(3)
            voices.append(Spoken(key, f"{words} {key}", language, branch, None, week))
            if subject in themes:
                themes[subject].add(key)
    return voices, themes


def _say(voices: list[Spoken], words: str, n: int, **how: object) -> set[int]:
    first = len(voices)
    fields = {"language": "en", "branch": 0, "speaker": None, "week": WEEKS - 1, **how}
    voices += [Spoken(first + i, f"{words} {first + i}", **fields) for i in range(n)]  # type: ignore[arg-type]
    return set(range(first, first + n))


def test_in_a_town_where_nothing_happens_few_weeks_say_that_something_did() -> None:
    """Every line is a false alarm here, so the false discovery rate is the share of weeks with any."""
    alarms = sum(bool(week_of(*_town(seed), weeks=WEEKS).lines) for seed in range(100))

    assert alarms <= 10  # 0.1 of 100


def test_a_theme_that_rises_at_one_place_is_said_of_that_place() -> None:
    voices, themes = _town(1)
    themes[0] |= _say(voices, SUBJECTS[0], 16, branch=2)

    week = week_of(voices, themes, weeks=WEEKS)

    line = week.lines[0]
    assert (line.cell.theme, line.cell.branch, line.is_rise, line.is_new) == (0, 2, True, False)
    assert len(line.keys) == line.count and line.expected < 6
    assert line.q <= 0.1 and week.tested > 1
    assert len(line.history) == len(line.low) == len(line.high) == WEEKS
    assert all(low <= high for low, high in zip(line.low, line.high, strict=True))
    assert sum(other.cell.theme == 0 and other.is_rise for other in week.lines) == 1  # not once more for the town


def test_one_loud_theme_does_not_make_the_others_fall() -> None:
    voices, themes = _town(2)
    themes[0] |= _say(voices, SUBJECTS[0], 80)

    assert [line for line in week_of(voices, themes, weeks=WEEKS).lines if not line.is_rise] == []


def test_a_week_that_was_read_less_thoroughly_is_no_fall() -> None:
    """Half of this week's voices are in no theme yet: every theme lost alike, so none fell."""
    voices, themes = _town(3)
    now = {one.key for one in voices if one.week == WEEKS - 1}
    for some in themes.values():
        some -= {key for key in now if key % 2}

    assert week_of(voices, themes, weeks=WEEKS).lines == ()


def test_what_fell_silent_is_said_with_the_voices_of_the_weeks_before() -> None:
    voices, themes = _town(4, weekly=90)
    gone = {one.key for one in voices if one.week == WEEKS - 1 and one.key in themes[1]}
    themes[1] -= gone
    voices = [one._replace(text=f"something else {one.key}") if one.key in gone else one for one in voices]

    lines = [line for line in week_of(voices, themes, weeks=WEEKS).lines if line.cell.branch is None]

    assert [(line.cell.theme, line.count, line.is_rise) for line in lines] == [(1, 0, False)]
    assert {voices[key].week for key in lines[0].keys} <= set(range(WEEKS - 5, WEEKS))


def test_a_new_phrase_is_named_once_and_one_person_makes_no_trend() -> None:
    voices, themes = _town(5)
    _say(voices, "a seed library please", 9)
    _say(voices, "bring back my mug", 9, speaker=7)

    lines = week_of(voices, themes, weeks=WEEKS).lines

    assert [(line.cell.phrase, line.count, line.is_new) for line in lines] == [("seed library", 9, True)]


def test_with_too_little_before_it_is_too_early() -> None:
    voices, themes = _town(6)
    few = [one._replace(week=one.week - WEEKS + 7) for one in voices if one.week >= WEEKS - 7]

    assert week_of(few, themes, weeks=7).is_too_early
    assert week_of([], {}, weeks=0) == Week(0, 0, True, ())


# ── the house ──


def _hear(week: date, words: Sequence[str], **fields: object) -> list[int]:
    at = timezone.make_aware(datetime.combine(week, time(12)))
    told = {"kind": "suggestion", "language": "en", "channel": Channel.WEB, **fields}
    voices = [
        Voice(words=text, spoken_at=at + timedelta(days=n % 7), **told)  # type: ignore[misc]
        for n, text in enumerate(words)
    ]
    return [voice.pk for voice in Voice.objects.bulk_create(voices)]


@pytest.fixture
def hours(ben: Person, riverside: Branch) -> Theme:
    """Twenty weeks of the same, and in the last one many speak of the hours at Riverside."""
    week, keys = last_whole_week(), []
    for before in range(20):
        monday = week - timedelta(weeks=before)
        n = 14 if before == 0 else 1 + before % 2
        keys += _hear(monday, [f"Open longer {before} {i}" for i in range(n)], branch=riverside)
        _hear(monday, [f"Something else {before} {i}" for i in range(9)], branch=riverside)
    return Theme.objects.confirm({"en": "Open longer", "es": "Abrir más horas"}, keys, by=ben)


@pytest.mark.django_db
def test_a_week_is_written_once_with_exactly_its_voices(hours: Theme) -> None:
    write_digest()
    write_digest()

    digest = Digest.objects.get()
    line = digest.lines.get(theme=hours)
    assert (digest.week, digest.voices, line.trend, line.count) == (last_whole_week(), 23, Trend.ROSE, 14)
    assert {voice.words[:13] for voice in line.its_voices()} == {"Open longer 0"}
    assert line.its_voices().count() == 14


@pytest.mark.django_db
def test_a_sentence_is_said_in_the_language_of_its_reader(hours: Theme, ben: Person) -> None:
    write_digest()
    digest = Digest.objects.get()
    line = digest.lines.get(theme=hours)

    assert str(line) == "“Open longer” rose: 14 people spoke of it, where about 3 would be usual."
    assert digest.summary([line]) == "Of 23 voices: “Open longer” rose."
    with translation.override("es"):
        line.refresh_from_db()
        assert "Abrir más horas" in line.sentence


@pytest.mark.django_db
def test_answers_to_surveys_and_doubtful_voices_are_not_counted(hours: Theme) -> None:
    week = last_whole_week()
    _hear(week, [f"Asked {n}" for n in range(30)], channel=Channel.SURVEY)
    _hear(week, [f"Spam {n}" for n in range(30)], held_at=timezone.now())

    assert what_changed(week).voices == 23


@pytest.mark.django_db
def test_what_the_house_only_suggests_counts_too(hours: Theme, ben: Person) -> None:
    now = hours.voices().filter(words__startswith="Open longer 0 ")
    keys = list(now.values_list("pk", flat=True))
    hours.theme_voices.filter(voice__in=keys).delete()
    for key in keys:
        hours.suggestions.create(voice_id=key, sureness=0.8, confidence=0.8)

    line = what_changed(last_whole_week()).lines[0]

    assert (line.cell.theme, line.count) == (hours.pk, 14)


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_who_write_at_once_one_does(hours: Theme) -> None:
    week, found, start = last_whole_week(), what_changed(last_whole_week()), Barrier(2)
    written: list[bool] = []

    def write() -> None:
        start.wait()
        written.append(Digest.objects.write(week, found)[1])
        connection.close()

    both = [Thread(target=write) for _n in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert sorted(written) == [False, True]
    assert DigestLine.objects.count() == len(found.lines) > 0


@pytest.mark.django_db
def test_those_who_asked_get_it_once_by_mail(hours: Theme, ben: Person, mona: Person, sign_in: SignIn) -> None:
    client = sign_in(ben)
    client.post("/desk/digests/subscription/")
    client.post("/desk/digests/subscription/")

    write_digest()
    write_digest()

    letter = Letter.objects.get()
    assert letter.email == ben.email
    assert "“Open longer” rose: 14 people" in letter.text
    assert f"/desk/digests/{Digest.objects.get().pk}/" in letter.text

    client.post("/desk/digests/subscription/removal/")
    assert not DigestReader.objects.exists()


@pytest.mark.django_db
def test_the_desk_reads_the_week_and_its_voices(hours: Theme, ben: Person, sign_in: SignIn) -> None:
    client = sign_in(ben)
    assert "No week is over yet" in client.get("/desk/digests/").content.decode()
    write_digest()
    digest = Digest.objects.get()
    line = digest.lines.get(theme=hours)

    page = client.get("/desk/digests/").content.decode()
    assert "Of 23 voices: “Open longer” rose." in page
    assert "about one line in 10 may be a false alarm" in page
    page = client.get(f"/desk/digests/{digest.pk}/lines/{line.pk}/").content.decode()
    assert "Open longer 0 13" in page and "Something else" not in page
    file = b"".join(client.get(f"/desk/digests/{digest.pk}/lines/{line.pk}/?export=csv"))  # type: ignore[arg-type]
    assert len(file.decode().splitlines()) == 15
    assert "“Open longer” rose" in client.get("/desk/").content.decode()


@pytest.mark.django_db
def test_a_quiet_week_and_one_that_is_too_early_say_so(ben: Person, sign_in: SignIn) -> None:
    week, client = last_whole_week(), sign_in(ben)
    quiet, _new = Digest.objects.write(week, Week(12, 40, False, ()))
    early, _new = Digest.objects.write(week - timedelta(weeks=1), Week(1, 0, True, ()))

    assert "A quiet week: 12 voices" in client.get("/desk/digests/").content.decode()
    assert "too early to tell" in client.get(early.get_absolute_url()).content.decode()
    assert f"/desk/digests/{early.pk}/" in client.get(quiet.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_a_branch_reads_its_own_lines(hours: Theme, desk: Person, sign_in: SignIn) -> None:
    mill = Branch.objects.create(slug="mill", name="Mill Street")
    digest, _new = Digest.objects.write(last_whole_week(), what_changed(last_whole_week()))
    elsewhere = digest.lines.get(theme=hours)
    DigestLine.objects.filter(pk=elsewhere.pk).update(branch=mill)
    client = sign_in(desk)

    assert "rose" not in client.get("/desk/digests/").content.decode()
    assert client.get(f"/desk/digests/{digest.pk}/lines/{elsewhere.pk}/").status_code == 302
