from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.publishing import published
from rapport.lib.translated import WordsField
from rapport.people.models import Person
from rapport.surveys.models import Survey

from .assessment import Assessment
from .part_of_assessment import PartOfAssessment
from .theme import Theme


class SourceKind(models.TextChoices):
    SURVEY = "survey", _("survey")
    INTERVIEWS = "interviews", _("interviews")
    FOCUS_GROUPS = "focus_groups", _("focus groups")
    MEETING = "meeting", _("community meeting or listening circle")
    WALK = "walk", _("walking survey")
    WINDSHIELD = "windshield", _("windshield survey")
    CENSUS = "census", _("census and community profile")
    USE = "use", _("circulation and use data")
    VOICES = "voices", _("voices and themes")
    PARTNERS = "partners", _("partners and their reports")
    LITERATURE = "literature", _("literature")
    OTHER = "other", _("something else")

    @property
    def is_formal(self) -> bool:
        """Counted or asked by a fixed instrument; the others are conversations and what one sees."""
        return self in {SourceKind.SURVEY, SourceKind.CENSUS, SourceKind.USE, SourceKind.LITERATURE}

    @property
    def asks_people(self) -> bool:
        return self in {SourceKind.SURVEY, SourceKind.INTERVIEWS, SourceKind.FOCUS_GROUPS, SourceKind.MEETING}


class Mode(models.TextChoices):
    WEB = "web", _("on the web")
    PAPER = "paper", _("on paper")
    KIOSK = "kiosk", _("at a kiosk")
    PHONE = "phone", _("by phone")
    IN_PERSON = "in_person", _("in person")
    MIXED = "mixed", _("in several ways")


class AssessmentSource(PartOfAssessment):
    """One way in which an assessment listens or looks, with the record of its method; kind and title are enough."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="sources")
    kind = models.CharField(_("kind"), max_length=20, choices=SourceKind.choices)
    title = WordsField(_("title"))
    survey = models.ForeignKey(Survey, models.SET_NULL, null=True, blank=True, related_name="+")
    themes = models.ManyToManyField(Theme, blank=True, related_name="in_sources")
    purpose = models.CharField(_("what it is to find out"), max_length=300, blank=True)
    audience = models.CharField(_("whom it asks"), max_length=300, blank=True)
    instrument = models.CharField(_("questions or guide, and version"), max_length=200, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    mode = models.CharField(_("how"), max_length=20, choices=Mode.choices, blank=True)
    place = models.CharField(_("where"), max_length=200, blank=True)
    begins_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    collected_by = models.CharField(_("who collects it"), max_length=200, blank=True)
    recruitment = models.CharField(_("how people are found"), max_length=300, blank=True)
    incentive = models.CharField(_("what they get for it"), max_length=200, blank=True)
    invited = models.PositiveIntegerField(_("invited"), null=True, blank=True)
    responded = models.PositiveIntegerField(_("answered"), null=True, blank=True)
    usable = models.PositiveIntegerField(_("usable"), null=True, blank=True)
    consent_version = models.CharField(_("version of the consent text"), max_length=120, blank=True)
    limits = models.TextField(_("what it cannot say"), max_length=2000, blank=True)
    keep_until = models.DateField(_("raw notes and answers are kept until"), null=True, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("source of an assessment")
        verbose_name_plural = _("sources of assessments")

    def __str__(self) -> str:
        return str(self.title)

    @property
    def is_formal(self) -> bool:
        return SourceKind(self.kind).is_formal

    @property
    def asks_people(self) -> bool:
        return SourceKind(self.kind).asks_people

    @property
    def how_many(self) -> int | None:
        """How many answers it rests on: as noted, or as the survey has them."""
        if self.usable is not None or self.responded is not None:
            return self.responded if self.usable is None else self.usable
        return self.survey.responses.count() if self.survey else None

    @property
    def public_count(self) -> int | None:
        """The same for anyone: of a small number only that it is small is told, elsewhere."""
        count = self.how_many
        return None if count is None else published(count).number

    @property
    def is_past_keeping(self) -> bool:
        return self.keep_until is not None and self.keep_until < date.today()
