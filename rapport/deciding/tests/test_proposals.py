from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from conftest import AtOnce
from rapport.deciding.models import (
    AlreadyAnswered,
    Amendment,
    Authorship,
    Collection,
    Comment,
    Doing,
    EnoughProposals,
    EnoughSupports,
    HouseRule,
    LastAuthor,
    Looked,
    Merging,
    Moderation,
    NotOpen,
    NotSupported,
    NotToBeMerged,
    NotYours,
    OfficialAnswer,
    Outcome,
    Participant,
    Process,
    Proposal,
    ProposalState,
    Stance,
    Support,
    TooLate,
)
from rapport.deciding.models.moderation import moderate, put_back, take
from rapport.loop.models import Loop
from rapport.messaging.models import Letter
from rapport.people.models import Person

from .idea_box import an_idea, idea_box, over, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def box(garden: Process) -> Collection:
    return idea_box(garden)


@pytest.fixture
def noor(garden: Process) -> Participant:
    return somebody(garden, "Noor", email="noor@example.org")


@pytest.fixture
def sami(garden: Process) -> Participant:
    return somebody(garden, "Sami", email="sami@example.org")


# ── writing ──


def test_a_draft_is_read_by_nobody_else_and_a_published_one_has_a_story(box: Collection, noor: Participant) -> None:
    draft = Proposal.objects.begin(box, participant=noor, language="en", title="A pear tree", words="Shade and pears")
    assert not Proposal.objects.public().exists()
    assert not Proposal.objects.at_the_desk().exists()

    draft.publish(by=noor)

    idea = Proposal.objects.public().get()
    assert idea.loop is not None
    assert [heard.speaker for heard in idea.loop.heard.all()] == [noor.speaker]
    assert set(Loop.objects.of(idea)) == {idea.loop, box.process.decision.loop}
    assert idea.versions.get().title == "A pear tree"


def test_the_database_lets_nothing_be_public_without_a_story(box: Collection, noor: Participant) -> None:
    draft = Proposal.objects.begin(box, participant=noor, language="en")

    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=draft.pk).update(state=ProposalState.PUBLIC)


def test_authors_change_what_is_published_for_a_while_and_others_never(
    box: Collection, noor: Participant, sami: Participant
) -> None:
    idea = an_idea(box, noor)
    idea.write(by=noor, title="Two pear trees", words="It gives shade and pears.")

    assert [version.title for version in idea.versions.all()] == ["A pear tree", "Two pear trees"]
    with pytest.raises(NotYours):
        idea.write(by=sami, title="Mine", words="x")
    idea.published_at = timezone.now() - timedelta(hours=2)
    with pytest.raises(TooLate):
        idea.write(by=noor, title="Late", words="x")


def test_nothing_is_taken_when_the_phase_is_over(box: Collection, noor: Participant) -> None:
    draft = Proposal.objects.begin(box, participant=noor, language="en", title="A pear tree", words="x")
    over(box.phase)

    with pytest.raises(NotOpen):
        Proposal.objects.get(pk=draft.pk).publish(by=noor)


def test_each_has_so_many_proposals_and_no_more(box: Collection, noor: Participant) -> None:
    box.most_proposals = 1
    first = an_idea(box, noor)

    with pytest.raises(EnoughProposals):
        an_idea(box, noor, "Another")

    first.withdraw(by=noor)
    an_idea(box, noor, "Another")
    assert Proposal.objects.readable().count() == 2


def test_authors_come_by_the_code_and_the_last_one_stays(box: Collection, noor: Participant, sami: Participant) -> None:
    idea = an_idea(box, noor)
    assert Authorship.accept(idea, "WRONGONE", sami) is None

    authorship = Authorship.accept(idea, f"{idea.code[:4]}-{idea.code[4:].lower()}", sami, name="Sami")

    assert authorship is not None
    assert Authorship.accept(idea, idea.code, sami) == authorship
    idea.authorships.get(participant=noor).leave()
    with pytest.raises(LastAuthor):
        authorship.leave()


def test_translations_go_when_the_words_that_they_translate_do(box: Collection, noor: Participant) -> None:
    idea = an_idea(box, noor)
    idea.title = {**idea.title, "es": "Un peral"}
    idea.words = {**idea.words, "es": "Da sombra"}
    idea.save()

    idea.write(by=noor, title="Two pear trees", words=idea.own_words)

    assert (dict(idea.title), idea.words["es"]) == ({"en": "Two pear trees"}, "Da sombra")


# ── supporting ──


def test_support_counts_once_is_limited_and_can_be_taken_back(
    box: Collection, noor: Participant, sami: Participant
) -> None:
    box.most_supports = 1
    box.save()
    tree, bench = an_idea(box, noor), an_idea(box, noor, "A bench")
    given = Support.objects.give(tree, sami)
    assert Support.objects.give(tree, sami) == given
    with pytest.raises(EnoughSupports):
        Support.objects.give(Proposal.objects.get(pk=bench.pk), sami)

    given.withdraw()
    Support.objects.give(Proposal.objects.get(pk=bench.pk), sami)

    assert [Proposal.objects.get(pk=one.pk).supporters for one in (tree, bench)] == [0, 1]
    assert not tree.loop or sami.speaker not in [heard.speaker for heard in tree.loop.heard.all()]


def test_enough_support_is_said_once_to_everyone(
    box: Collection, noor: Participant, sami: Participant, at_once: AtOnce
) -> None:
    box.threshold = 2
    box.save()
    tree = an_idea(box, noor)

    with at_once():
        for one in (noor, sami):
            Support.objects.give(Proposal.objects.get(pk=tree.pk), one)

    tree.refresh_from_db()
    assert tree.enough_at
    assert tree.loop
    assert [step.turn for step in tree.loop.steps.all()] == ["heard", "taken_up"]
    assert Letter.objects.filter(speaker=noor.speaker).count() == 1


def test_a_line_of_a_list_counts_once_and_is_marked(box: Collection, noor: Participant, ben: Person) -> None:
    box.most_supports = 1
    box.save()
    tree, bench = an_idea(box, noor), an_idea(box, noor, "A bench")

    first = Support.objects.from_sheet(tree, "Rosa Diaz", "River Street", by=ben)
    again = Support.objects.from_sheet(tree, " rosa  diaz", "river street", by=ben)

    assert first is not None
    assert again is None
    assert (first.is_proven, first.participant.name, first.channel) == (False, "Rosa", "paper")
    assert "diaz" not in str(Support.objects.values()).lower()
    with pytest.raises(EnoughSupports):  # the same person on the list of another
        Support.objects.from_sheet(bench, "Rosa Diaz", "River Street", by=ben)


def test_what_is_hidden_is_not_supported(box: Collection, noor: Participant, sami: Participant, ben: Person) -> None:
    tree = an_idea(box, noor)
    moderate(tree, Doing.HIDDEN, by=ben, words="It names somebody")

    with pytest.raises(NotSupported):
        Support.objects.give(tree, sami)


# ── amending and commenting ──


def test_an_accepted_change_is_what_it_says_and_is_credited(
    box: Collection, noor: Participant, sami: Participant, at_once: AtOnce
) -> None:
    tree = an_idea(box, noor)
    change = Amendment.objects.suggest(
        tree, participant=sami, title="A plum tree", words="It gives shade.", why="Pears draw wasps", name="Sami"
    )
    with pytest.raises(NotYours):
        change.accept(by=sami)

    with at_once():
        change.accept(by=noor)

    tree.refresh_from_db()
    assert tree.own_title == "A plum tree"
    assert tree.versions.last().participant == sami
    assert Letter.objects.filter(speaker=sami.speaker).exists()


def test_a_change_is_declined_with_a_reason_and_once(box: Collection, noor: Participant, sami: Participant) -> None:
    change = Amendment.objects.suggest(an_idea(box, noor), participant=sami, title="x", words="y", why="z")

    with pytest.raises(ValueError, match="reason"):
        change.decline(by=noor, answer=" ")
    change.decline(by=noor, answer="We like pears")

    assert Amendment.objects.get().answer == "We like pears"
    with pytest.raises(AlreadyAnswered):
        change.accept(by=noor)


def test_an_answer_stands_below_the_comment(box: Collection, noor: Participant, sami: Participant) -> None:
    tree = an_idea(box, noor)
    against = Comment.objects.say(tree, "Wasps", participant=sami, stance=Stance.AGAINST)
    answer = Comment.objects.say(tree, "We pick them", participant=noor, parent=against)

    deeper = Comment.objects.say(tree, "Every day?", participant=sami, parent=answer)

    assert deeper.parent == against
    assert list(against.replies.all()) == [answer, deeper]


# ── what the library does ──


def test_what_is_read_first_appears_when_somebody_lets_it_through(
    box: Collection, noor: Participant, ben: Person
) -> None:
    box.moderation = Looked.BEFORE
    tree = an_idea(box, noor)
    assert tree.state == ProposalState.WAITING

    moderate(tree, Doing.LET_THROUGH, by=ben)

    assert Proposal.objects.public().get() == tree
    with pytest.raises(ValueError, match="cannot be"):
        moderate(tree, Doing.LET_THROUGH, by=ben)


def test_what_is_sent_back_tells_its_author_why_and_can_come_again(
    box: Collection, noor: Participant, ben: Person, at_once: AtOnce
) -> None:
    tree = an_idea(box, noor)
    with pytest.raises(ValueError, match="reason"):
        moderate(tree, Doing.SENT_BACK, by=ben)

    with at_once():
        moderate(tree, Doing.SENT_BACK, by=ben, rule=HouseRule.objects.first(), words="Leave the name out.")

    letter = Letter.objects.get(speaker=noor.speaker)
    assert "Leave the name out." in letter.text
    assert not Loop.objects.public().filter(pk=tree.loop_id).exists()
    tree.write(by=noor, title="A tree", words="Without the name")
    tree.publish(by=noor)
    assert Loop.objects.public().filter(pk=tree.loop_id).exists()


def test_the_database_wants_a_reason_for_what_is_taken_away(box: Collection, noor: Participant, ben: Person) -> None:
    tree = an_idea(box, noor)

    with pytest.raises(IntegrityError), transaction.atomic():
        Moderation.objects.create(proposal=tree, doing=Doing.HIDDEN, by=ben)


def test_a_reported_comment_waits_until_somebody_looked(
    box: Collection, noor: Participant, sami: Participant, ben: Person
) -> None:
    comment = Comment.objects.say(an_idea(box, noor), "You fool", participant=sami)
    comment.report(noor, why="Insulting")
    assert Comment.objects.reported().get() == comment

    moderate(comment, Doing.HIDDEN, by=ben, words="It hurts somebody")

    assert not Comment.objects.reported().exists()
    assert not Comment.objects.shown().exists()


def test_one_of_two_colleagues_takes_it(box: Collection, noor: Participant, ben: Person, mona: Person) -> None:
    tree = an_idea(box, noor)

    assert take(tree, by=ben)
    assert not take(tree, by=mona)
    put_back(tree, by=mona)
    assert not take(tree, by=mona)
    put_back(tree, by=ben)
    assert take(tree, by=mona)


def test_an_answer_needs_a_reason_and_reaches_authors_and_supporters(
    box: Collection, noor: Participant, sami: Participant, mona: Person, at_once: AtOnce
) -> None:
    tree = an_idea(box, noor)
    Support.objects.give(tree, sami)
    with pytest.raises(ValueError, match="reason"):
        OfficialAnswer.objects.give(tree, Outcome.ACCEPTED, reason=" ", by=mona)

    with at_once():
        OfficialAnswer.objects.give(
            tree, Outcome.ACCEPTED, reason="There is room", next_words="We plant in May", cost=300, by=mona
        )

    tree.refresh_from_db()
    assert tree.outcome == Outcome.ACCEPTED
    letters = Letter.objects.filter(speaker__in=[noor.speaker, sami.speaker])
    assert letters.count() == 2
    assert all("We plant in May" in letter.text for letter in letters)


# ── merging and splitting ──


def test_a_merging_waits_for_every_author_and_carries_supporters_once(
    box: Collection, noor: Participant, sami: Participant, ben: Person, at_once: AtOnce
) -> None:
    tree, shade = an_idea(box, noor), an_idea(box, sami, "Shade")
    both = somebody(box.process, "Rosa", email="rosa@example.org")
    for one in (tree, shade):
        Support.objects.give(one, both)
    merging = Merging.objects.propose([tree, shade], [("A tree for shade", "Pears and shade")], by=ben)
    with pytest.raises(NotYours):
        merging.consent(shade, by=noor)
    assert not merging.consent(tree, by=noor)

    with at_once():
        assert merging.consent(shade, entered_by=ben)

    new = Proposal.objects.public().get()
    assert (new.own_title, new.supporters) == ("A tree for shade", 1)
    assert {one.participant for one in new.authorships.all()} == {noor, sami}
    assert new.loop
    assert {heard.speaker for heard in new.loop.heard.all()} == {noor.speaker, sami.speaker, both.speaker}
    assert Letter.objects.filter(speaker=both.speaker).exists()
    assert {one.state for one in Proposal.objects.filter(pk__in=[tree.pk, shade.pk])} == {ProposalState.MERGED}


def test_one_no_leaves_everything_as_it_is(box: Collection, noor: Participant, sami: Participant, ben: Person) -> None:
    tree, shade = an_idea(box, noor), an_idea(box, sami, "Shade")
    merging = Merging.objects.propose([tree, shade], [("Both", "x")], by=ben)
    with pytest.raises(NotToBeMerged):
        Merging.objects.propose([tree, shade], [("Again", "x")], by=ben)

    merging.refuse(shade, by=sami)

    assert Proposal.objects.public().count() == 2
    Merging.objects.propose([tree, shade], [("Again", "x")], by=ben)


def test_one_becomes_two_and_each_keeps_the_supporters(
    box: Collection, noor: Participant, sami: Participant, ben: Person
) -> None:
    box.most_supports = 1
    box.save()
    tree = an_idea(box, noor, "A tree and a bench")
    Support.objects.give(tree, sami)

    Merging.objects.propose([tree], [("A tree", "x"), ("A bench", "y")], by=ben).consent(tree, by=noor)

    assert sorted((one.own_title, one.supporters) for one in Proposal.objects.public()) == [
        ("A bench", 1),
        ("A tree", 1),
    ]
