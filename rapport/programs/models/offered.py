"""What a program, a series and a date have in common: where, for whom, in which language, how people come in."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField
from rapport.places.models import Branch, Space
from rapport.ui.parts import Mark


class Band(models.TextChoices):
    """Age bands of the Public Libraries Survey (IMLS, FY 2024, elements 601 to 605)."""

    AGES_0_5 = "0-5", _("children 0 to 5")
    AGES_6_11 = "6-11", _("children 6 to 11")
    AGES_12_18 = "12-18", _("young people 12 to 18")
    ADULTS = "19+", _("adults 19 and older")
    GENERAL = "general", _("everyone")


class Setting(models.TextChoices):
    ONSITE = "onsite", _("at the library")
    OFFSITE = "offsite", _("elsewhere")
    VIRTUAL = "virtual", _("online")


class Access(models.TextChoices):
    """What people look for before they come."""

    STEP_FREE = "step-free", _("step-free")
    HEARING_LOOP = "hearing-loop", _("hearing loop")
    SIGN_LANGUAGE = "sign-language", _("sign language")
    CAPTIONS = "captions", _("captions")
    INTERPRETER = "interpreter", _("interpreter")
    LARGE_PRINT = "large-print", _("large print")
    QUIET = "quiet", _("calm and quiet")
    SEATS = "seats", _("seats for everyone")
    CHILDCARE = "childcare", _("childcare")
    FOOD = "food", _("food and drink")

    @property
    def mark(self) -> Mark:
        return Mark(_ICONS[self], self.label)


_ICONS = {
    Access.STEP_FREE: "accessibility",
    Access.HEARING_LOOP: "ear",
    Access.SIGN_LANGUAGE: "hand",
    Access.CAPTIONS: "captions",
    Access.INTERPRETER: "languages",
    Access.LARGE_PRINT: "a-large-small",
    Access.QUIET: "volume-x",
    Access.SEATS: "armchair",
    Access.CHILDCARE: "baby",
    Access.FOOD: "utensils",
}


class Form(models.TextChoices):
    """How people take part, which decides the ledger that it is counted in (IMLS, FY 2024, element 600)."""

    LIVE = "live", _("people together at a set time")
    CLUB = "club", _("club, led by its members")
    ONE_TO_ONE = "one-to-one", _("one to one, as book a librarian")
    SELF_DIRECTED = "self-directed", _("by oneself, at any time")
    OUTREACH = "outreach", _("outreach: a table or booth elsewhere")

    @property
    def is_group_session(self) -> bool:
        """Only these are sessions of the official statistics; the others have ledgers of their own."""
        return self in {Form.LIVE, Form.CLUB}


# What a series takes over from its program, and a date from its series, unless it has its own.
FACTS = (
    "branch",
    "space",
    "place",
    "setting",
    "online_url",
    "is_hybrid",
    "form",
    "is_sponsored",
    "language",
    "audience",
    "access",
    "cost",
    "capacity",
    "rules",
    "minutes_before",
    "minutes_after",
    "host",
    "staff_hours",
    "budget",
)

WORDS = ("title", "about")  # only a series hands these on; a program's own are read where they stand


class Offered(models.Model):
    """The facts of what is offered. They are copied down, so that a date can be searched, and keeps what it was."""

    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    space = models.ForeignKey(Space, models.SET_NULL, null=True, blank=True, related_name="+")
    place = models.CharField(_("place"), max_length=200, blank=True, help_text=_("If it is not at a branch"))
    setting = models.CharField(_("where"), max_length=20, choices=Setting.choices, default=Setting.ONSITE)
    is_hybrid = models.BooleanField(_("online too"), default=False)
    online_url = models.URLField(_("address online"), max_length=500, blank=True)
    form = models.CharField(_("how people take part"), max_length=20, choices=Form.choices, default=Form.LIVE)
    is_sponsored = models.BooleanField(_("the library gives staff time or money"), default=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    audience = models.CharField(_("for whom first"), max_length=20, choices=Band.choices, blank=True)
    access = models.JSONField(_("access"), default=list, blank=True)
    cost = WordsField(_("cost"), blank=True, help_text=_("Leave empty if it is free. Said only; nothing is paid here."))
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True, validators=[MinValueValidator(1)])
    rules = models.ForeignKey(
        "programs.RegistrationRules", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("rules")
    )
    minutes_before = models.PositiveSmallIntegerField(_("minutes to set up"), default=0)
    minutes_after = models.PositiveSmallIntegerField(_("minutes to clear up"), default=0)
    host = models.CharField(
        _("host"), max_length=120, blank=True, help_text=_("Of a club: who of its members leads it")
    )
    staff_hours = models.DecimalField(
        _("staff hours planned for each date"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    budget = models.DecimalField(
        _("money planned for each date"), max_digits=10, decimal_places=2, null=True, blank=True
    )

    class Meta:
        abstract = True

    @property
    def facts(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in FACTS}

    @property
    def where(self) -> str:
        """The place as people say it: branch and space, or whatever was written down."""
        return where_words(self.branch, self.space, self.place, self.setting)

    @property
    def marks(self) -> list[Mark]:
        return [Access(code).mark for code in self.access if code in Access.values]


def where_words(branch: object, space: object, place: str, setting: str) -> str:
    """Branch and space, or whatever was written down; of records, or of their names alone."""
    if not branch:
        return place or str(Setting(setting).label)
    return f"{branch}, {space}" if space else str(branch)


class Inheriting(Offered):
    """Takes its facts from above; `own` names those which it has of its own and keeps when the plan above changes."""

    title = WordsField(_("title"), blank=True, help_text=_("Leave empty to take over the title above"))
    about = WordsField(_("what it is"), blank=True)
    own = models.JSONField(default=list, blank=True)

    class Meta:
        abstract = True

    def set_own(self, facts: Mapping[str, Any], above: Offered) -> list[str]:
        """Take these facts; those that differ from the plan above are its own from now on. Answers what changed."""
        changed = [name for name, value in facts.items() if getattr(self, name) != value]
        for name, value in facts.items():
            setattr(self, name, value)
        differs = {name for name in facts if name in (*FACTS, *WORDS) and facts[name] != getattr(above, name)}
        self.own = sorted((set(self.own) - set(facts)) | differs)
        return changed

    def take_over(self, above: Offered, names: Iterable[str] = FACTS) -> list[str]:
        """Take the facts of the plan above, but for its own ones. Answers what changed; saving is the caller's."""
        wanted = [name for name in names if name not in self.own and getattr(self, name) != getattr(above, name)]
        for name in wanted:
            setattr(self, name, getattr(above, name))
        return wanted
