"""What the worker of the tests runs in its own process: mail into one file, and a place to be killed."""

import os
import time
from pathlib import Path

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from rapport.lib.later import can_wait
from rapport.messaging.models import Letter

LETTERS = 6
MIDDLE = 3


class OneFile(BaseEmailBackend):
    def send_messages(self, email_messages: list[EmailMessage]) -> int:
        for mail in email_messages:
            stay("handing", mail.to[0])
            with Path(os.environ["KILLING"], "mail").open("a") as file:
                file.write(f"{mail.to[0]}\n")
        return len(email_messages)


@can_wait
def write_many() -> None:
    for number in range(LETTERS):
        address = f"{number}@example.org"
        letter = Letter.objects.write(f"many:{number}", subject="News", text="News", language="en", email=address)
        letter.refresh_from_db()
        letter.send()
        stay("writing", address)


def stay(where: str, address: str) -> None:
    """Say that we are there, and wait to be killed; whoever comes after the killing passes by."""
    folder = Path(os.environ["KILLING"])
    if os.environ["KILLED"] != where or address != f"{MIDDLE}@example.org" or (folder / "here").exists():
        return
    (folder / "here").touch()
    while True:
        time.sleep(1)


@can_wait
def note(number: int) -> None:
    with Path(os.environ["KILLING"], "notes").open("a") as file:
        file.write(f"{number}\n")
