"""Words that anyone will read are looked through once before they go out: names of themes, needs, answers."""

from collections.abc import Callable

import pytest
from django.test import Client

from rapport.insight.models import Theme
from rapport.listening.models import Voice
from rapport.people.models import Person
from rapport.places.models import Branch

from .test_themes_kept import spoken

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def test_the_name_of_a_theme_is_looked_through(ben: Person, sign_in: SignIn) -> None:
    theme, client = Theme.objects.confirm("Garden", spoken(2), by=ben), sign_in(ben)
    said = {"label_en": "Thanks to Mrs. Abernathy"}

    page = client.post(f"/desk/themes/{theme.pk}/name/", said)
    assert page.status_code == 422
    assert "Mrs. Abernathy" in page.content.decode() and "looked_through" in page.content.decode()
    assert client.post(f"/desk/themes/{theme.pk}/name/", {**said, "looked_through": "on"}).status_code == 302
    assert client.post(f"/desk/themes/{theme.pk}/name/", {"label_en": "A quiet garden"}).status_code == 302


def test_a_group_is_not_confirmed_under_somebodys_name_unseen(ben: Person, sign_in: SignIn) -> None:
    from rapport.insight.models import ThemeProposal

    proposal = ThemeProposal.objects.create(by=ben, voice_count=3, done_at="2026-01-01T00:00Z")
    keys = spoken(3)
    group = proposal.proposed.create(order=0, label={"en": "Ben · desk"}, voices=keys, typical=keys, n=3)
    sent = {f"g{group.pk}-label_en": "Ben · desk", "only": group.pk}

    page = sign_in(ben).post(f"/desk/proposals/{proposal.pk}/confirmation/", sent)

    assert page.status_code == 422 and "looked_through" in page.content.decode()
    assert not Theme.objects.exists()


def test_the_sentence_of_a_need_is_looked_through(ben: Person, sign_in: SignIn, riverside: Branch) -> None:
    client = sign_in(ben)
    said = {"sentence_en": "Amira, call 020 7946 0958, wants shade", "kind": "need"}

    assert client.post("/desk/needs/new/", said).status_code == 422
    assert client.post("/desk/needs/new/", {**said, "looked_through": "on"}).status_code == 302


def test_an_answer_is_looked_through_only_where_others_read_it(ben: Person, sign_in: SignIn) -> None:
    voice = Voice.objects.get(pk=spoken(1)[0])
    client, page = sign_in(ben), f"/desk/voices/{voice.pk}/answers/"
    said = {"words": "We told your daughter Amira that shade comes.\nKind regards, Ben", "is_public": "on"}

    shown = client.post(page, said)
    assert shown.status_code == 422 and "Amira" in shown.content.decode()
    assert client.post(page, {"words": "Shade comes.\nKind regards, Ben", "is_public": "on"}).status_code == 302
    seen = {"seen": voice.answers.get().pk}
    assert client.post(page, {"words": said["words"], **seen}).status_code == 302
