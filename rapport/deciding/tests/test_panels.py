import csv
import hashlib
import io
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from rapport.community.models import Band, Dimension, Figure
from rapport.deciding.boards_keeping import clean_volunteers
from rapport.deciding.methods.sortition import Quota, next_in_line
from rapport.deciding.models import (
    AlreadyDrawn,
    AlreadyVolunteered,
    Board,
    Draw,
    NotOpen,
    Panel,
    Seat,
    SeatAnswer,
    Volunteer,
)
from rapport.messaging.models import Letter
from rapport.people.models import Person
from rapport.places.models import Branch

pytestmark = pytest.mark.django_db

AtOnce = Callable[[], AbstractContextManager[None]]
SignIn = Callable[[Person], Client]


@pytest.fixture
def ages(riverside: Branch, ben: Person) -> list[Band]:
    """Two ages: a quarter of Riverside is young."""
    dimension = Dimension.objects.create(slug="ages", name="Age")
    young = dimension.bands.create(slug="young", name="Young", order=1)
    old = dimension.bands.create(slug="old", name="Old", order=2)
    Figure.objects.write(
        {young: (1000, None), old: (3100, None)}, branch=riverside, of_day=date(2024, 1, 1), source="Census", by=ben
    )
    return [young, old]


@pytest.fixture
def panel(riverside: Branch, ages: list[Band]) -> Panel:
    """Four seats for the garden; the call is open."""
    made = Panel.objects.create(
        title="The garden panel", size=4, branch=riverside, closes_at=timezone.now() + timedelta(days=5)
    )
    made.ask_for(ages)
    made.open()
    return made


def _volunteers(panel: Panel, young: int = 3, old: int = 7) -> None:
    for number in range(young + old):
        age = "young" if number < young else "old"
        panel.volunteer({"ages": age}, name=f"Person {number}", email=f"p{number}@example.org")


def _close(panel: Panel) -> None:
    Panel.objects.update(closes_at=timezone.now())
    panel.refresh_from_db()


def test_quotas_follow_from_the_communitys_figures(panel: Panel) -> None:
    young, old = panel.quotas.all()

    assert (young.least, young.most, young.percent) == (0, 1, 24)
    assert (old.least, old.most, old.percent) == (3, 4, 76)


def test_where_nothing_is_known_no_quota_is_invented(panel: Panel, ages: list[Band]) -> None:
    Figure.objects.all().delete()

    panel.ask_for(ages)

    assert [(one.least, one.most, one.share) for one in panel.quotas.all()] == [(0, 4, None), (0, 4, None)]


def test_each_is_in_the_pot_once_and_only_while_the_call_is_open(panel: Panel) -> None:
    panel.volunteer({"ages": "old"}, name="Noor", email="noor@example.org")
    with pytest.raises(AlreadyVolunteered):
        panel.volunteer({"ages": "young"}, name="Noor", email="NOOR@example.org")

    _close(panel)

    with pytest.raises(NotOpen):
        panel.volunteer({"ages": "old"}, name="Late")
    with pytest.raises(NotOpen):
        Panel.objects.create(title="Draft", size=1, closes_at=timezone.now() + timedelta(days=1)).volunteer(
            {}, name="A"
        )


def test_anybody_draws_the_same_lots_from_what_is_published(
    client: Client, panel: Panel, mona: Person, tmp_path: Path
) -> None:
    _volunteers(panel)
    page = client.get(panel.get_absolute_url()).content.decode()
    sealed = panel.sealed
    assert sealed in page
    assert panel.seed not in page
    with pytest.raises(NotOpen):
        panel.draw_lots(by=mona)
    _close(panel)

    draw = panel.draw_lots(by=mona)

    assert hashlib.sha256(draw.seed.encode()).hexdigest() == sealed
    files = {}
    for name in ("volunteers", "quotas"):
        files[name] = tmp_path / f"{name}.csv"
        files[name].write_bytes(client.get(reverse("deciding:panel-file", args=[panel.pk, name])).getvalue())
    assert "Person" not in files["volunteers"].read_text()
    assert {row["id"] for row in csv.DictReader(files["volunteers"].read_text("utf-8-sig").splitlines())} == set(
        draw.pot
    )
    out = io.StringIO()
    call_command(
        "sortition", files["volunteers"], quotas=files["quotas"], size=4, seed=draw.seed, json=True, stdout=out
    )
    assert json.loads(out.getvalue())["members"] == draw.members
    assert draw.seed in client.get(panel.get_absolute_url()).content.decode()


def test_everyone_is_told_once_how_the_lots_fell(panel: Panel, mona: Person, at_once: AtOnce) -> None:
    _volunteers(panel)
    _close(panel)

    with at_once():
        draw = panel.draw_lots(by=mona)
    draw.tell()

    told = Letter.objects.values_list("once", flat=True)
    assert sum(once.endswith(":drawn") for once in told) == 4
    assert sum(once.endswith(":not-drawn") for once in told) == 6
    chances = Draw.objects.get().chances
    assert {one["n"] for one in chances} == {3, 7}
    assert all(0 < one["percent"] <= 100 for one in chances)


def test_who_declines_is_replaced_in_the_order_of_the_same_lots(panel: Panel, mona: Person, at_once: AtOnce) -> None:
    _volunteers(panel)
    _close(panel)
    draw = panel.draw_lots(by=mona)
    seat = draw.seats.all()[0]
    others = [one.volunteer.code for one in draw.seats.all()[1:]]

    with at_once():
        new = seat.decline()

    assert new is not None
    assert new.replaces == seat
    assert new.volunteer.code == next_in_line(draw.pot, draw.quotas, others, draw.members, draw.seed)
    assert Letter.objects.filter(once=f"panel:{new.volunteer_id}:drawn").count() == 1
    assert seat.decline() is None
    assert draw.seats.count() == 5


def test_next_in_line_keeps_the_quotas_where_it_can() -> None:
    volunteers = {"a": {"age": "old"}, "b": {"age": "old"}, "c": {"age": "young"}, "d": {"age": "young"}}
    quotas = [Quota("age", "young", 1, 1), Quota("age", "old", 1, 1)]

    assert next_in_line(volunteers, quotas, ["a"], ["a", "c"], "seed") == "d"
    assert next_in_line(volunteers, quotas, ["a"], ["a", "c", "d"], "seed") == "b"
    assert next_in_line(volunteers, quotas, ["a"], ["a", "b", "c", "d"], "seed") is None


def test_a_board_can_begin_with_a_panel(panel: Panel, mona: Person, riverside: Branch) -> None:
    board = Board.objects.create(kind="community", name="Garden", purpose="x", promise="y", size=4, branch=riverside)
    Panel.objects.update(board=board)
    _volunteers(panel)
    _close(panel)
    seat = Panel.objects.get().draw_lots(by=mona).seats.all()[0]

    assert seat.accept(is_named=True)
    assert not seat.accept()

    assert board.terms.running().get().is_named


@pytest.mark.django_db(transaction=True)
def test_the_lots_fall_once_whoever_presses_at_the_same_moment(panel: Panel, mona: Person, ada: Person) -> None:
    _volunteers(panel)
    _close(panel)
    start, refused = Barrier(3), list[str]()

    def draw(by: Person) -> None:
        try:
            start.wait(10)
            Panel.objects.get().draw_lots(by=by)
        except AlreadyDrawn:
            refused.append("drawn")
        finally:
            connection.close()

    threads = [Thread(target=draw, args=[by]) for by in (mona, ada, mona)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert len(refused) == 2
    assert Seat.objects.count() == 4


# ── pages ──


def test_a_neighbour_volunteers_and_takes_it_back(client: Client, panel: Panel) -> None:
    form = reverse("deciding:panel-volunteers", args=[panel.pk])
    said = {"name": "Noor", "of_ages": "young", "email": "noor@example.org", "agrees": "on"}
    assert client.post(form, {**said, "agrees": ""}).status_code == 422
    assert client.post(form, {**said, "of_ages": "middle"}).status_code == 422

    sent = client.post(form, said)

    noor = Volunteer.objects.get()
    assert (sent["Location"], noor.values) == (noor.get_absolute_url(), {"ages": "young"})
    assert "Noor" not in client.get(panel.get_absolute_url()).content.decode()
    assert client.get(reverse("deciding:volunteer", args=["somebody-else"])).status_code == 404
    client.post(reverse("deciding:volunteer-withdrawal", args=[noor.secret]))
    assert not Volunteer.objects.exists()


def test_whoever_was_drawn_says_yes_on_their_page(client: Client, panel: Panel, mona: Person) -> None:
    _volunteers(panel)
    _close(panel)
    seat = panel.draw_lots(by=mona).seats.all()[0]
    page = seat.volunteer.get_absolute_url()
    assert "You were drawn" in client.get(page).content.decode()

    client.post(reverse("deciding:volunteer-seat", args=[seat.volunteer.secret]), {"answer": "yes", "is_named": "on"})
    client.post(reverse("deciding:volunteer-withdrawal", args=[seat.volunteer.secret]))

    seat.refresh_from_db()
    assert (seat.answer, seat.is_named) == (SeatAnswer.ACCEPTED, True)
    assert seat.volunteer.name in client.get(panel.get_absolute_url()).content.decode()


def test_staff_prepare_call_enter_and_draw(
    sign_in: SignIn, ages: list[Band], mona: Person, desk: Person, riverside: Branch
) -> None:
    manager = sign_in(mona)
    closes = timezone.localtime() + timedelta(days=2)
    said = {
        "title_en": "Garden", "size": 2, "closes_at": f"{closes:%Y-%m-%dT%H:%M}", "branch": riverside.pk,
        "bands": [band.pk for band in ages],
    }  # fmt: skip
    assert manager.post(reverse("deciding:desk-panel-new"), said).status_code == 302
    panel = Panel.objects.get()
    assert Client().get(panel.get_absolute_url()).status_code == 404
    manager.post(reverse("deciding:panel-opening", args=[panel.pk]))
    quota = reverse("deciding:panel-quota", args=[panel.pk, panel.quotas.all()[0].pk])
    assert manager.post(quota, {"least": 2, "most": 1, "why": "x"}).status_code == 422
    assert manager.post(quota, {"least": 1, "most": 1, "why": "The young use it most"}).status_code == 302
    assert "The young use it most" in Client().get(panel.get_absolute_url()).content.decode()

    entry = reverse("deciding:panel-entry", args=[panel.pk])
    for name, age in (("A", "young"), ("B", "old"), ("C", "old")):
        paper = {"name": name, "of_ages": age, "agrees": "on", "channel": "paper"}
        assert sign_in(desk).post(entry, paper).status_code == 302
    draw = reverse("deciding:panel-draw", args=[panel.pk])
    assert sign_in(desk).post(draw).status_code == 403
    _close(panel)
    manager.post(draw)

    seat = Seat.objects.all()[0]
    manager.post(reverse("deciding:panel-seat", args=[panel.pk, seat.pk]), {"answer": "no"})
    assert Seat.objects.count() >= 2
    assert manager.get(reverse("deciding:desk-panel", args=[panel.pk])).status_code == 200


def test_what_volunteers_told_is_removed_after_the_draw(panel: Panel, mona: Person) -> None:
    _volunteers(panel)
    _close(panel)
    draw = panel.draw_lots(by=mona)
    draw.seats.all()[0].accept()
    assert clean_volunteers() == 0

    Draw.objects.update(at=timezone.now() - timedelta(days=100))

    assert clean_volunteers() == 9
    assert Volunteer.objects.exclude(name="").count() == 1
    assert len(Draw.objects.get().pot) == 10
