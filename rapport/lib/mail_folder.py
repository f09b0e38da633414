"""Mail as files: for the demo, for trying out, and for a library that has no mail server yet."""

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FolderBackend(BaseEmailBackend):
    """One `.eml` file a message, named by its Message-ID, so that writing it again changes nothing."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for mail in email_messages:
            message = mail.message()
            name = message["Message-ID"].strip("<>").replace("/", "_")
            (folder / f"{name}.eml").write_bytes(message.as_bytes(linesep="\r\n"))
        return len(email_messages)
