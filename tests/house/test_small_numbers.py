"""A town of small groups, and an attacker who reads every public page and file of it.

The attacker opens each public address as a visitor and takes each table, list of facts and CSV file apart. Where a
column holds how many of a group did something, a number from 1 to below the threshold is a find. What is hidden is
attacked with what stands beside it: the sum of the column where it can be known, by a linear program.
"""

import csv
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from scipy.optimize import linprog

from rapport.community.models import Band, Dimension, Figure
from rapport.deciding.models import Ballot, Count, Method, Participant, Poll, Process, SelfDescription
from rapport.insight.assessing import tables_of
from rapport.insight.models import Assessment, SurveyPublication
from rapport.insight.models.release import quarter_of
from rapport.insight.reaching.releasing import release
from rapport.insight.tests.assessment_ground import asked_survey
from rapport.lib.doors import ANYONE
from rapport.listening.models import Channel, Voice, VoiceKind
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.models import Response, Survey
from rapport.volunteering.models import Helped
from tests.house.test_doors import OURS, World, make_world, samples_for

pytestmark = pytest.mark.django_db
T = settings.HOUSE.threshold
GROUPS = {"15to24", "25to44", "65plus"}
COUNTED = {"answers", "heard", "took part", "how many", "volunteers", "count", "n", "people"}  # heads of counts
PROFILE = re.compile(r"/community/")  # what the census says of everybody, not of those who took part


class Tables(HTMLParser):
    """The tables of a page as rows of cells, and its lists of facts as tables of two columns."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self._cell: list[str] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in ("table", "dl"):
            self.tables.append([])
        elif tag in ("tr", "dt") and self.tables:
            self.tables[-1].append([])
        if tag in ("td", "th", "dt", "dd") and self.tables:
            self._cell = []

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "dt", "dd") and self._cell is not None and self.tables:
            if not self.tables[-1]:
                self.tables[-1].append([])
            self.tables[-1][-1].append(" ".join("".join(self._cell).split()))
            self._cell = None


@pytest.fixture
def town(riverside: Branch, ben: Person, logo: Path) -> World:
    """Forty answers of which two are old, a vote with three papers, a little help, and a quarter that went out."""
    world = make_world(riverside, ben)
    Dimension.objects.ship(["age"])
    ages = {one.slug: one for one in Band.objects.filter(dimension__slug="age", slug__in=GROUPS)}
    for branch in (riverside, None):
        figures = dict.fromkeys(ages.values(), (1000.0, 50.0))
        Figure.objects.write(figures, branch=branch, of_day=timezone.localdate(), source="Census", by=ben)
    survey = _survey(riverside, ben)
    assessment = Assessment.objects.begin("A town of few", by=ben, branch=riverside)
    assessment.sources.create(kind="survey", title="The survey", survey=survey)
    assessment.publish(by=ben, tables=tables_of(assessment), summary="s", limits="l", next_steps="n")
    _vote(riverside, ben, ages)
    last = quarter_of(quarter_of(timezone.localdate()) - timedelta(days=1))
    Helped.objects.report(riverside, last, "programs", volunteers=7, hours=5, by=ben, bands={ages["65plus"]: 3})
    for number in range(4):
        heard = Voice(
            kind=VoiceKind.SUGGESTION, words=str(number), language="en", channel=Channel.WEB, branch=riverside,
            spoken_at=timezone.now() - timedelta(days=(timezone.localdate() - last).days - 3),
        )  # fmt: skip
        heard.save_as_heard()
    release(last, by=ben)
    return world


def _survey(riverside: Branch, ben: Person) -> Survey:
    survey = asked_survey(riverside, ben)
    last = quarter_of(quarter_of(timezone.localdate()) - timedelta(days=1))
    survey.responses.update(on=last + timedelta(days=5))
    SurveyPublication.objects.publish(survey, "Most are young", by=ben)
    edition = survey.edition
    assert edition is not None
    for band, n in {"15to24": 9, "65plus": 3}.items():
        for _one in range(n):
            Response.objects.take(survey, {"age": band}, edition=edition, channel="web", language="en")
    survey.close(by=ben, why="The month is over")
    SurveyPublication.objects.publish(survey, "Most are young", by=ben)  # three old people more than before
    return survey


def _vote(riverside: Branch, ben: Person, ages: dict[str, Band]) -> Poll:
    said = {"promise": "empower", "decider": {"en": "All"}, "by_when": timezone.localdate()}
    process = Process.objects.prepare("Seats or plants?", by=ben, branch=riverside, decision=said)
    process.open(by=ben)
    process.asks.add(ages["65plus"].dimension)
    now = timezone.now()
    phase = process.phases.create(kind="choose", opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1))
    poll = Poll.objects.create(phase=phase, title="Seats or plants?", method=Method.YES_NO)
    for channel, n in ((Channel.WEB, 22), (Channel.PAPER, 3), (Channel.KIOSK, 14)):
        for _one in range(n):
            voter = Participant.objects.join(process, channel=channel)
            SelfDescription.objects.say(voter, {ages["65plus"].dimension: ages["65plus"]})
            Ballot.objects.take(poll, {"answer": "yes"}, participant=voter)
    Count.objects.take(poll)
    return poll


def _public(world: World) -> Iterator[str]:
    """Every address that a visitor may open, with what stands behind it in the town; all surveys and polls of it."""
    for address in OURS:
        if address.door != ANYONE:
            continue
        try:
            yield reverse(address.name, args=samples_for(address.route, world))
        except (KeyError, NoReverseMatch):
            continue
    yield from (one.get_absolute_url() for one in SurveyPublication.objects.all())
    yield from (one.get_absolute_url() for one in Poll.objects.all())
    yield from (one.get_absolute_url() for one in Assessment.objects.all())


def _read(client: Client, address: str) -> tuple[str, list[list[list[str]]]]:
    answer = client.get(address, follow=True)
    kind = answer.get("Content-Type", "")
    body = b"".join(answer) if answer.streaming else answer.content
    if answer.status_code != 200 or not kind.startswith(("text/html", "text/csv")):
        return "", []
    text = body.decode("utf-8-sig")
    if kind.startswith("text/csv"):
        return text, [list(csv.reader(io.StringIO(text)))]
    return text, Tables(text).tables


def _names() -> set[str]:
    bands = Band.objects.filter(dimension__slug="age", slug__in=GROUPS)
    return GROUPS | {str(band) for band in bands} | {str(one.label).capitalize() for one in Channel}


def _number(cell: str) -> int | None:
    found = re.fullmatch(r"(\d[\d,.]*)", cell)
    return int(found[1].replace(",", "")) if found and "." not in found[1] else None


def finds(table: list[list[str]], names: set[str]) -> Iterator[str]:
    """What an attacker reads in one table: small counts of groups, and hidden ones that the rest gives away."""
    head, *rows = table if table else ([],)
    counted = [at for at, cell in enumerate(head) if cell.strip().lower() in COUNTED]
    mine = [row for row in rows if any(cell in names for cell in row)]
    for at in counted:
        cells = [row[at] if at < len(row) else "" for row in mine]
        numbers = [_number(cell) for cell in cells]
        yield from (f"{row}: {n}" for row, n in zip(mine, numbers, strict=True) if n is not None and 0 < n < T)


def test_the_attacker_finds_what_lies_open() -> None:
    """The attacker must be able to win, or the next test says nothing."""
    page = "<table><tr><th>Group</th><th>Answers</th></tr><tr><th>65plus</th><td>4</td></tr></table>"

    assert list(finds(Tables(page).tables[0], {"65plus"})) == ["['65plus', '4']: 4"]
    assert _doubt([None, 30], 34) == 0
    assert _doubt([None, None, 30], 47) >= 3


def test_no_public_page_or_file_shows_or_gives_away_a_small_group(town: World, client: Client) -> None:
    found, read = _walk(town, client)

    assert read > 30
    assert not found, "\n".join(found)


def test_the_walk_finds_what_an_open_door_lets_out(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, client: Client
) -> None:
    monkeypatch.setattr("rapport.lib.publishing.hiding.is_small", lambda counts, _t: np.zeros_like(counts, dtype=bool))
    monkeypatch.setattr("rapport.lib.publishing.attacking.is_small", lambda counts, _t: np.zeros_like(counts, bool))

    found, _read = _walk(request.getfixturevalue("town"), client)

    assert {one.split()[0].split("/")[1] for one in found} >= {"whom-we-hear", "surveys", "polls"}


def _walk(town: World, client: Client) -> tuple[list[str], int]:
    names, found, read = _names(), [], 0
    for address in sorted(set(_public(town))):
        text, tables = _read(client, address)
        if PROFILE.search(address):
            continue
        read += len(tables)
        for table in tables:
            found += [f"{address} {one}" for one in finds(table, names)]
        found += [f"{address} {said}" for said in re.findall(r"Paper: [1-9]\b(?!\d)|>[1-9] answered\b", text)]
    return found, read


def _doubt(shown: list[int | None], total: int) -> float:
    """How far apart the least and the most lie that a hidden number of a list could be, for who knows its sum."""
    hidden = [at for at, n in enumerate(shown) if n is None]
    left = total - sum(n for n in shown if n is not None)
    spreads = []
    for at in range(len(hidden)):
        goal = np.eye(len(hidden))[at]
        ends = [linprog(sign * goal, A_eq=np.ones((1, len(hidden))), b_eq=[left]).fun for sign in (1, -1)]
        spreads.append(-ends[1] - ends[0])
    return min(spreads, default=float("inf"))


def test_what_the_files_hide_cannot_be_worked_out_from_their_sums(town: World, client: Client) -> None:
    _text, (table,) = _read(client, reverse("insight:participation-data"))
    head, *rows = table
    lists: dict[tuple[str, str], dict[str, int | None]] = {}
    sums: dict[tuple[str, str], float] = {}  # what a share beside a count gives away
    for row in rows:
        line = dict(zip(head, row, strict=True))
        if line["branch"] == "*":
            count = int(line["count"]) if line["count"] else None
            key = line["step"], line["dimension"]
            lists.setdefault(key, {})[line["band"]] = count
            if count and line["share"]:
                sums[key] = 100 * count / float(line["share"])

    assert any(None in counts.values() for counts in lists.values())
    for key, counts in lists.items():
        shown = list(counts.values())
        assert all(n is None or n == 0 or n >= T for n in shown)
        if None in shown and key in sums:
            assert _doubt(shown, round(sums[key])) >= 3


def test_two_publications_of_a_survey_do_not_give_away_who_came_between(town: World, client: Client) -> None:
    """Three old people came after the first publication. Who kept that page must not find them by subtraction."""
    publication = next(one for one in SurveyPublication.objects.all() if one.cut and one.cut.earlier)
    page = client.get(publication.get_absolute_url())
    ages = next(part for part in page.context["parts"] if part.question.key == "age")
    ((result, _plot),) = ages.results

    shown = {row.level: row.count for row in result.rows}

    assert publication.cut is not None and len(publication.cut.earlier) == 1
    assert shown["65plus"] is None
    assert shown["25to44"] is None or shown["25to44"] >= T
