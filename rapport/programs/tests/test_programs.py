from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from rapport.deciding.models import Decision, Promise
from rapport.insight.models import Need
from rapport.loop.models import Loop, Turn
from rapport.people.models import Person, Role
from rapport.places.models import Branch
from rapport.programs.models import Program
from rapport.ui import slots

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
NEW = {"title_en": "Homework help", "kind": "program"}


@pytest.fixture
def need(ben: Person) -> Need:
    return Need.objects.take_up("Help with homework", kind="need", by=ben)


def test_the_database_itself_wants_a_need_or_none(need: Need, ben: Person) -> None:
    for wrong in ({"need": None, "answers_none": False}, {"need": need, "answers_none": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Program.objects.create(title={"en": "Chess"}, **wrong)


def test_the_form_asks_for_a_need_or_none(need: Need, ben: Person, sign_in: SignIn) -> None:
    desk = sign_in(ben)

    neither = desk.post("/desk/programs/new/", NEW)
    both = desk.post("/desk/programs/new/", NEW | {"need": need.pk, "answers_none": "on"})

    assert neither.status_code == both.status_code == 422
    assert "Choose the need that it answers" in neither.content.decode()
    assert "Homework help" in neither.content.decode()
    assert not Program.objects.exists()


def test_what_answers_none_says_so_openly(ben: Person, sign_in: SignIn, client: Client) -> None:
    sign_in(ben).post("/desk/programs/new/", NEW | {"answers_none": "on"})
    program = Program.objects.get()

    assert client.get(program.get_absolute_url()).status_code == 404
    program.publish()
    assert "None that we heard" in client.get(program.get_absolute_url()).content.decode()


def test_a_program_goes_on_with_the_loop_of_its_need(need: Need, ben: Person) -> None:
    program = Program.objects.plan("Homework help", need=need, by=ben)

    assert program.loop == need.loop
    assert list(Loop.objects.of(program)) == [need.loop]
    assert need.loop.steps.last().turn == Turn.PLANNED  # type: ignore[union-attr]


def test_a_decision_brings_its_need_along(need: Need, ben: Person, sign_in: SignIn) -> None:
    decision = Decision.objects.ask(
        "How?", by=ben, need=need, promise=Promise.INFORM, decider="The board", by_when=timezone.localdate()
    )

    page = sign_in(ben).get(f"/desk/programs/new/?decision={decision.pk}").content.decode()

    assert f'<option value="{need.pk}" selected>' in page
    assert sign_in(ben).get("/desk/programs/new/?decision=lots&need=-1").status_code == 200


def test_what_is_delivered_is_told_once(need: Need, ben: Person, sign_in: SignIn) -> None:
    program = Program.objects.plan("A ramp", need=need, by=ben, kind="space")
    desk, said = sign_in(ben), {"said_en": "The ramp is open"}

    assert desk.post(f"/desk/programs/{program.pk}/delivery/", {}).status_code == 422
    desk.post(f"/desk/programs/{program.pk}/delivery/", said)
    again = desk.post(f"/desk/programs/{program.pk}/delivery/", said, follow=True)

    assert "A colleague has done this" in again.content.decode()
    assert need.loop.steps.filter(turn=Turn.DELIVERED).count() == 1
    assert Program.objects.public().count() == 1


def test_the_share_that_names_a_need_is_shown(need: Need, ben: Person, sign_in: SignIn) -> None:
    assert Program.objects.share_naming_a_need() is None

    for title, answers in (("Help", need), ("Chess", None), ("Film", None)):
        Program.objects.plan(title, need=answers, by=ben)

    assert Program.objects.share_naming_a_need() == 33
    assert "name the need that they answer" in sign_in(ben).get("/desk/programs/").content.decode()


def test_frontline_staff_read_programs_but_do_not_change_them(ben: Person, desk: Person, sign_in: SignIn) -> None:
    program = Program.objects.plan("Chess", need=None, by=ben)

    assert sign_in(desk).get(f"/desk/programs/{program.pk}/").status_code == 200
    assert sign_in(desk).post(f"/desk/programs/{program.pk}/publication/").status_code == 403
    assert sign_in(desk).get("/desk/programs/new/").status_code == 403


def test_patrons_and_visitors_do_not_see_the_desk(amina: Person, chen: Person, sign_in: SignIn, client: Client) -> None:
    assert client.get("/desk/programs/").status_code == 302
    for person in (amina, chen):
        assert sign_in(person).get("/desk/programs/").status_code == 403


def test_a_programmer_of_one_branch_does_not_reach_another(riverside: Branch, ben: Person, sign_in: SignIn) -> None:
    there = Branch.objects.create(slug="mill", name={"en": "Mill Street"})
    noor = Person.objects.create_user("noor@example.org", name="Noor")
    noor.appoint(Role.PROGRAMMER, by=None, branch=riverside)
    theirs = Program.objects.plan("Chess", need=None, by=ben, branch=there)
    hers = Program.objects.plan("Film", need=None, by=ben, branch=riverside)

    assert sign_in(noor).post(f"/desk/programs/{theirs.pk}/publication/").status_code == 404
    assert sign_in(noor).post(f"/desk/programs/{hers.pk}/publication/").status_code == 302


def test_words_can_be_changed_in_every_language(ben: Person, sign_in: SignIn) -> None:
    program = Program.objects.plan("Chess", need=None, by=ben)
    words = {"title_en": "Chess club", "title_ar": "نادي الشطرنج", "kind": "program"}

    sign_in(ben).post(f"/desk/programs/{program.pk}/wording/", words)

    program.refresh_from_db()
    assert program.title == {"en": "Chess club", "ar": "نادي الشطرنج"}


@pytest.mark.parametrize("page", ["/programs/", "/desk/programs/", "/whats-on/", "/desk/sessions/?state=all", "/desk/"])
def test_ten_times_as_many_cost_no_query_more(
    page: str, riverside: Branch, mona: Person, sign_in: SignIn, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client = sign_in(mona)
    client.get(page)
    few = _queries(client, page, mona, riverside, 2)
    many = _queries(client, page, mona, riverside, 20)

    assert few == many
    # *Today* grows with the areas: each line asks, in a query or two, what waits there.
    assert few <= (10 + 2 * slots.count("desk.today") if page == "/desk/" else 24)


def _queries(client: Client, page: str, by: Person, branch: Branch, many: int) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for n in range(many):
        need = Need.objects.take_up(f"Need {n}", kind="need", by=by)
        program = Program.objects.plan(f"Program {n}", need=need, by=by, branch=branch)
        pilot = program.prepare_pilot("If", review_on=timezone.localdate() - timedelta(days=1))
        pilot.add_measure("People", green=2, amber=1).read(1, by=by)
        pilot.start(by=by)
        for days in (-3, 0, 3):
            start = timezone.now() + timedelta(days=days, minutes=1)
            program.add_sessions(
                start, start + timedelta(hours=1), branch=branch, language="en", audience="general", access=["quiet"]
            )
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(page).status_code == 200
    return len(seen)
