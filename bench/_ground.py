"""A fresh house for a measurement: its own data folder, migrated, with as many voices as are wanted."""

import atexit
import os
import random
import shutil
import socket
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
KINDS = ["concern", "question", "suggestion", "praise", "purchase", "barrier", "welcome"]
SAID = [
    "The study tables are too loud after school",
    "I would love to read in the garden",
    "Could the library open earlier on Saturdays?",
    "Thank you for the story hour, my children talk about it all week",
    "The door at the side is too heavy for my wheelchair",
]


def fresh_house() -> None:
    """Begin with nothing: an empty database in a folder that is gone afterwards."""
    folder = tempfile.mkdtemp(prefix="rapport-bench-")  # never a folder that was named from outside: it is removed
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ.update(RAPPORT_DATA=folder, RAPPORT_MODE="demo", DJANGO_SETTINGS_MODULE="rapport.settings")
    sys.path.insert(0, str(ROOT))
    import logging

    import django
    import structlog
    from django.core.management import call_command

    django.setup()
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    call_command("migrate", verbosity=0)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(port: int) -> None:
    """Until the server listens; on a busy machine that may take a while."""
    for _ in range(480):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.25)  # a server that is starting cannot be waited for in another way
    sys.exit("The server did not start")


def branches() -> list[Any]:
    from datetime import time as clock

    from rapport.places.models import Branch

    for number, name in enumerate(["Riverside", "Hilltop", "Harbour"]):
        branch, is_new = Branch.objects.get_or_create(slug=name.lower(), defaults={"name": name, "order": number})
        for weekday in range(6) if is_new else []:
            branch.hours.create(weekday=weekday, opens=clock(9), closes=clock(18))
    return list(Branch.objects.all())


def add_voices(how_many: int) -> list[int]:
    """A year of voices, nearly all answered, every tenth public, each second one with somebody to be told."""
    from django.utils import timezone

    from rapport.listening.models import Channel, Voice
    from rapport.loop.models import Speaker

    dice, now, places = random.Random(7), timezone.now(), branches()
    first = Speaker.objects.count()
    speakers = Speaker.objects.bulk_create(
        [Speaker(email=f"speaker{first + n}@example.org", language="en") for n in range(how_many // 2)],
        batch_size=2000,
    )
    voices = []
    for number in range(how_many):
        at = now - timedelta(minutes=dice.randrange(365 * 24 * 60))
        is_answered = dice.random() < 0.97
        voices.append(
            Voice(
                kind=dice.choice(KINDS),
                words=f"{dice.choice(SAID)} ({number})",
                language="en",
                branch=dice.choice(places),
                channel=dice.choice([Channel.WEB, Channel.DESK, Channel.PAPER]),
                spoken_at=at,
                speaker=speakers[number // 2] if number % 2 and speakers else None,
                is_public=number % 10 == 0,
                released_at=at if number % 10 == 0 else None,
                acknowledge_by=at + timedelta(days=1),
                answer_by=at + timedelta(days=7),
                acknowledged_at=at + timedelta(hours=5) if is_answered else None,
                answered_at=at + timedelta(days=2) if is_answered else None,
            )
        )
    return [voice.pk for voice in Voice.objects.bulk_create(voices, batch_size=2000)]
