from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from rapport.listening.models import Channel
from rapport.messaging.models import Letter, LetterState
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.drawing import DrawnBefore, plan_draw, take_draw
from rapport.surveys.inviting import read_people, table_of, take_people
from rapport.surveys.keeping_invited import clean_invited, erase_invited, export_invited
from rapport.surveys.letters import filled, let_letters_go, write_due_letters
from rapport.surveys.models import Invitation, LetterWords, Response, Survey

from .garden import garden_questions

SignIn = Callable[[Person], Client]
AtOnce = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def garden(ben: Person) -> Survey:
    survey = Survey.objects.begin(garden_questions(), by=ben)
    survey.open(by=ben)
    return survey


def _list(survey: Survey, text: str, by: Person) -> list[Invitation]:
    with table_of(text) as table:
        report = read_people(survey, table.rows(), by=by)
    take_people(report)
    return report.people


def _invitations(survey: Survey, rest: str = "") -> str:
    return f"/desk/surveys/{survey.pk}/invitations/{rest}"


# ── the list ──


def test_each_row_is_taken_once_or_refused_with_its_reason(garden: Survey, ben: Person, riverside: Branch) -> None:
    garden.invitations.create(email="noor@example.org")
    text = (
        "noor@example.org; Noor\nAmina@Example.org; Amina; es; Riverside Library\namina@example.org\n"
        "not an address; Li\n"
        "li@example.org; Li; xx; Moon\n; Sam from Mill Lane\n;;"
    )

    with table_of(text) as table:
        report = read_people(garden, table.rows(), by=ben)
    take_people(report)

    amina = garden.invitations.get(email="amina@example.org")
    assert (amina.name, amina.language, amina.branch) == ("Amina", "es", riverside)
    assert report.known == 1
    assert [number for number, _why in report.refused] == [4, 5, 6]
    assert garden.invitations.on_paper().get().name == "Sam from Mill Lane"


def test_a_list_is_looked_at_before_it_is_taken_in(garden: Survey, ben: Person, sign_in: SignIn) -> None:
    file = SimpleUploadedFile("people.csv", b"Correo,Nombre\nnoor@example.org,Noor\nbad,Li\n")

    look = sign_in(ben).post(_invitations(garden, "people/"), {"text": "", "file": file, "look": "1"})
    before = garden.invitations.count()
    again = {"text": look.context["people_form"].initial["text"], "take": "1"}
    sign_in(ben).post(_invitations(garden, "people/"), again)

    assert before == 0
    assert "Row 3" in look.content.decode()
    assert garden.invitations.get().email == "noor@example.org"


def test_an_empty_form_and_an_unreadable_file_are_explained(garden: Survey, ben: Person, sign_in: SignIn) -> None:
    broken = SimpleUploadedFile("people.xlsx", b"no workbook at all")

    answers = [
        sign_in(ben).post(_invitations(garden, "people/"), data)
        for data in ({"text": ""}, {"text": "", "file": broken})
    ]

    assert [answer.status_code for answer in answers] == [422, 422]


def test_whoever_was_not_asked_yet_may_be_taken_off(garden: Survey, ben: Person, sign_in: SignIn) -> None:
    first = garden.invitations.create(email="a@example.org")
    asked = garden.invitations.create(email="b@example.org", invited_on=timezone.localdate())

    codes = [sign_in(ben).post(_invitations(garden, f"{one.pk}/removal/")).status_code for one in (first, asked)]

    assert codes == [302, 404]
    assert garden.invitations.get() == asked


# ── the sample ──

FRAME = "email,name,district\n" + "".join(
    f"p{n}@example.org,P{n},{'island' if n < 10 else 'town'}\n" for n in range(100)
)


def test_a_sample_is_drawn_in_parts_and_its_design_is_kept(garden: Survey, ben: Person) -> None:
    with table_of(FRAME) as table:
        report = read_people(garden, table.rows(), by=ben)
    plan = plan_draw(report, n=20, seed="2026", column="district", is_equal=True)

    draw = take_draw(garden, plan, seed="2026", column="district", by=ben)

    garden.refresh_from_db()
    assert [(one.name, one.size, one.drawn, one.weight) for one in garden.strata.all()] == [
        ("island", 10, 10, 1.0),
        ("town", 90, 10, 9.0),
    ]
    assert (draw.frame_size, draw.drawn, garden.population) == (100, 20, 100)
    assert garden.is_probability_sample
    assert garden.invitations.filter(stratum="town").count() == 10
    with pytest.raises(DrawnBefore):
        take_draw(garden, plan, seed="2027", column="district", by=ben)


def test_an_answer_carries_the_part_of_the_sample_and_nothing_else_of_the_invitation(garden: Survey) -> None:
    invitation = garden.invitations.create(email="noor@example.org", stratum="island")

    response = Response.objects.take(
        garden, {}, edition=garden.edition, channel=Channel.WEB, language="en", invitation=invitation  # type: ignore[arg-type]
    )  # fmt: skip

    kept = {field.name for field in Response._meta.get_fields()}
    assert response.stratum == "island"
    assert "invitation" not in kept


def test_what_would_be_drawn_is_shown_before_it_is_drawn(garden: Survey, ben: Person, sign_in: SignIn) -> None:
    def form(what: str) -> dict[str, object]:
        file = SimpleUploadedFile("frame.csv", FRAME.encode())
        return {"file": file, "n": 10, "seed": "x", "column": "district", "is_equal": "", what: "1"}

    look = sign_in(ben).post(_invitations(garden, "draws/"), form("look"))
    before = garden.invitations.count()
    sign_in(ben).post(_invitations(garden, "draws/"), form("take"))
    wrong = sign_in(ben).post(_invitations(garden, "draws/"), {**form("look"), "column": "moon"})

    assert look.context["plan"].parts == [("island", 10, 1), ("town", 90, 9)]
    assert (before, garden.invitations.count()) == (0, 10)
    assert wrong.status_code == 422


# ── the letters ──


def test_letters_go_out_once_in_the_language_of_each(garden: Survey, ben: Person, at_once: AtOnce) -> None:
    _list(garden, "noor@example.org; Noor; es\nli@example.org\n; Sam", ben)

    with at_once():
        let_letters_go(garden, by=ben)
    with at_once():
        write_due_letters()

    by_address = {letter.to[0]: letter for letter in mail.outbox}
    noor = garden.invitations.get(email="noor@example.org")
    assert len(mail.outbox) == 2
    assert "El jardín de lectura" in by_address["noor@example.org"].body
    assert noor.get_absolute_url() in by_address["noor@example.org"].body
    assert f"{noor.get_absolute_url()}refusal/" in by_address["noor@example.org"].extra_headers["List-Unsubscribe"]
    assert "Hello,\n" in by_address["li@example.org"].body


def test_an_invitation_knows_the_month_of_its_answer_and_not_the_day(garden: Survey) -> None:
    """A day on which one person answered would lead from the invitation to the answer."""
    invitation = garden.invitations.create(email="noor@example.org")

    assert invitation.spend()

    invitation.refresh_from_db()
    assert invitation.answered_month == timezone.localdate().replace(day=1)
    assert not invitation.spend()


def test_reminders_stop_after_an_answer_and_after_a_refusal(garden: Survey, ben: Person, at_once: AtOnce) -> None:
    waits, answers, refuses = _list(garden, "a@example.org\nb@example.org\nc@example.org", ben)
    with at_once():
        let_letters_go(garden, by=ben)
    Invitation.objects.get(email=answers.email).spend()
    Client().post(
        Invitation.objects.get(email=refuses.email).get_absolute_url() + "refusal/", {"List-Unsubscribe": "One-Click"}
    )
    mail.outbox.clear()

    for _night in range(5):
        Invitation.objects.exclude(invited_on=None).update(invited_on=timezone.localdate() - timedelta(60))
        Invitation.objects.exclude(reminded_on=None).update(reminded_on=timezone.localdate() - timedelta(8))
        for _twice in range(2):
            with at_once():
                write_due_letters()

    assert [letter.to[0] for letter in mail.outbox] == [waits.email] * garden.reminders


def test_no_letter_goes_out_before_its_day_or_after_the_end(garden: Survey, ben: Person, at_once: AtOnce) -> None:
    _list(garden, "a@example.org", ben)
    with at_once():
        sending = let_letters_go(garden, by=ben, from_on=timezone.localdate() + timedelta(1))
    before = Letter.objects.count()
    sending.from_on = timezone.localdate()
    sending.save()
    garden.close(by=ben)

    write_due_letters()

    assert (before, Letter.objects.count()) == (0, 0)


def test_a_line_for_which_there_is_nothing_goes() -> None:
    text = "Hello {name},\n\nThe last day is {last_day}.\n\nYour link: {link}"

    assert filled(text, {"name": "", "last_day": "", "link": "x"}) == "Hello,\n\nYour link: x"


def test_a_survey_has_words_of_its_own_for_one_language(garden: Survey, ben: Person, sign_in: SignIn) -> None:
    form = {"kind": "invitation", "language": "es", "subject": "Su jardín", "text": "Hola {name}: {link} {decline}"}

    answer = sign_in(ben).post(_invitations(garden, "letters/"), form, follow=True)
    without = sign_in(ben).post(_invitations(garden, "letters/"), {**form, "text": "Hola {nombre}: {link} {decline}"})

    assert "Hola Amina:" in answer.content.decode()
    assert LetterWords.objects.get().subject == {"es": "Su jardín"}
    assert without.status_code == 422
    assert "{nombre}" in without.content.decode()


def test_letters_wait_until_the_survey_is_open(ben: Person, sign_in: SignIn) -> None:
    draft = Survey.objects.begin(garden_questions(), by=ben)

    answer = sign_in(ben).post(_invitations(draft, "sendings/"), {"from_on": timezone.localdate().isoformat()})

    assert answer.status_code == 422
    assert not hasattr(Survey.objects.get(pk=draft.pk), "sending")


def test_the_response_rate_is_of_those_whom_the_letter_reached(
    garden: Survey, ben: Person, at_once: AtOnce, sign_in: SignIn
) -> None:
    _list(garden, "a@example.org;;es\nb@example.org;;es\nc@example.org;;es\nd@example.org", ben)
    with at_once():
        let_letters_go(garden, by=ben)
    garden.invitations.get(email="a@example.org").spend()
    Letter.objects.filter(email="b@example.org").update(state=LetterState.REFUSED)

    page = sign_in(ben).get(_invitations(garden))

    (_library, _by_branch), (_language, rows) = page.context["rates"]
    spanish = next(row for row in rows if row["key"] == "es")
    assert (spanish["invited"], spanish["answered"], spanish["lost"], spanish["rate"]) == (3, 1, 1, 50)


def test_people_without_an_address_get_a_slip_with_their_own_link(garden: Survey, ben: Person, sign_in: SignIn) -> None:
    _list(garden, "email,name,language\n,Sam,es\n", ben)

    page = sign_in(ben).post(_invitations(garden, "slips/"), follow=True)

    sam = garden.invitations.get()
    assert sam.invited_on == timezone.localdate()
    assert sam.secret in page.content.decode()
    assert len(sam.secret) == 16


# ── what is kept ──


def test_addresses_go_some_time_after_the_end_and_the_counts_stay(garden: Survey, ben: Person) -> None:
    garden.invitations.create(email="a@example.org", name="A", invited_on=timezone.localdate())
    garden.invitations.create(email="b@example.org", name="B", invited_on=timezone.localdate())
    still_open = clean_invited()
    garden.close(by=ben, at=timezone.now() - timedelta(61))

    cleaned = clean_invited()

    assert (still_open, cleaned, clean_invited()) == (0, 2, 0)
    assert list(garden.invitations.values_list("email", "name")) == [("", ""), ("", "")]
    assert garden.invitations.exclude(invited_on=None).count() == 2


def test_who_asks_to_be_forgotten_is_not_written_to_again(garden: Survey, amina: Person) -> None:
    garden.invitations.create(email=amina.email, name="Amina")
    told = export_invited(amina)

    erase_invited(amina)

    assert told[0]["survey"] == "The reading garden"
    assert not garden.invitations.waiting().exists()
    assert not garden.invitations.exclude(name="").exists()


def test_only_those_who_change_a_survey_see_whom_it_asks(
    garden: Survey, desk: Person, tara: Person, sign_in: SignIn
) -> None:
    assert [sign_in(one).get(_invitations(garden)).status_code for one in (desk, tara)] == [403, 403]
