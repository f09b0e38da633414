"""Proposals at the desk: the list, entry for others, answers, moderation, merging."""

from collections.abc import Callable

import pytest
from django.test import Client

from rapport.deciding.models import (
    CodeCard,
    Collection,
    Merging,
    OfficialAnswer,
    Outcome,
    Participant,
    Process,
    Proposal,
    ProposalState,
    Support,
)
from rapport.deciding.tests.idea_box import an_idea, idea_box, over, somebody
from rapport.listening.models import Voice, VoiceKind
from rapport.loop.models import Speaker
from rapport.people.models import Person
from rapport.places.models import Branch

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


@pytest.fixture
def box(garden: Process) -> Collection:
    return idea_box(garden)


@pytest.fixture
def noor(garden: Process) -> Participant:
    return somebody(garden, "Noor", email="noor@example.org")


def _written(client: Client, box: Collection, title: str = "A pear tree") -> Proposal:
    begun = client.post(f"/collections/{box.pk}/new/", {"title": title, "language": "en", "name": "Noor"})
    draft = Proposal.objects.get(state=ProposalState.DRAFT)
    assert begun["Location"] == f"/ideas/{draft.pk}/writing/words/"
    client.post(f"/ideas/{draft.pk}/writing/words/", {"words": "It gives shade."})
    client.post(f"/ideas/{draft.pk}/writing/more/", {})
    client.post(f"/ideas/{draft.pk}/writing/publishing/")
    return Proposal.objects.get(pk=draft.pk)


def test_what_belongs_to_another_branch_is_not_there(
    box: Collection, noor: Participant, sign_in: SignIn, desk: Person, riverside: Branch
) -> None:
    idea, mine = an_idea(box, noor), sign_in(desk)
    urls = [f"/desk/ideas/{idea.pk}/", f"/desk/collections/{box.pk}/", f"/desk/collections/{box.pk}/entry/"]
    assert [mine.get(url).status_code for url in urls] == [200] * 3

    hilltop = Branch.objects.create(slug="hilltop", name="Hilltop")
    type(box.process.decision).objects.update(branch=hilltop)

    assert [mine.get(url).status_code for url in urls] == [404] * 3
    assert "Ideas for the garden" not in mine.get("/desk/collections/").text


def test_one_is_entered_for_somebody_who_wrote_on_paper(box: Collection, sign_in: SignIn, desk: Person) -> None:
    said = {"channel": "paper", "title": "A pear tree", "words": "Shade", "language": "en", "name": "Rosa"}

    sign_in(desk).post(f"/desk/collections/{box.pk}/entry/", {**said, "email": "rosa@example.org"})

    idea = Proposal.objects.get()
    assert (idea.is_public, idea.channel, idea.entered_by) == (True, "paper", desk)
    assert idea.loop
    assert idea.loop.heard.get().speaker.email == "rosa@example.org"


def test_a_voice_becomes_a_proposal_and_its_speaker_is_heard(
    box: Collection, sign_in: SignIn, ben: Person, riverside: Branch
) -> None:
    speaker = Speaker.objects.reached_at(email="rosa@example.org", language="en")
    voice = Voice(
        kind=VoiceKind.SUGGESTION,
        words="A pear tree. It gives shade.",
        language="en",
        channel="web",
        branch=riverside,
        speaker=speaker,
    ).save_as_heard()
    client = sign_in(ben)
    assert f"/desk/collections/{box.pk}/entry/?voice={voice.pk}" in client.get(f"/desk/voices/{voice.pk}/").text

    page = client.get(f"/desk/collections/{box.pk}/entry/?voice={voice.pk}")
    assert 'value="A pear tree"' in page.text
    said = {"channel": "desk", "title": "A pear tree", "words": voice.words, "language": "en"}
    client.post(f"/desk/collections/{box.pk}/entry/?voice={voice.pk}", said)

    idea = Proposal.objects.get()
    assert idea.voice == voice
    assert idea.loop
    assert idea.loop.heard.get().speaker == speaker


def test_lines_of_a_list_are_counted_once_each(
    box: Collection, noor: Participant, sign_in: SignIn, desk: Person, ben: Person
) -> None:
    idea = an_idea(box, noor)
    card = CodeCard.deal(box.process, 1, by=ben)[0]
    lines = f"Rosa Diaz, River Street\nrosa diaz,  River street\n{card.code}\nSomebody without a street"

    page = sign_in(desk).post(f"/desk/ideas/{idea.pk}/supports/", {"channel": "paper", "lines": lines})

    assert page.status_code == 422
    assert "Somebody without a street: write a street" in page.text
    assert Proposal.objects.get().supporters == 2
    assert Support.objects.filter(is_proven=False).count() == 1


def test_answers_are_given_singly_and_together_with_a_reason(
    box: Collection, noor: Participant, sign_in: SignIn, mona: Person, ben: Person
) -> None:
    tree, bench, roof = an_idea(box, noor), an_idea(box, noor, "A bench"), an_idea(box, noor, "A roof")
    client = sign_in(mona)
    said = {"outcome": "accepted", "reason_en": "There is room", "cost": "300", "due": "2027-05-01"}
    assert client.post(f"/desk/ideas/{tree.pk}/answer/", {**said, "reason_en": " "}).status_code == 422
    client.post(f"/desk/ideas/{tree.pk}/answer/", said)
    both = {"pick": [bench.pk, roof.pk]}
    assert "A roof" in client.post(f"/desk/collections/{box.pk}/answers/", both).text
    client.post(
        f"/desk/collections/{box.pk}/answers/", {**both, "really": "1", "outcome": "rejected", "reason_en": "No money"}
    )

    assert dict(Proposal.objects.values_list("pk", "outcome")) == {
        tree.pk: "accepted",
        bench.pk: "rejected",
        roof.pk: "rejected",
    }
    assert "There is room" in Client().get(tree.get_absolute_url()).text
    assert sign_in(ben).post(f"/desk/ideas/{tree.pk}/answer/", said).status_code == 403


def test_two_moderators_see_who_has_taken_which(
    box: Collection, noor: Participant, sign_in: SignIn, ben: Person, mona: Person
) -> None:
    Collection.objects.update(moderation="before")
    idea = an_idea(Collection.objects.get(), noor)
    first, second = sign_in(ben), sign_in(mona)
    url = f"/desk/moderation/idea/{idea.pk}/"
    first.post(url, {"act": "take"})
    assert "Ben has taken this" in second.get("/desk/moderation/").text

    assert first.post(url, {"act": "decide", "doing": "sent_back"}).status_code == 422
    first.post(url, {"act": "decide", "doing": "let_through"})

    assert Proposal.objects.get().is_public
    assert "Nothing waits" in second.get("/desk/moderation/").text


def test_a_merging_is_suggested_at_the_bench_and_agreed_to(
    box: Collection, client: Client, sign_in: SignIn, ben: Person
) -> None:
    tree = _written(client, box)
    other = Client()
    shade = _written(other, box, "Something for shade")
    staff = sign_in(ben)
    form = {
        "pick": [tree.pk, shade.pk], "results-TOTAL_FORMS": "1", "results-INITIAL_FORMS": "0",
        "results-0-title": "A tree for shade", "results-0-words": "Pears and shade", "why": "They say the same",
    }  # fmt: skip
    assert "It gives shade." in staff.post(f"/desk/collections/{box.pk}/mergings/", {"pick": form["pick"]}).text
    staff.post(f"/desk/collections/{box.pk}/mergings/", form)
    merging = Merging.objects.get()
    assert "They say the same" in client.get(f"/mergings/{merging.pk}/").text
    parts = {part.proposal_id: part.pk for part in merging.parts.all()}

    client.post(f"/mergings/{merging.pk}/consent/", {"part": parts[tree.pk], "act": "consent"})
    staff.post(f"/desk/mergings/{merging.pk}/", {"part": parts[shade.pk]})

    new = Proposal.objects.public().get()
    assert new.own_title == "A tree for shade"
    assert "went into another" in client.get(tree.get_absolute_url()).text


def test_rules_are_set_at_the_desk(box: Collection, sign_in: SignIn, ben: Person) -> None:
    client = sign_in(ben)
    page = client.get(f"/desk/collections/{box.pk}/settings/")
    said = {
        name: value for name, value in page.context["form"].initial.items() if value is not None and value is not False
    }
    said |= {"title_en": "Ideas", "categories_en": "Plants\nSeats", "threshold": "20"}
    for name in ("title", "about", "guiding", "categories"):
        said.pop(name, None)

    client.post(f"/desk/collections/{box.pk}/settings/", said)

    box.refresh_from_db()
    assert (str(box), box.threshold) == ("Ideas", 20)
    assert [str(one) for one in box.categories.all()] == ["Plants", "Seats"]


def test_words_are_translated_beside_the_original(
    box: Collection, noor: Participant, sign_in: SignIn, ben: Person
) -> None:
    idea = an_idea(box, noor)

    sign_in(ben).post(
        f"/desk/ideas/{idea.pk}/translation/",
        {"title_en": "changed", "title_es": "Un peral", "words_en": "changed", "words_es": "Da sombra"},
    )

    idea.refresh_from_db()
    assert dict(idea.title) == {"en": "A pear tree", "es": "Un peral"}


def test_everything_still_opens_when_it_is_over(
    box: Collection, noor: Participant, client: Client, mona: Person
) -> None:
    idea = an_idea(box, noor)
    OfficialAnswer.objects.give(idea, Outcome.PARTLY, reason="Half of it", by=mona)
    over(box.phase)

    assert "Half of it" in client.get(idea.get_absolute_url()).text
    assert "Collecting is over" in client.get(f"/collections/{box.pk}/").text
    assert client.get(f"/collections/{box.pk}/new/").status_code == 302
    client.post(f"/ideas/{idea.pk}/support/")
    assert not Support.objects.exists()
