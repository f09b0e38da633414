from collections.abc import Callable

import pytest
from django.test import Client

from conftest import AtOnce
from rapport.insight.models import Problem, ProposedTheme, Theme, ThemeProposal
from rapport.insight.selection import selected, selection_of
from rapport.insight.tests.library_comments import COMMENTS
from rapport.listening.models import Voice
from rapport.people.models import Person, Role
from rapport.places.models import Branch

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def voices(count: int, branch: Branch | None = None) -> list[Voice]:
    return Voice.objects.bulk_create(
        Voice(kind="suggestion", words=text, language=language, branch=branch, channel="web")
        for language, _topic, text in (COMMENTS * (count // len(COMMENTS) + 1))[:count]
    )


def proposal_of(groups: dict[str, list[Voice]], by: Person) -> ThemeProposal:
    """A proposal as if it had been worked out, without reading anything."""
    proposal = ThemeProposal.objects.create(by=by, voice_count=9, done_at="2026-01-01T00:00Z", words="All voices")
    for order, (name, spoken) in enumerate(groups.items()):
        keys = [voice.pk for voice in spoken]
        proposal.proposed.create(order=order, label={"en": name}, voices=keys, typical=keys[:3], n=len(keys))
    return proposal


@pytest.fixture
def proposal(ben: Person) -> ThemeProposal:
    spoken = voices(9)
    return proposal_of({"Hours": spoken[:5], "Noise": spoken[5:]}, ben)


def test_the_house_proposes_and_nothing_is_a_theme_yet(ben: Person, at_once: AtOnce) -> None:
    voices(len(COMMENTS))

    with at_once():
        proposal = ThemeProposal.objects.propose({"view": "all"}, by=ben)

    proposal.refresh_from_db()
    assert proposal.done_at and proposal.problem == ""
    assert proposal.voice_count == len(COMMENTS)
    assert sum(group.n for group in proposal.proposed.all()) + proposal.left_over == len(COMMENTS)
    assert all(group.label and group.phrases and group.typical for group in proposal.proposed.all())
    assert not Theme.objects.exists()


def test_working_it_out_twice_proposes_once(ben: Person, at_once: AtOnce) -> None:
    voices(len(COMMENTS))
    with at_once():
        proposal = ThemeProposal.objects.propose({"view": "all"}, by=ben)
    before = proposal.proposed.count()

    proposal.work_out()  # as read before it was done
    ThemeProposal.objects.get(pk=proposal.pk).work_out()

    assert proposal.proposed.count() == before


def test_too_few_voices_are_a_problem_in_plain_words(ben: Person, at_once: AtOnce) -> None:
    voices(2)

    with at_once():
        proposal = ThemeProposal.objects.propose({"view": "all"}, by=ben)

    proposal.refresh_from_db()
    assert proposal.problem == Problem.TOO_FEW and not proposal.is_being_worked_out


def test_a_failure_is_said_and_can_be_tried_again(
    ben: Person, at_once: AtOnce, monkeypatch: pytest.MonkeyPatch
) -> None:
    voices(12)
    proposal = ThemeProposal.objects.create(selection={"view": "all"}, by=ben)
    with monkeypatch.context() as broken, pytest.raises(MemoryError):
        broken.setattr(
            "rapport.insight.methods.themes.themes.propose_themes", lambda *words: 1 / 0 if not words else _full()
        )
        proposal.work_out()
    proposal.refresh_from_db()
    assert proposal.problem == Problem.FAILED

    with at_once():
        proposal.try_again()

    proposal.refresh_from_db()
    assert proposal.problem == "" and proposal.proposed.exists()


def _full() -> None:
    raise MemoryError


def test_confirmed_twice_it_is_one_theme(proposal: ThemeProposal, ben: Person) -> None:
    group = proposal.proposed.first()
    assert group

    first = group.confirm(by=ben)
    again = ProposedTheme.objects.get(pk=group.pk).confirm(by=ben)

    assert first == again and first.voice_count == 5
    assert [(change.deed, change.by) for change in first.changes.all()] == [("confirmed", ben)]


def test_merged_groups_keep_the_name_of_the_largest(proposal: ThemeProposal, ben: Person) -> None:
    merged = ProposedTheme.objects.merge(proposal.proposed.all(), by=ben)

    assert str(merged) == "Hours" and merged.n == 9
    assert list(proposal.proposed.undecided()) == [merged]


def test_voices_can_be_moved_and_parted(proposal: ThemeProposal, ben: Person) -> None:
    hours, noise = proposal.proposed.all()

    hours.hand_over(hours.voices[:2], noise)
    part = noise.part(noise.voices[:1], by=ben)

    assert (hours.n, noise.n, part.n) == (3, 5, 1)
    with pytest.raises(ValueError):
        part.part(part.voices, by=ben)


def test_a_group_is_split_in_two_by_the_house(ben: Person, at_once: AtOnce) -> None:
    spoken = voices(len(COMMENTS))
    group = proposal_of({"All": spoken}, ben).proposed.get()

    with at_once():
        group.halve(by=ben)

    halves = list(ProposedTheme.objects.undecided())
    assert len(halves) == 2 and sum(half.n for half in halves) <= len(spoken)
    assert all(half.halving_since is None for half in halves)
    ProposedTheme.objects.get(pk=group.pk).work_out_halves()
    assert ProposedTheme.objects.count() == 2


def test_the_workbench_keeps_names_whatever_is_pressed(proposal: ThemeProposal, ben: Person, sign_in: SignIn) -> None:
    hours, noise = proposal.proposed.all()
    names = {
        f"g{hours.pk}-label_en": "Longer hours",
        f"g{noise.pk}-label_en": "Too loud",
        f"g{noise.pk}-label_ar": "ضوضاء",
    }

    answer = sign_in(ben).post(f"/desk/proposals/{proposal.pk}/confirmation/", {**names, "only": hours.pk})

    assert answer.status_code == 302
    assert [str(theme) for theme in Theme.objects.all()] == ["Longer hours"]
    noise.refresh_from_db()
    assert noise.label == {"en": "Too loud", "ar": "ضوضاء"}


def test_chosen_groups_are_confirmed_joined_discarded_and_taken_back(
    proposal: ThemeProposal, ben: Person, sign_in: SignIn
) -> None:
    hours, noise = proposal.proposed.all()
    theme = Theme.objects.confirm("Old", [], by=ben)
    page, client = f"/desk/proposals/{proposal.pk}/", sign_in(ben)

    client.post(f"{page}joining/", {"pick": [hours.pk], "theme": theme.pk})
    client.post(f"{page}discarding/", {"pick": [noise.pk]})
    assert list(proposal.proposed.undecided()) == []
    client.post(f"{page}discarding/removal/", {"only": noise.pk})

    theme.refresh_from_db()
    assert theme.voice_count == 5
    assert list(proposal.proposed.undecided()) == [noise]
    assert client.post(f"{page}confirmation/", {}, follow=True).status_code == 200
    assert client.post(f"{page}joining/", {"pick": ["x"], "theme": "9" * 30}, follow=True).status_code == 200


def test_a_name_that_is_too_long_stays_to_be_mended(proposal: ThemeProposal, ben: Person, sign_in: SignIn) -> None:
    hours = proposal.proposed.first()
    assert hours

    answer = sign_in(ben).post(f"/desk/proposals/{proposal.pk}/names/", {f"g{hours.pk}-label_en": "x" * 130})

    assert answer.status_code == 422 and "x" * 130 in answer.content.decode()


def test_only_those_who_may_change_can_press(
    proposal: ThemeProposal, tara: Person, chen: Person, sign_in: SignIn
) -> None:
    page = f"/desk/proposals/{proposal.pk}/"

    assert sign_in(tara).get(page).status_code == 200
    assert sign_in(tara).post(f"{page}names/").status_code == 403
    assert sign_in(chen).get(page).status_code == 403
    assert Client().get(page).status_code == 302


def test_who_works_for_one_branch_does_not_see_proposals_of_others(
    proposal: ThemeProposal, desk: Person, riverside: Branch, sign_in: SignIn
) -> None:
    assert sign_in(desk).get(f"/desk/proposals/{proposal.pk}/").status_code == 404

    local = Person.objects.create_user("local@example.org", name="Local")
    local.appoint(Role.PROGRAMMER, by=None, branch=riverside)
    elsewhere = Branch.objects.create(slug="mill", name="Mill Street")
    voices(2, elsewhere), voices(3, riverside)
    assert selected({"view": "all"}, by=local).filter(branch=elsewhere).count() == 0


def test_the_selection_is_what_the_inbox_shows(ben: Person, riverside: Branch) -> None:
    voices(3, riverside), voices(4)
    held = voices(1, riverside)[0]
    held.hold(because="doubt")

    assert selection_of({"page": "2", "kind": "suggestion"}) == {"kind": "suggestion", "view": "waiting"}
    assert selected({"view": "all", "branch": str(riverside.pk)}, by=ben).count() == 3
    assert selected({"view": "all", "branch": "x", "since": "2026-13-99", "loop": "-"}, by=ben).count() == 7
    assert selected({"view": "all", "language": "en", "q": "Sundays?"}, by=ben).count() == 2


def test_asking_from_the_inbox_shows_how_many_are_meant(ben: Person, sign_in: SignIn, at_once: AtOnce) -> None:
    voices(12)
    client = sign_in(ben)
    assert "12" in client.get("/desk/proposals/?view=all&kind=suggestion").content.decode()

    wrong = client.post("/desk/proposals/", {"view": "all", "wanted": "99"})
    with at_once():
        right = client.post("/desk/proposals/", {"view": "all", "wanted": "3"})

    assert wrong.status_code == 422
    assert client.get(right.url).status_code == 200
    assert ThemeProposal.objects.get().proposed.count() == 3
