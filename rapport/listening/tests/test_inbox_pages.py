from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conftest import SignIn
from rapport.listening.models import AnswerPromise, Channel, ReplyTemplate, Status, Voice, VoiceKind
from rapport.listening.tests.test_inbox_voice import a_speaker, a_voice
from rapport.people.models import Person
from rapport.places.models import Branch

INBOX = "/desk/voices/"


@pytest.fixture
def hill(db: None) -> Branch:
    return Branch.objects.create(slug="hill", name={"en": "Hill Street"}, order=2)


def at(voice: Voice, part: str = "") -> str:
    return f"/desk/voices/{voice.pk}/{part}"


def test_the_inbox_shows_the_most_urgent_first(riverside: Branch, ben: Person, sign_in: SignIn) -> None:
    a_voice(riverside, "Something new")
    a_voice(riverside, "Something old", spoken_at=timezone.now() - timedelta(days=40))

    page = sign_in(ben).get(INBOX).content.decode()

    assert page.index("Something old") < page.index("Something new")
    assert "days late" in page


def test_filters_read_as_a_sentence_and_stay_in_the_address(riverside: Branch, ben: Person, sign_in: SignIn) -> None:
    mine = a_voice(riverside, "A loud corner")
    mine.assign(ben, by=ben)
    a_voice(riverside, "A quiet corner")
    a_voice(riverside, "Gracias", language="es", kind=VoiceKind.PRAISE, channel=Channel.KIOSK)
    client = sign_in(ben)

    def found(query: str) -> list[str]:
        return sorted(voice.words for voice in client.get(INBOX + query).context["listing"])

    assert found("?kind=praise") == ["Gracias"]
    assert found(f"?branch={riverside.pk}&holder=me") == ["A loud corner"]
    assert found("?holder=nobody&language=en") == ["A quiet corner"]
    assert found("?channel=kiosk&language=es&answered=no&on_loop=no&status=received&since=2020-01-01") == ["Gracias"]
    assert found("?q=loud") == ["A loud corner"]
    assert found(f"?q={mine.spoken_code.lower()}") == ["A loud corner"]
    assert len(found("?kind=nonsense&branch=x&since=never&loop=99&page=-3")) == 3


def test_the_house_as_a_whole_and_the_own_branch_are_seen_and_no_other(
    riverside: Branch, hill: Branch, desk: Person, sign_in: SignIn
) -> None:
    own, whole, other = a_voice(riverside), a_voice(None), a_voice(hill)
    client = sign_in(desk)

    assert {voice.pk for voice in client.get(INBOX).context["listing"]} == {own.pk, whole.pk}
    assert client.get(at(own)).status_code == 200
    assert client.get(at(other)).status_code == 404
    for part in ("answers/", "notes/", "status/", "holder/", "merge/", "reading/", "spam/", "acknowledgement/"):
        assert client.post(at(other, part), {"words": "x"}).status_code == 404
    assert (
        "Choose some voices" in client.get(f"{INBOX}chosen/?act=assign&pick={other.pk}", follow=True).content.decode()
    )


@pytest.mark.parametrize("who", ["amina", "chen", "dolores", "tara"])
def test_only_staff_see_the_inbox(who: str, riverside: Branch, sign_in: SignIn, request: Any) -> None:
    client = sign_in(request.getfixturevalue(who))

    for url in (INBOX, at(a_voice(riverside)), f"{INBOX}figures/", f"{INBOX}promises/", f"{INBOX}templates/"):
        assert client.get(url).status_code == 403


def test_files_are_for_managers_and_contact_for_administrators_only(
    riverside: Branch, desk: Person, mona: Person, ada: Person, sign_in: SignIn
) -> None:
    a_voice(riverside, "=HYPERLINK(1)", speaker=a_speaker())

    def file(person: Person, kind: str = "csv") -> Any:
        return sign_in(person).get(f"{INBOX}?export={kind}")

    assert file(desk).status_code == 403
    lines = b"".join(file(mona).streaming_content).decode()
    assert "'=HYPERLINK" in lines
    assert "amina@example.org" not in lines
    assert "amina@example.org" in b"".join(file(ada).streaming_content).decode()
    assert file(mona, "xlsx").status_code == 200


def test_the_inbox_asks_the_database_as_often_for_ten_times_as_many(
    riverside: Branch, ben: Person, sign_in: SignIn
) -> None:
    client = sign_in(ben)

    def queries(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        return len(asked)

    urls = [INBOX, f"{INBOX}?view=all&q=corner&kind=concern", at(_many(riverside, ben, 30)[0]), f"{INBOX}figures/"]
    few = [queries(url) for url in urls]
    _many(riverside, ben, 270)

    assert [queries(url) for url in urls] == few
    assert few[0] <= 12


def _many(branch: Branch, by: Person, count: int) -> list[Voice]:
    voices = [
        Voice(kind=VoiceKind.CONCERN, words=f"A loud corner, number {n}", language="en", branch=branch, channel="web")
        for n in range(count)
    ]
    AnswerPromise.objects.all().set_clocks(voices)
    made = Voice.objects.bulk_create(voices)
    for voice in made[::3]:
        voice.assign(by, by=by)
    return made


def test_counts_stop_where_nobody_reads_on(
    riverside: Branch, ben: Person, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rapport.listening.desk.inbox.COUNTED_TO", 2)
    for _n in range(4):
        a_voice(riverside)

    assert sign_in(ben).get(INBOX).context["tabs"][0].count == "2+"


def test_an_answer_is_given_and_an_empty_one_keeps_the_page(riverside: Branch, ben: Person, sign_in: SignIn) -> None:
    voice, client = a_voice(riverside), sign_in(ben)

    assert client.post(at(voice, "answers/"), {"words": " ", "seen": "0"}).status_code == 422
    client.post(at(voice, "answers/"), {"words": "It stays open", "seen": "0", "is_public": "on"})

    answer = voice.answers.get()
    assert (answer.words, answer.by, answer.is_public) == ("It stays open", ben, True)


def test_whoever_answers_second_sees_the_first_answer_and_loses_nothing(
    riverside: Branch, ben: Person, mona: Person, sign_in: SignIn
) -> None:
    voice = a_voice(riverside)
    voice.answer("It is open now", by=mona)
    client = sign_in(ben)

    shown = client.post(at(voice, "answers/"), {"words": "My long answer", "seen": "0"})
    page = shown.content.decode()

    assert shown.status_code == 409
    assert "Mona answered meanwhile" in page
    assert "It is open now" in page
    assert "My long answer" in page
    assert voice.answers.count() == 1
    client.post(
        at(voice, "answers/"), {"words": "My long answer", "seen": shown.context["answer_form"]["seen"].value()}
    )
    assert voice.answers.count() == 2


def test_a_template_is_filled_in_below_what_was_typed(riverside: Branch, ben: Person, sign_in: SignIn) -> None:
    words = {"en": "Thank you, {name}. {code} {branch} {library}", "es": "Gracias, {name}, {branch}"}
    template = ReplyTemplate.objects.create(title={"en": "Thanks"}, words=words)
    voice = a_voice(riverside, language="es", speaker=a_speaker(name="Amina"))
    nameless = a_voice(riverside)
    client = sign_in(ben)

    def filled(voice: Voice, typed: str) -> str:
        data = {"fill": "1", "template": template.pk, "words": typed, "seen": "0"}
        return client.post(at(voice, "answers/"), data).context["answer_form"]["words"].value()

    assert filled(voice, "Hola") == "Hola\n\nGracias, Amina, Biblioteca Riverside"
    assert filled(nameless, "").startswith(f"Thank you. {nameless.spoken_code} Riverside Library")
    assert not voice.answers.exists()


def test_declining_without_a_reason_says_so_at_the_field(riverside: Branch, ben: Person, sign_in: SignIn) -> None:
    voice, client = a_voice(riverside), sign_in(ben)

    wrong = client.post(at(voice, "status/"), {"status": "declined"})
    client.post(at(voice, "status/"), {"status": "declined", "reason": "The gate is the town's"})

    assert wrong.status_code == 422
    assert "Say why" in wrong.content.decode()
    voice.refresh_from_db()
    assert voice.status == Status.DECLINED


def test_claiming_what_a_colleague_holds_tells_who(
    riverside: Branch, ben: Person, mona: Person, sign_in: SignIn
) -> None:
    voice = a_voice(riverside)
    voice.claim(by=mona)

    page = sign_in(ben).post(at(voice, "holder/"), {"claim": "1"}, follow=True).content.decode()

    assert "Mona was quicker" in page


def test_the_record_says_who_did_what(riverside: Branch, ben: Person, mona: Person, sign_in: SignIn) -> None:
    voice, client = a_voice(riverside), sign_in(ben)

    client.post(at(voice, "holder/"), {"to": mona.pk})
    client.post(at(voice, "notes/"), {"words": "I saw the gate"})
    client.post(at(voice, "acknowledgement/"))
    page = client.get(at(voice)).content.decode()

    for said in ("gave this to Mona", "I saw the gate", "told them that it arrived", "It was said: website"):
        assert said in page


def test_what_looks_personal_is_marked_before_others_read_it(riverside: Branch, ben: Person, sign_in: SignIn) -> None:
    voice = a_voice(riverside, "Call me: 0171 555 0199", is_public=True)
    client = sign_in(ben)

    assert "<mark>0171 555 0199</mark>" in client.get(at(voice)).content.decode()
    client.post(at(voice, "reading/"))
    assert list(Voice.objects.public()) == [voice]
    client.post(at(voice, "reading/removal/"))
    assert not Voice.objects.public().exists()


def test_what_is_hidden_nobody_else_reads_or_finds(riverside: Branch, ben: Person, sign_in: SignIn) -> None:
    voice = a_voice(riverside, "My name is Ana Ruiz, at the desk sat Keisha, call 0171 555 0199", is_public=True)
    client = sign_in(ben)
    shown = client.get(at(voice)).context["proposed"]
    assert [one.found.kind for one in shown] == ["name", "phone"]

    client.post(at(voice, "reading/"), {"hide": [shown[0].key], "also": "keisha, Nobody"})

    voice.refresh_from_db()
    assert voice.words_for_others == "My name is [name], at the desk sat [name], call 0171 555 0199"
    page = Client().get("/voices/")
    assert "call 0171 555 0199" in page.content.decode()
    assert b"Ana Ruiz" not in page.content
    assert not Client().get("/voices/?q=ruiz").context["shown"]
    assert Client().get("/voices/?q=desk").context["shown"]
    assert b"Ana Ruiz" not in b"".join(Client().get("/voices/?export=csv"))  # type: ignore[call-overload]


def test_many_voices_are_let_out_with_what_looks_personal_hidden(
    riverside: Branch, ben: Person, sign_in: SignIn
) -> None:
    one, other = (a_voice(riverside, f"Ben is kind, tel. 555-01{n}9", is_public=True) for n in (1, 2))
    client, asked = sign_in(ben), {"act": "reading", "pick": [one.pk, other.pk]}

    assert "<mark>Ben</mark>" in client.get("/desk/voices/chosen/", asked).content.decode()
    client.post("/desk/voices/chosen/", asked | {"hide": "on"})

    assert {voice.words_for_others for voice in Voice.objects.public()} == {"[name] is kind, tel. [phone]"}


def test_nobody_lets_others_read_what_its_speaker_kept_private(riverside: Branch, ben: Person, sign_in: SignIn) -> None:
    voice = a_voice(riverside)

    sign_in(ben).post(at(voice, "reading/"))

    voice.refresh_from_db()
    assert voice.released_at is None


def test_merging_by_code_says_what_is_wrong(riverside: Branch, ben: Person, sign_in: SignIn) -> None:
    one, other, third = (a_voice(riverside) for _n in range(3))
    client = sign_in(ben)

    for code in ("", "NOTACODE", one.code):
        assert client.post(at(one, "merge/"), {"code": code}).status_code == 422
    client.post(at(one, "merge/"), {"code": other.spoken_code.lower()})
    assert client.post(at(third, "merge/"), {"code": one.code}).status_code == 422

    assert list(other.others.values_list("voice", flat=True)) == [one.pk]
    client.post(at(one, "merge/removal/"))
    assert not other.others.exists()


def test_a_held_voice_is_released_or_marked_as_spam_with_a_reason(
    riverside: Branch, ben: Person, sign_in: SignIn
) -> None:
    voice, spam, client = a_voice(riverside), a_voice(riverside), sign_in(ben)
    voice.hold(because="too quick")

    client.post(at(voice, "spam/removal/"))
    assert client.post(at(spam, "spam/"), {"why": ""}).status_code == 422
    client.post(at(spam, "spam/"), {"why": "An advertisement"})

    assert list(Voice.objects.held()) == [spam]
    assert "An advertisement" in client.get(at(spam)).content.decode()


def test_acts_on_many_say_what_they_will_do_and_do_it(
    riverside: Branch, ben: Person, mona: Person, sign_in: SignIn
) -> None:
    voices, client = [a_voice(riverside) for _n in range(3)], sign_in(ben)
    picked = {"pick": [voice.pk for voice in voices]}

    def act(name: str, **said: Any) -> Any:
        assert "3 voices" in client.get(f"{INBOX}chosen/", {"act": name, **picked}).content.decode()
        return client.post(f"{INBOX}chosen/", {"act": name, **picked, **said}, follow=True)

    assert "3 voices are with Mona now" in act("assign", to=mona.pk).content.decode()
    assert act("status", status="declined").status_code == 422
    act("status", status="planned")
    act("merge", into=voices[0].pk)

    assert Voice.objects.held_by(mona).count() == 3
    assert set(Voice.objects.values_list("status", flat=True)) == {"planned"}
    assert voices[0].others.count() == 2


def test_one_text_answers_many_personally_and_is_one_letter_for_whoever_spoke_twice(
    riverside: Branch, ben: Person, sign_in: SignIn, at_once: Callable[[], Any]
) -> None:
    from rapport.messaging.models import Letter

    speaker = a_speaker(name="Amina")
    voices = [a_voice(riverside, speaker=speaker), a_voice(riverside, speaker=speaker), a_voice(riverside)]
    data = {"act": "answer", "pick": [voice.pk for voice in voices], "words": "Dear {name}, {code}: yes"}

    with at_once():
        sign_in(ben).post(f"{INBOX}chosen/", data)

    assert all(voice.answers.get().words.endswith(f"{voice.spoken_code}: yes") for voice in voices)
    assert Letter.objects.count() == 1


def test_promises_are_changed_by_managers(mona: Person, desk: Person, sign_in: SignIn) -> None:
    data = {f"{kind}-{clock}": days for kind in VoiceKind for clock, days in (("acknowledge", 1), ("answer", 4))}
    url = reverse("listening:desk-promises")

    assert sign_in(desk).get(url).status_code == 403
    client = sign_in(mona)
    assert client.post(url, data | {"praise-acknowledge": 9}).status_code == 422
    client.post(url, data)

    assert AnswerPromise.objects.all().by_kind()[VoiceKind.PRAISE] == (1, 4)


def test_templates_are_written_in_each_language_and_removed(mona: Person, sign_in: SignIn) -> None:
    client = sign_in(mona)
    data = {"title_en": "Lost and found", "words_en": "It is here", "words_es": "Está aquí", "kind": "", "order": "3"}

    client.post(reverse("listening:desk-templates"), data)
    template = ReplyTemplate.objects.latest("pk")
    assert template.words == {"en": "It is here", "es": "Está aquí"}
    assert client.post(reverse("listening:desk-template", args=[template.pk]), {"title_en": ""}).status_code == 422
    client.post(reverse("listening:desk-template-removal", args=[template.pk]))

    assert not ReplyTemplate.objects.filter(pk=template.pk).exists()


def test_the_figures_page_shows_and_hands_out_the_same_numbers(riverside: Branch, ben: Person, sign_in: SignIn) -> None:
    a_voice(riverside).answer("Yes", by=ben)
    a_voice(riverside)
    client = sign_in(ben)

    assert "1 of 2 voices" in client.get(f"{INBOX}figures/").content.decode()
    lines = b"".join(client.get(f"{INBOX}figures/?export=csv").streaming_content).decode()
    assert "All,2,1,0.5" in lines
    assert client.get(f"{INBOX}figures/?first=never&last=2020-01-01").status_code == 200


def test_today_says_what_waits_and_that_nothing_does(riverside: Branch, ben: Person, sign_in: SignIn) -> None:
    client = sign_in(ben)
    assert "Nothing waits for you" in client.get("/desk/").content.decode()
    voice = a_voice(riverside, "The gate is locked", spoken_at=timezone.now() - timedelta(days=30))
    voice.claim(by=ben)
    a_voice(riverside).hold(because="too quick")

    page = client.get("/desk/").content.decode()

    assert page.count("The gate is locked") == 2
    assert "1 held for a look" in page


def test_a_photo_is_seen_by_those_who_see_the_voice(
    riverside: Branch, hill: Branch, desk: Person, sign_in: SignIn
) -> None:
    own, other, bare = a_voice(riverside), a_voice(hill), a_voice(riverside)
    for voice in (own, other):
        voice.photo.save("gate.webp", ContentFile(b"a picture"))
    client = sign_in(desk)

    shown = client.get(at(own, "photo/"))

    assert (b"".join(shown.streaming_content), shown["Content-Type"]) == (b"a picture", "image/webp")
    assert [client.get(at(voice, "photo/")).status_code for voice in (other, bare)] == [404, 404]
