"""Whom deciding together reaches: what people said of themselves, each step, and who is missing while it is open."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from rapport.community.models import Band, Dimension, Figure
from rapport.deciding.keeping import export_participation
from rapport.deciding.models import (
    Ballot,
    CodeCard,
    Collection,
    Conversation,
    Method,
    OpinionVote,
    Participant,
    Phase,
    Poll,
    Process,
    Proposal,
    SelfDescription,
    Support,
)
from rapport.deciding.reached import deciding_now, proposed, stood, supported, voted
from rapport.insight.models import MissedGroup, Segment, WhereaboutsKind
from rapport.insight.reached import PLACE, Count, in_order
from rapport.insight.reaching.looking import look
from rapport.listening.models import Channel
from rapport.people.models import Person
from rapport.places.models import Branch

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


@pytest.fixture
def age(riverside: Branch, ben: Person) -> Dimension:
    """Half of those who live here are old."""
    Dimension.objects.ship(["age"])
    counts = {"15to24": 1000.0, "25to44": 1000.0, "65plus": 2000.0}
    bands = {band: (counts[band.slug], 50.0) for band in Band.objects.filter(slug__in=counts)}
    for branch in (riverside, None):
        Figure.objects.write(bands, branch=branch, of_day=timezone.localdate(), source="Census", by=ben)
    return Dimension.objects.get(slug="age")


@pytest.fixture
def poll(choosing: Phase, age: Dimension) -> Poll:
    choosing.process.asks.add(age)
    return Poll.objects.create(phase=choosing, title="Seats or plants?", method=Method.YES_NO)


def _came(process: Process, slug: str, times: int, channel: str = Channel.WEB) -> list[Participant]:
    made = [Participant.objects.join(process, channel=channel) for _one in range(times)]
    band = Band.objects.filter(slug=slug).first()
    for one in made:
        if band:
            SelfDescription.objects.say(one, {band.dimension: band})
    return made


def _vote(poll: Poll, people: list[Participant]) -> None:
    for one in people:
        Ballot.objects.take(poll, {"answer": "yes"}, participant=one)


def _of(counts: "list[Count]", dimension: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in counts:
        if one.dimension == dimension:
            found[one.band] = found.get(one.band, 0) + one.n
    return found


def _now() -> tuple[object, object]:
    return timezone.localdate() - timedelta(days=30), timezone.localdate()


def test_only_what_the_process_asks_is_kept_and_it_can_be_taken_back(poll: Poll, age: Dimension) -> None:
    (amina,) = _came(poll.process, "25to44", 1)
    other = Dimension.objects.create(slug="shoe", name={"en": "Shoe"})
    large = Band.objects.create(dimension=other, slug="large", name={"en": "Large"})

    SelfDescription.objects.say(amina, {other: large})
    assert [str(one.band) for one in amina.descriptions.all()] == ["25 to 44"]
    SelfDescription.objects.say(amina, {age: None})

    assert not amina.descriptions.exists()


def test_votes_count_by_what_people_said_their_way_and_their_place(poll: Poll, riverside: Branch) -> None:
    _vote(poll, [*_came(poll.process, "25to44", 3), *_came(poll.process, "", 2, Channel.PAPER)])
    _came(poll.process, "65plus", 4)  # they take part, and have not voted

    counts = list(voted(*_now()))  # type: ignore[arg-type]

    assert _of(counts, "age") == {"15to24": 0, "25to44": 3, "65plus": 0} | dict.fromkeys(_unasked(), 0)
    assert _of(counts, PLACE) == {"riverside": 5}
    assert sorted((one.channel, one.n) for one in counts if one.dimension == PLACE and one.n) == [
        ("paper", 2),
        ("web", 3),
    ]


def _unasked() -> set[str]:
    known = Band.objects.filter(dimension__slug="age").values_list("slug", flat=True)
    return set(known) - {"15to24", "25to44", "65plus"}


def test_a_card_says_nothing_of_its_holder(poll: Poll, ben: Person) -> None:
    card = CodeCard.deal(poll.process, 1, by=ben, batch="65plus")[0]
    _vote(poll, [card.take_part()])

    assert not any(_of(list(voted(*_now())), "age").values())  # type: ignore[arg-type]


def test_each_way_of_taking_part_is_a_step(poll: Poll, choosing: Phase) -> None:
    old, young = _came(choosing.process, "65plus", 1)[0], _came(choosing.process, "15to24", 1)[0]
    collection = Collection.objects.create(phase=choosing, title="Ideas")
    proposal = Proposal.objects.begin(collection, participant=old, language="en", title="A pond", words="With frogs")
    proposal.publish(by=old)
    Support.objects.give(proposal, young)
    conversation = Conversation.objects.begin(choosing, "Where do you stand?", by=None, statements=["More shade"])
    OpinionVote.objects.take({conversation.statements.get().pk: 1}, participant=young)

    steps = {one.__name__: _of(list(one(*_now())), "age") for one in (proposed, supported, stood)}  # type: ignore[arg-type]

    assert steps["proposed"]["65plus"] == 1
    assert steps["supported"]["15to24"] == 1
    assert steps["stood"]["15to24"] == 1
    names = [step.name for step in in_order()]
    assert names.index("supported") < names.index("voted") < names.index("attended") if "attended" in names else True


def test_an_open_vote_says_whom_it_misses_until_they_come(
    poll: Poll, age: Dimension, ben: Person, sign_in: SignIn
) -> None:
    old = Band.objects.get(dimension=age, slug="65plus")
    segment = Segment.objects.create(name=old.name, kind="band", band=old, by=ben)
    segment.meet("The tea club", kind=WhereaboutsKind.PARTNER, by=ben)
    _vote(poll, [*_came(poll.process, "15to24", 25), *_came(poll.process, "25to44", 20)])

    look()
    missed = MissedGroup.objects.current().get()
    desk = reverse("deciding:desk-participants", args=[poll.process.decision_id])
    page = sign_in(ben).get(desk).content.decode()

    assert (missed.group, missed.thing) == (old, "deciding.poll")
    assert "say what you do" in page
    assert "The tea club" in page
    assert poll.get_desk_url() in sign_in(ben).get(missed.get_absolute_url()).content.decode()
    _vote(poll, _came(poll.process, "65plus", 45))
    look()
    assert not MissedGroup.objects.current().exists()


def test_a_question_of_the_whole_library_misses_places(
    poll: Poll, choosing: Phase, age: Dimension, riverside: Branch, ben: Person
) -> None:
    hill = Branch.objects.create(slug="hill", name={"en": "Hill"})
    bands = dict.fromkeys(Band.objects.filter(slug__in=["15to24", "65plus"]), (1500.0, 50.0))
    Figure.objects.write(bands, branch=hill, of_day=timezone.localdate(), source="Census", by=ben)
    type(choosing.process.decision).objects.update(branch=None)
    people = _came(choosing.process, "", 40)
    Participant.objects.filter(pk__in=[one.pk for one in people]).update(branch=riverside)
    _vote(poll, people)

    look()

    assert MissedGroup.objects.current().get().group == hill
    assert str(MissedGroup.objects.current().get()).endswith("Hill")


def test_what_is_over_or_not_yet_public_warns_of_nobody(poll: Poll, choosing: Phase) -> None:
    assert [one.thing for one in deciding_now()] == ["deciding.poll"]

    Phase.objects.update(closes_at=timezone.now() - timedelta(minutes=1))

    assert not list(deciding_now())


def test_somebody_says_something_of_themselves_and_the_process_asks_only_then(
    poll: Poll, age: Dimension, client: Client
) -> None:
    page = reverse("deciding:about-you", args=[poll.process.decision_id])
    assert client.get(page).status_code == 302  # first through the door
    client.post(reverse("deciding:joining", args=[poll.process.decision_id]), {"way": "now"})
    me = Participant.objects.get()

    assert "I would rather not say" in client.get(page).content.decode()
    assert client.post(page, {"about_age": "999"}).status_code == 422
    client.post(page, {"about_age": Band.objects.get(dimension=age, slug="65plus").pk})

    assert me.descriptions.get().band.slug == "65plus"
    assert "Say a little about yourself" in client.get(poll.process.get_absolute_url()).content.decode()
    poll.process.asks.clear()
    assert client.get(page).status_code == 404


def test_a_colleague_enters_what_somebody_says_at_the_desk(
    poll: Poll, age: Dimension, ben: Person, sign_in: SignIn
) -> None:
    desk = reverse("deciding:desk-participants", args=[poll.process.decision_id])
    old = Band.objects.get(dimension=age, slug="65plus")

    sign_in(ben).post(desk, {"channel": "desk", "about_age": old.pk})

    assert SelfDescription.objects.get().band == old
    assert "too few to show" in sign_in(ben).get(desk).content.decode()


def test_what_one_said_of_oneself_is_in_my_data_and_goes_with_merging(poll: Poll, amina: Person) -> None:
    guest = _came(poll.process, "25to44", 1)[0]
    mine = Participant.objects.join(poll.process, person=amina)

    mine.absorb(guest)

    assert export_participation(amina)[0]["said of themselves"] == ["25 to 44"]
