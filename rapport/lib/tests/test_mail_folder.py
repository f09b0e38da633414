import os
import time

from django.conf import settings
from django.core.mail import EmailMessage

from rapport.lib.mail_folder import FolderBackend, forget_old_mail


def test_the_same_letter_is_one_file() -> None:
    letter = EmailMessage("Hello", "A quiet garden", "library@example.org", ["noor@example.org"])
    letter.extra_headers["Message-ID"] = "<one@example.org>"

    FolderBackend().send_messages([letter])
    FolderBackend().send_messages([letter])

    files = list((settings.HOUSE.folder / "mail").glob("one@example.org.eml"))
    assert len(files) == 1
    assert b"A quiet garden" in files[0].read_bytes()


def test_old_letters_are_forgotten() -> None:
    folder = settings.HOUSE.folder / "mail"
    folder.mkdir(exist_ok=True)
    old, new = folder / "old.eml", folder / "new.eml"
    for file in (old, new):
        file.write_text("To: noor@example.org")
    os.utime(old, (time.time() - 40 * 86_400,) * 2)

    forget_old_mail(30)

    assert (old.exists(), new.exists()) == (False, True)
