"""Mail as files: for the demo, for trying out, and for a library that has no mail server yet."""

import time
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FolderBackend(BaseEmailBackend):
    """One `.eml` file a message, named by its Message-ID, so that writing it again changes nothing."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = settings.HOUSE.folder / "mail"
        folder.mkdir(parents=True, exist_ok=True)
        for mail in email_messages:
            message = mail.message()
            name = message["Message-ID"].strip("<>").replace("/", "_")
            text = message.as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django's own messages take it
            (folder / f"{name}.eml").write_bytes(text)
        return len(email_messages)


def forget_old_mail(days: int) -> int:
    """Letters as files hold addresses too: remove those that are older than a sent letter is kept."""
    folder, oldest = settings.HOUSE.folder / "mail", time.time() - days * 86_400
    old = [file for file in folder.glob("*.eml") if file.stat().st_mtime < oldest]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)
