import pytest
from django.core import mail
from django.test import Client

from rapport.loop.models import Speaker
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
