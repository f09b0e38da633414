"""The ways in and what stands in the way: links, kiosk, other sites, invitations, quotas, small groups, names."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from rapport.community.models import Band, Dimension, Figure
from rapport.listening.models import Channel
from rapport.loop.models import Heard, Speaker
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.keeping import hear_contacts
from rapport.surveys.methods import Comparison, Condition, Kind, Page, Question, Questionnaire, Test, condition_as_json
from rapport.surveys.models import Contact, Link, Response, Sampling, Sitting, Survey

from .every_kind import every_kind
from .garden import garden_questions
from .test_answering import Visitor, begin


def _open(questionnaire: Questionnaire, by: Person, **fields: object) -> Survey:
    survey = Survey.objects.begin(questionnaire, by=by, **fields)  # type: ignore[arg-type]
    survey.open(by=by)
    return survey


@pytest.fixture
def garden(ben: Person) -> Survey:
    return _open(garden_questions(), ben)


@pytest.fixture
def one_face(ben: Person) -> Survey:
    face = Question(
        key="visit", kind=Kind.SMILEY, words={"en": "How was your visit?", "ar": "كيف كانت زيارتك؟"}, high=3
    )
    questions = Questionnaire(
        title={"en": "Your visit"}, languages=["en", "ar"], pages=[Page(key="a", questions=[face])]
    )
    return _open(questions, ben)


def _link(survey: Survey, **fields: object) -> Link:
    return survey.links.create(**fields)


# ── shared links ──


def test_a_poster_says_by_which_way_and_where_an_answer_came(garden: Survey, riverside: Branch) -> None:
    link = _link(garden, channel=Channel.POSTER, branch=riverside)

    visitor = Visitor().see(f"/s/{link.code.lower()}/").press().go(visits="weekly").go(wish="Shade")
    visitor.press(visitor.url.replace("review", "response"))

    response = garden.responses.get()
    assert (response.channel, response.branch, response.link) == (Channel.POSTER, riverside, link)


def test_a_link_that_was_stopped_lets_nobody_in(garden: Survey) -> None:
    link = _link(garden)
    link.stop()

    assert "This way in is closed" in Visitor().see(link.get_absolute_url()).text
    assert "This way in is closed" in Visitor().see(link.get_absolute_url()).press().text
    assert not Sitting.objects.exists()


def test_at_a_kiosk_one_touch_is_an_answer(one_face: Survey, riverside: Branch) -> None:
    link = _link(one_face, channel=Channel.KIOSK, branch=riverside)
    visitor = Visitor().see(link.get_absolute_url())
    assert "How was your visit?" in visitor.text

    visitor.press(visit="3")

    assert one_face.responses.get().answers == {"visit": 3}
    assert "Your answers are in" in visitor.text
    assert f'data-idle="{link.get_absolute_url()}"' in visitor.text
    assert not Sitting.objects.exists()


def test_a_kiosk_forgets_whoever_walked_away(garden: Survey, riverside: Branch) -> None:
    link = _link(garden, channel=Channel.KIOSK, branch=riverside)
    visitor = Visitor().see(link.get_absolute_url()).press().go(visits="weekly")
    assert "later" not in visitor.text

    visitor.see(f"/answering/{Sitting.objects.get().code}/end/")

    assert not Sitting.objects.exists()
    assert "about" in visitor.text


def test_within_another_site_no_cookie_is_set_and_only_there_may_it_be_framed(garden: Survey) -> None:
    link, client = _link(garden, is_embedded=True), Client()
    page = client.get(link.get_absolute_url())
    visitor = Visitor().see(link.get_absolute_url()).press()
    inside, outside = client.get(visitor.url), client.get(garden.get_absolute_url())

    for framed in (page, inside):
        assert "frame-ancestors *" in framed["Content-Security-Policy"]
        assert "X-Frame-Options" not in framed
        assert not framed.cookies
    assert "frame-ancestors 'none'" in outside["Content-Security-Policy"]
    assert outside["X-Frame-Options"] == "DENY"


# ── personal invitations ──


def test_an_invitation_is_used_once_and_its_holder_is_told_kindly(garden: Survey) -> None:
    invitation = garden.invitations.create(email="noor@example.org", language="es")
    visitor = Visitor().see(invitation.get_absolute_url())
    assert "¿Con qué frecuencia" in visitor.press().text

    visitor.go(visits="weekly").go(wish="Sombra")
    visitor.press(visitor.url.replace("review", "response"))

    assert garden.responses.get().answers["wish"] == "Sombra"
    assert "You have answered already" in Visitor().see(f"{invitation.get_absolute_url()}?language=en").text


def test_an_invitation_goes_on_where_its_holder_stopped(garden: Survey) -> None:
    invitation = garden.invitations.create(email="noor@example.org")
    Visitor().see(invitation.get_absolute_url()).press().go(visits="weekly")

    visitor = Visitor().see(invitation.get_absolute_url()).press()

    assert visitor.url.endswith("/2/")
    assert Sitting.objects.count() == 1


def test_whoever_would_rather_not_is_left_alone_and_may_think_again(garden: Survey) -> None:
    invitation = garden.invitations.create(email="noor@example.org")
    visitor = Visitor().see(invitation.get_absolute_url())

    visitor.press(f"{invitation.get_absolute_url()}refusal/")
    assert "We will not ask you again" in visitor.text
    assert not garden.invitations.waiting().exists()
    visitor.press(f"{invitation.get_absolute_url()}refusal/", again="yes")

    assert garden.invitations.waiting().exists()


def test_where_people_are_drawn_nobody_comes_in_by_the_open_page(garden: Survey) -> None:
    Survey.objects.update(sampling=Sampling.DRAWN)

    assert "for those who were invited" in Visitor().see(garden.get_absolute_url()).text
    assert "for those who were invited" in Visitor().see(garden.get_absolute_url()).press().text


# ── closed, soon, full ──


def test_before_and_after_its_days_it_says_so(garden: Survey) -> None:
    today = timezone.localdate()

    Survey.objects.update(opens_on=today + timedelta(1))
    assert "has not begun yet" in Visitor().see(garden.get_absolute_url()).text
    Survey.objects.update(opens_on=None, closes_on=today - timedelta(1))
    assert "has ended" in Visitor().see(garden.get_absolute_url()).text


def test_whoever_is_in_the_middle_when_it_closes_may_send_that_day_only(garden: Survey, ben: Person) -> None:
    today, later = begin(garden).go(visits="weekly"), begin(garden).go(visits="weekly")
    closing = garden.close(by=ben)

    today.go(wish="Shade")
    today.press(today.url.replace("review", "response"))
    assert garden.responses.count() == 1

    closing.at -= timedelta(days=1)
    closing.save()
    later.go(wish="Too late")
    assert "has ended" in later.text
    assert garden.responses.count() == 1


def _never() -> dict[str, object] | None:
    never: Condition = Test("visits", Comparison.EQUAL, "never")
    return condition_as_json(never)


def test_a_full_quota_is_told_on_the_page_that_decides_it(garden: Survey) -> None:
    garden.quotas.create(name="Those who never come", when=_never(), places=1, taken=1)

    stays = begin(garden).go(visits="never", barriers="far")
    comes = begin(garden).go(visits="weekly")

    assert "We have enough answers like yours" in stays.text
    assert comes.url.endswith("/2/")


def test_a_quota_that_fills_meanwhile_is_held_and_told(garden: Survey) -> None:
    quota = garden.quotas.create(name="Those who never come", when=_never(), places=1)
    visitor = begin(garden).go(visits="never", barriers="far").go(wish="Shade")
    quota.take()

    visitor.press(visitor.url.replace("review", "response"))

    assert "We have enough answers like yours" in visitor.text
    assert not Response.objects.exists()


def test_when_all_are_in_it_is_said_before_anybody_begins(garden: Survey) -> None:
    garden.quotas.create(name="All", when={}, places=1, taken=1)

    assert "We have enough answers" in Visitor().see(garden.get_absolute_url()).text


# ── small groups ──


@pytest.fixture
def census(riverside: Branch) -> None:
    age = Dimension.objects.create(slug="age", name="Age")
    for slug, people in (("under65", 4000), ("65plus", 12)):
        Figure.objects.create(band=Band.objects.create(dimension=age, slug=slug), branch=riverside, estimate=people)


@pytest.mark.usefixtures("census")
def test_a_question_says_which_answers_few_people_would_give(ben: Person, riverside: Branch) -> None:
    survey = _open(every_kind(), ben, branch=riverside)
    welcome = Visitor().see(survey.get_absolute_url())

    visitor = welcome.press().go(comes="yes")
    last = visitor.see(visitor.url.replace("/2/", "/4/"))

    assert "Few people are asked" not in welcome.text
    assert "Few people here would choose one of these: 65 or older." in last.text
    assert "You can leave it out." in last.text


def test_where_few_are_asked_it_is_said_before_and_at_each_question_about_oneself(ben: Person) -> None:
    survey = _open(every_kind(), ben, population=14)
    assert "Few people are asked" in Visitor().see(survey.get_absolute_url()).text

    visitor = begin(survey).go(comes="yes")

    assert "Few people are asked" not in visitor.text
    assert "Few people are asked" in visitor.see(visitor.url.replace("/2/", "/4/")).text


# ── names ──


@pytest.fixture
def named(ben: Person) -> Survey:
    return _open(garden_questions(), ben, is_named=True)


def test_a_named_survey_says_so_and_asks_who_one_is_at_the_end(named: Survey) -> None:
    visitor = begin(named)
    assert "kept with your name" in Visitor().see(named.get_absolute_url()).text

    visitor.go(visits="weekly").go(wish="Shade")
    send = visitor.url.replace("review", "response")
    visitor.press(send)
    assert visitor.page.status_code == 422
    visitor.press(send, name="Noor", email="noor@example.org")

    speaker = named.responses.get().speaker
    assert speaker is not None
    assert speaker.email == "noor@example.org"
    assert named.loop.heard.get().speaker == speaker


def test_whoever_is_signed_in_answers_as_themselves(named: Survey, amina: Person) -> None:
    client = Client()
    client.force_login(amina)
    visitor = begin(named).go(visits="weekly").go(wish="Shade")

    page = client.get(visitor.url)
    client.post(visitor.url.replace("review", "response"), {":token": visitor.hidden[":token"][0]})

    assert "Amina" in page.content.decode()
    assert Speaker.objects.behind(amina).get() == named.responses.get().speaker


def test_an_address_is_left_apart_from_all_answers_with_its_month_only(ben: Person) -> None:
    survey = _open(garden_questions(), ben, asks_contact=True)
    visitor = Visitor().see(f"/surveys/{survey.slug}/thanks/?language=en")

    visitor.press(f"/surveys/{survey.slug}/contact/?language=en", email="noor@example.org", wants_news="on")

    contact = Contact.objects.get()
    assert "We have noted it" in visitor.text
    assert contact.month.day == 1
    assert {field.name for field in Contact._meta.get_fields()}.isdisjoint({"response", "sitting", "at"})


def test_news_are_owed_when_the_survey_is_over_and_not_at_the_hour_of_the_answer(ben: Person) -> None:
    survey = _open(garden_questions(), ben, asks_contact=True)
    for name in ("noor", "lina"):
        Contact.objects.leave(survey, language="en", email=f"{name}@example.org", wants_news=True)
    Contact.objects.leave(survey, language="en", email="omar@example.org", wants_talk=True)

    early = Contact.objects.all().hear()
    survey.close(by=ben)

    month = Contact.objects.first().month  # type: ignore[union-attr]
    assert early == 0
    assert Heard.objects.count() == 2
    assert {timezone.localdate(one.at) for one in Heard.objects.all()} == {month}
    assert {one.speaker.since for one in Heard.objects.all()} == {month}
    assert Contact.objects.all().hear() == 0


def test_news_are_owed_to_those_of_a_month_that_is_past(ben: Person) -> None:
    survey = _open(garden_questions(), ben, asks_contact=True)
    contact = Contact.objects.leave(survey, language="en", email="noor@example.org", wants_news=True)
    Contact.objects.update(month=(contact.month - timedelta(days=1)).replace(day=1))

    assert hear_contacts() == 1
    assert Heard.objects.get().speaker.email == "noor@example.org"


def test_an_address_for_nothing_is_not_kept(ben: Person) -> None:
    survey = _open(garden_questions(), ben, asks_contact=True)
    visitor = Visitor().see(f"/surveys/{survey.slug}/thanks/?language=en")

    visitor.press(f"/surveys/{survey.slug}/contact/?language=en", email="noor@example.org")

    assert visitor.page.status_code == 422
    assert not Contact.objects.exists()


# ── which library ──


def test_on_the_open_page_of_the_whole_house_one_may_say_which_library_one_uses(ben: Person, riverside: Branch) -> None:
    survey = _open(garden_questions(), ben, asks_branch=True)

    for said in (str(riverside.pk), "", "999999", "x"):
        visitor = begin(survey, branch=said).go(visits="weekly").go(wish="Shade")
        visitor.press(visitor.url.replace("review", "response"))

    branches = [response.branch for response in survey.responses.all()]
    assert sorted(branches, key=str) == [None, None, None, riverside]


def test_nobody_is_asked_for_a_library_that_their_link_tells_or_where_it_is_not_wanted(
    ben: Person, garden: Survey, riverside: Branch
) -> None:
    survey = _open(garden_questions(), ben, asks_branch=True)
    link = _link(survey, channel=Channel.POSTER, branch=riverside)
    question = "Which library do you use most?"

    asked = [question in Visitor().see(one.get_absolute_url()).text for one in (survey, link, garden)]

    assert asked == [True, False, False]


# ── machines ──


def test_what_a_machine_fills_in_is_marked_and_not_dropped(garden: Survey) -> None:
    visitor = begin(garden, website="https://spam.example").go(visits="weekly").go(wish="Buy")
    visitor.press(visitor.url.replace("review", "response"))

    assert garden.responses.get().is_doubtful


def test_a_browser_without_scripts_is_not_doubted(garden: Survey) -> None:
    begin(garden)

    assert not Sitting.objects.get().is_doubtful


def test_beginning_again_and_again_is_slowed(garden: Survey) -> None:
    visitor = Visitor().see(garden.get_absolute_url())
    fields = visitor.hidden

    codes = [Client().post(garden.get_absolute_url(), fields).status_code for _n in range(61)]

    assert codes == [302] * 60 + [429]
