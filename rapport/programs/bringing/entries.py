"""One date of a file, as plain values, and what is refused of a file, with the reason."""

import hashlib
import re
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from rapport.places.models import Branch
from rapport.programs.models import Band, Setting
from rapport.programs.models.session import LONGEST

MOST = 5_000  # dates of one file
_BANDS = (
    (Band.GENERAL, r"famil|all ages|everyone|general|any age"),
    (Band.AGES_0_5, r"bab|toddler|infant|pre-?school|early|pre-?k|\b0\b|birth|ages? 0|0 ?- ?5"),
    (Band.AGES_12_18, r"teen|young adult|\bya\b|high school|middle school|12 ?-|youth"),
    (Band.AGES_6_11, r"kid|child|elementary|school.age|tween|6 ?- ?1"),
    (Band.ADULTS, r"adult|senior|19|older"),
)


class UnreadableFile(Exception):
    """Nothing can be taken from the file; the words say why."""


@dataclass
class Entry:
    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    recurrence: str = ""
    about: str = ""
    place: str = ""
    branch: int | None = None
    setting: str = Setting.ONSITE
    online_url: str = ""
    audience: str = ""
    language: str = ""
    capacity: int | None = None
    cancelled: bool = False

    def value(self) -> dict[str, object]:
        said = asdict(self)
        said["starts_at"], said["ends_at"] = self.starts_at.isoformat(), self.ends_at.isoformat()
        said["setting"] = str(self.setting)
        digest = hashlib.sha256(repr(sorted((name, str(one)) for name, one in said.items())).encode()).hexdigest()
        return {**said, "digest": digest}


@dataclass
class Found:
    """What a file holds."""

    entries: list[Entry] = field(default_factory=list)
    refused: list[dict[str, str]] = field(default_factory=list)

    def refuse(self, where: str, why: str) -> None:
        if len(self.refused) < MOST:
            self.refused.append({"where": where[:200], "why": why})

    def take(self, entry: Entry, where: str) -> None:
        """Unless something in it can be no date of ours."""
        length = entry.ends_at - entry.starts_at
        if not entry.title:
            self.refuse(where, _("It has no title."))
        elif length <= timedelta():
            self.refuse(where, _("It ends before it begins."))
        elif length > LONGEST:
            self.refuse(where, _("It goes on for more than %(n)d days, which is no date.") % {"n": LONGEST.days})
        elif not 1980 < entry.starts_at.year < 2200:
            self.refuse(where, _("Its year is not one in which we could hold it."))
        elif len(self.entries) >= MOST:
            self.refuse(where, _("There are more than %(n)d dates in the file.") % {"n": MOST})
        else:
            self.entries.append(entry)


def band_of(words: str) -> str:
    """The audience that is meant by the words of another program; nothing where nobody could say."""
    said = words.lower()
    return next((str(band) for band, pattern in _BANDS if re.search(pattern, said)), "")


def placed(entry: Entry, words: str, branches: dict[str, int]) -> None:
    """Where it is: one of our branches if its name stands there, an address online, or as it was written."""
    said = " ".join(words.split())
    if re.match(r"https?://", said):
        entry.setting, entry.online_url = Setting.VIRTUAL, said[:500]
        return
    known = next((key for name, key in branches.items() if name in said.lower()), None)
    if known is not None:
        entry.branch = known
    elif re.search(r"\b(?:online|virtual|zoom|webinar)\b", said.lower()):
        entry.setting = Setting.VIRTUAL
    elif said:
        entry.setting, entry.place = Setting.OFFSITE, said[:200]


def branch_names() -> dict[str, int]:
    """Each name of a branch, in every language, and its short one; the longest first."""
    names: dict[str, int] = {}
    for branch in Branch.objects.all():
        for name in [*branch.name.values(), branch.slug]:
            names.setdefault(str(name).lower(), branch.pk)
    return dict(sorted(names.items(), key=lambda one: -len(one[0])))


def language_or(text: str, usual: str) -> str:
    code = text.strip().lower()[:2]
    return code if code in settings.HOUSE.languages else usual
