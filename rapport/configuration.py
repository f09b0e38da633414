"""What the person who runs the server can set, all by environment, each with a safe default."""

import json
import secrets
from datetime import time
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from rapport.lib.catalogues import compiled_catalogues


def _split(value: object) -> object:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


_HERE = Path(__file__).parent
_LOCALE = next((folder for folder in (_HERE / "locale", _HERE.parent / "locale") if folder.is_dir()), _HERE)


def _names(value: object) -> object:
    if not isinstance(value, str):
        return value
    return json.loads(value) if value.startswith("{") else {"": value}


Names = Annotated[dict[str, str], NoDecode, BeforeValidator(_names)]
Words = Annotated[list[str], NoDecode, BeforeValidator(_split)]


class Configuration(BaseSettings):
    """Every field is the variable RAPPORT_<NAME>; DATABASE_URL alone goes by its usual name."""

    model_config = SettingsConfigDict(env_prefix="RAPPORT_", secrets_dir=None, extra="ignore")

    data: Path = Path("var/rapport")
    mode: Literal["production", "demo", "test"] = "production"
    database_url: str = Field("", validation_alias="DATABASE_URL")
    secret_key: str = ""

    address: str = "http://127.0.0.1:8000"
    hosts: Words = ["127.0.0.1", "localhost", "[::1]"]
    https: bool = True
    proxies: int = Field(0, ge=0, le=5, description="How many trusted proxies stand before the server")
    listen: str = Field("127.0.0.1", description="Where the server itself listens; a proxy stands before it")
    port: int = Field(8000, ge=1, le=65_535)
    workers: int = Field(2, ge=1, le=64)
    worker_silence: int = Field(30, ge=1, description="Seconds after which a silent worker's tasks are taken over")

    library_name: Names = Field({"en": "Our library"}, validation_alias="RAPPORT_LIBRARY")
    library_tagline: Names = Field({}, validation_alias="RAPPORT_TAGLINE")
    patron_word: Literal["patron", "customer", "member", "reader", "user"] = "patron"
    accent: str = ""
    languages: Words = ["en", "es", "ar"]
    time_zone: str = "UTC"
    threshold: int = Field(10, ge=5, le=20, description="Smaller groups are never shown in public")
    language_share: float = Field(0.05, gt=0, le=1, description="A language spoken by this share is asked about")
    language_people: int = Field(1000, ge=1, description="A language spoken by so many people is asked about")

    after_work: time = Field(time(17), description="From when on something is after work, on a working day")
    morning_until: time = Field(time(12), description="Until when something begins in the morning")
    weekend: Words = ["saturday", "sunday"]

    mail_url: str = Field("", description="smtp://user:password@host:587; empty writes mail to files")
    mail_from: str = "library@localhost"
    staff_second_factor: bool = False
    programs_without_review: bool = True
    card_pattern: str = Field(r"2\d{13}", description="How the numbers of library cards are written")
    card_check_digit: bool = Field(True, description="Whether the last digit of a card is a check digit (mod 10)")

    # Days that records with a name are kept (practice: minimum that the work needs); 0 keeps none overnight.
    keep_contact_days: int = Field(90, ge=0)
    keep_letter_days: int = Field(30, ge=0)
    keep_open_letter_days: int = Field(180, ge=1)
    keep_photo_days: int = Field(365, ge=0)
    keep_spam_days: int = Field(30, ge=0)
    keep_sitting_days: int = Field(30, ge=1, description="Answers to a survey that were begun and not sent")
    keep_survey_contact_days: int = Field(180, ge=0)
    keep_invitation_days: int = Field(30, ge=0)
    keep_invited_days: int = Field(60, ge=0)
    keep_request_days: int = Field(60, ge=0, description="What somebody needed to take part in a program")
    keep_help_days: int = Field(60, ge=0, description="Who booked a librarian")
    keep_registration_days: int = Field(30, ge=0, description="Who registered for a program, after its last date")
    keep_participant_days: int = Field(90, ge=0, description="After a process has been put away")
    keep_idle_account_days: int = Field(730, ge=0)
    keep_session_days: int = Field(14, ge=1)
    keep_log_days: int = Field(7, ge=0)

    @cached_property
    def folder(self) -> Path:
        self.data.mkdir(parents=True, exist_ok=True)
        return self.data.resolve()

    @cached_property
    def catalogues(self) -> Path:
        return compiled_catalogues(_LOCALE, self.folder / "catalogues")

    @property
    def library(self) -> str:
        """The library's name in the reader's language, or else in the first that it was given in."""
        return _in_language(self.library_name)

    @property
    def tagline(self) -> str:
        return _in_language(self.library_tagline)

    @property
    def logo_file(self) -> Path | None:
        """The library's own logo: a file `logo.svg`, `logo.png` or `logo.webp` in the data folder."""
        return next((file for kind in ("svg", "png", "webp") if (file := self.folder / f"logo.{kind}").is_file()), None)

    @property
    def is_demo(self) -> bool:
        return self.mode == "demo"

    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.folder / 'rapport.sqlite3'}"

    def secret(self) -> str:
        """The signing key: from the environment, else made once and kept in the data folder."""
        if self.secret_key:
            return self.secret_key
        kept = self.folder / "secret_key"
        if not kept.exists():
            _write_once(kept, secrets.token_urlsafe(64))
        return kept.read_text().strip()


def _write_once(path: Path, text: str) -> None:
    """Two processes that start together agree on the first one's text."""
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    fresh.touch(mode=0o600)
    fresh.write_text(text)
    try:
        path.hardlink_to(fresh)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def _in_language(names: dict[str, str]) -> str:
    from django.utils.translation import get_language

    return names.get(get_language() or "") or next(iter(names.values()), "")
