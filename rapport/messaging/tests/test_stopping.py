import pytest
from django.core import mail
from django.test import Client

from rapport.loop.models import Heard, Loop, Speaker
from rapport.messaging.models import Letter, LetterState

pytestmark = pytest.mark.django_db


@pytest.fixture
def speaker() -> Speaker:
    return Speaker.objects.create(email="amina@example.org", language="ar")


def test_one_click_in_a_mail_program_stops_the_news(speaker: Speaker) -> None:
    Client(enforce_csrf_checks=True).post(f"/stop/{speaker.secret}/", {"List-Unsubscribe": "One-Click"})

    speaker.refresh_from_db()
    assert speaker.stopped_at is not None


def test_looking_at_the_page_stops_nothing(speaker: Speaker, client: Client) -> None:
    assert client.get(f"/stop/{speaker.secret}/").status_code == 200

    speaker.refresh_from_db()
    assert speaker.stopped_at is None


def test_who_stopped_after_the_letter_was_written_does_not_get_it(speaker: Speaker) -> None:
    letter = Letter.objects.write("one", subject="News", text="News", language="ar", speaker=speaker)
    speaker.stop()

    Letter.objects.get(pk=letter.pk).send()

    assert mail.outbox == []
    assert Letter.objects.get(pk=letter.pk).state == LetterState.STOPPED


def test_a_letter_says_how_to_stop_and_reads_from_the_right(speaker: Speaker) -> None:
    stop = f"http://127.0.0.1:8000/stop/{speaker.secret}/"
    letter = Letter.objects.write("one", subject="News", text="News", language="ar", speaker=speaker, stop_url=stop)

    letter.send()
    letter.send()

    [sent] = mail.outbox
    assert sent.extra_headers["List-Unsubscribe"] == f"<{stop}>"
    assert 'dir="rtl"' in sent.alternatives[0][0]


@pytest.fixture
def shade(speaker: Speaker) -> Heard:
    loop = Loop.objects.create(question={"en": "Is there shade in the garden?"}, is_public=True)
    return Heard.objects.create(loop=loop, speaker=speaker)


def test_one_click_below_a_story_stops_that_story_alone(speaker: Speaker, shade: Heard, client: Client) -> None:
    client.post(f"/stop/{speaker.secret}/?loop={shade.loop_id}", {"List-Unsubscribe": "One-Click"})

    shade.refresh_from_db()
    speaker.refresh_from_db()
    assert shade.stopped_at is not None
    assert speaker.stopped_at is None


def test_news_of_one_story_again_never_lifts_the_full_stop(speaker: Speaker, shade: Heard, client: Client) -> None:
    shade.stop()
    speaker.stop()

    client.post(f"/stop/{speaker.secret}/removal/?loop={shade.loop_id}")

    shade.refresh_from_db()
    speaker.refresh_from_db()
    assert shade.stopped_at is None
    assert speaker.stopped_at is not None


def test_all_news_again_leaves_a_stopped_story_stopped(speaker: Speaker, shade: Heard, client: Client) -> None:
    shade.stop()
    speaker.stop()

    client.post(f"/stop/{speaker.secret}/removal/")

    shade.refresh_from_db()
    speaker.refresh_from_db()
    assert speaker.stopped_at is None
    assert shade.stopped_at is not None


def test_the_page_of_a_story_says_so_when_all_news_is_stopped(speaker: Speaker, shade: Heard, client: Client) -> None:
    speaker.stop()

    page = client.get(f"/stop/{speaker.secret}/?loop={shade.loop_id}").content.decode()

    assert "about anything that you told us" in page
    assert f'action="/stop/{speaker.secret}/removal/"' in page


@pytest.mark.parametrize("path", ["/stop/nobody/", "/stop/{secret}/?loop=999999"])
def test_a_made_up_link_is_not_found(path: str, speaker: Speaker, client: Client) -> None:
    assert client.get(path.format(secret=speaker.secret)).status_code == 404
