from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from rapport.deciding.models import Commitment, Process, Standing
from rapport.people.models import Person, Role
from rapport.places.models import Branch

pytestmark = pytest.mark.django_db

SignIn = Callable[[Person], Client]


def _in(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def benches(garden: Process, ben: Person) -> Commitment:
    return Commitment.objects.make(
        "Three benches", owner=ben, owner_words="The gardener", due=_in(9), by=ben, decision=garden.decision,
        milestones=[("Ordered", None), ("Delivered", None)],
    )  # fmt: skip


def test_anyone_reads_what_was_promised_and_what_became_of_it(client: Client, benches: Commitment, ben: Person) -> None:
    benches.change("The maker is ill", said="Two benches", due=_in(40), by=ben)
    benches.keep("Under the lime tree", by=ben)

    page = client.get(benches.get_absolute_url()).content.decode()
    register = client.get(reverse("deciding:commitments")).content.decode()

    for words in ("Three benches", "Two benches", "The maker is ill", "Under the lime tree", "The gardener"):
        assert words in page
    assert "ben@example.org" not in page
    assert "100" in register
    assert "Two benches" in client.get(benches.decision.get_absolute_url()).content.decode()
    assert "Two benches" in client.get(reverse("deciding:commitments-sheet")).content.decode()
    assert "Two benches" in client.get(reverse("deciding:commitments") + "?export=csv").getvalue().decode()


@pytest.mark.parametrize("standing", Standing.values)
def test_the_register_is_narrowed_to_where_promises_stand(client: Client, benches: Commitment, standing: str) -> None:
    page = client.get(reverse("deciding:commitments"), {"standing": standing}).content.decode()

    assert ("Three benches" in page) == (standing == Standing.RUNNING)


def test_the_pages_ask_as_often_for_many_as_for_one(client: Client, benches: Commitment, ben: Person) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(reverse("deciding:commitments"))
            client.get(benches.get_absolute_url())
        return len(asked)

    queries()
    few = queries()
    for number in range(10):
        Commitment.objects.make(str(number), owner=ben, due=_in(5), by=ben, milestones=[("a", None)])
        benches.milestones.create(words="more").reach("", by=ben)
        benches.change("Rain", due=_in(20 + number), by=ben)

    assert queries() == few


def test_staff_promise_and_say_what_became_of_it(sign_in: SignIn, garden: Process, ben: Person) -> None:
    desk = sign_in(ben)
    said = {"said_en": "A sail", "decision": garden.decision_id, "owner": ben.pk, "due": _in(8), "steps": "One\n\nTwo"}

    assert desk.post(reverse("deciding:desk-commitment-new"), said).status_code == 302

    sail = Commitment.objects.get()
    assert [str(one) for one in sail.milestones.all()] == ["One", "Two"]
    first = sail.milestones.all()[0]
    picture = BytesIO()
    Image.new("RGB", (9, 9), "green").save(picture, "PNG")
    upload = SimpleUploadedFile("a.png", picture.getvalue())
    reaching = reverse("deciding:milestone-reaching", args=[sail.pk, first.pk])
    assert desk.post(reaching, {"on": _in(0), "picture": upload}).status_code == 422
    upload.seek(0)
    assert desk.post(reaching, {"on": _in(0), "picture": upload, "picture_words_en": "A pole"}).status_code == 302
    seen = Client().get(reverse("deciding:milestone-picture", args=[sail.pk, first.pk]))
    assert seen["Content-Type"] == "image/webp"
    assert seen.getvalue().startswith(b"RIFF")

    keeping = reverse("deciding:commitment-keeping", args=[sail.pk])
    assert desk.post(keeping, {"keeping-on": _in(3), "keeping-see_en": "Here"}).status_code == 422
    assert desk.post(keeping, {"keeping-on": _in(0), "keeping-see_en": "Here"}).status_code == 302
    assert Commitment.objects.get().standing == Standing.KEPT
    giving_up = reverse("deciding:commitment-giving-up", args=[sail.pk])
    assert "A colleague" in desk.post(giving_up, {"giving-up-why_en": "No"}, follow=True).content.decode()


def test_whoever_sees_to_it_may_write_and_others_at_the_desk_may_only_read(
    sign_in: SignIn, benches: Commitment, desk: Person, tara: Person, riverside: Branch
) -> None:
    change = reverse("deciding:commitment-changes", args=[benches.pk])
    said = {"change-why_en": "Rain", "change-due": _in(30)}
    for reader in (desk, tara):
        assert sign_in(reader).get(reverse("deciding:desk-commitment", args=[benches.pk])).status_code == 200
        assert sign_in(reader).post(change, said).status_code == 403

    Commitment.objects.update(owner=desk)

    assert sign_in(desk).post(change, said).status_code == 302


def test_what_is_promised_elsewhere_is_not_there(sign_in: SignIn, benches: Commitment, ben: Person) -> None:
    hilltop = Branch.objects.create(slug="hilltop", name="Hilltop")
    stranger = Person.objects.create_user("stranger@example.org", name="Stranger")
    stranger.appoint(Role.PROGRAMMER, by=None, branch=hilltop)

    assert sign_in(stranger).get(reverse("deciding:desk-commitment", args=[benches.pk])).status_code == 404
    assert "Three benches" not in sign_in(stranger).get(reverse("deciding:desk-commitments")).content.decode()


def test_late_promises_stand_on_today(sign_in: SignIn, benches: Commitment, mona: Person, desk: Person) -> None:
    Commitment.objects.update(due=_in(-2))

    assert "Three benches" in sign_in(mona).get("/desk/").content.decode()
    assert "Three benches" not in sign_in(desk).get("/desk/").content.decode()
