from collections.abc import Iterable, Mapping
from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField, words
from rapport.listening.models import Voice
from rapport.listening.models.voice import VoiceQuerySet, speakers_of
from rapport.loop.models import Loop, Turn
from rapport.people.models import Person
from rapport.places.models import Branch

from .theme import Theme, ThemeVoice


class NeedKind(models.TextChoices):
    NEED = "need", _("need")
    DESIRE = "desire", _("desire")
    ASPIRATION = "aspiration", _("aspiration")
    CONCERN = "concern", _("concern")
    ASSET = "asset", _("asset")


class NeedQuerySet(models.QuerySet["Need"]):
    @transaction.atomic
    def take_up(
        self,
        sentence: Mapping[str, str] | str,
        *,
        kind: str,
        by: Person,
        themes: Iterable[Theme] = (),
        branch: Branch | None = None,
    ) -> "Need":
        """Write a need down, begin its loop, and owe its end to everyone who spoke of it."""
        loop = Loop.objects.begin(sentence, by=by, branch=branch)
        need = self.create(sentence=words(sentence), kind=kind, owner=by, branch=branch, loop=loop)
        loop.hang([need])
        for theme in themes:
            need.add_theme(theme, by=by)
        loop.record(Turn.TAKEN_UP, sentence, by=by, thing=need)
        return need


class Need(models.Model):
    """What the community needs, wishes, hopes, fears or has, in one sentence, with the evidence for it."""

    sentence = WordsField(_("in one sentence"))
    kind = models.CharField(_("kind"), max_length=20, choices=NeedKind.choices)
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    loop = models.OneToOneField(Loop, models.PROTECT, related_name="+")
    themes = models.ManyToManyField(Theme, through="NeedTheme", related_name="needs")
    at = models.DateTimeField(default=timezone.now)

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("need")
        verbose_name_plural = _("needs")

    def __str__(self) -> str:
        return str(self.sentence)

    def get_absolute_url(self) -> str:
        return reverse("insight:need", args=[self.pk])

    def voices(self) -> VoiceQuerySet:
        return Voice.objects.filter(pk__in=ThemeVoice.objects.filter(theme__needs=self).values("voice"))

    @transaction.atomic
    def add_theme(self, theme: Theme, *, by: Person) -> None:
        """The theme's voices are evidence for this need, and their speakers are owed what comes of it."""
        NeedTheme.objects.get_or_create(need=self, theme=theme, defaults={"by": by})
        self.loop.hang([theme])
        self.loop.hang(theme.voices().only("pk"))
        self.loop.hear(speakers_of(theme.voices()))
        self.evidence.create(source=Source.VOICES, words=str(theme), count=theme.theme_voices.count(), by=by)

    def give_to(self, owner: Person) -> None:
        self.owner = owner
        self.save(update_fields=["owner"])

    def prioritise(self, *, by: Person, size: int, equity: int, fit: int, effort: int, reasons: str) -> "Priority":
        """Say how much it matters and why; earlier opinions stay on record."""
        return self.priorities.create(by=by, size=size, equity=equity, fit=fit, effort=effort, reasons=reasons)

    @property
    def priority(self) -> "Priority | None":
        return self.priorities.order_by("-at", "-pk").first()


class NeedTheme(models.Model):
    need = models.ForeignKey(Need, models.CASCADE)
    theme = models.ForeignKey(Theme, models.CASCADE)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["need", "theme"], name="theme_once_in_need")]


class Source(models.TextChoices):
    VOICES = "voices", _("voices")
    SURVEY = "survey", _("survey")
    ATTENDANCE = "attendance", _("attendance")
    CENSUS = "census", _("census")
    CONVERSATION = "conversation", _("conversation")
    OTHER = "other", _("other source")


class Evidence(models.Model):
    """One thing that we know about a need, where it comes from and of which day."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="evidence")
    source = models.CharField(_("source"), max_length=20, choices=Source.choices)
    words = models.CharField(_("what it says"), max_length=500)
    count = models.PositiveIntegerField(_("how many"), null=True, blank=True)
    cites = models.CharField(_("where it is written"), max_length=300, blank=True)
    on = models.DateField(_("of which day"), default=date.today)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-on", "-pk"]


def _score(label: object) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(label, validators=[MinValueValidator(1), MaxValueValidator(5)])


class Priority(models.Model):
    """How much a need matters, as one person scored it: four scores of 1 to 5 and the reasons in words."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="priorities")
    size = _score(_("how many it touches"))
    equity = _score(_("how much it matters to those seldom heard"))
    fit = _score(_("how well it fits the plan"))
    effort = _score(_("how little effort it asks"))
    reasons = models.TextField(_("reasons"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]

    WEIGHTS = {"size": 3, "equity": 3, "fit": 2, "effort": 2}

    @property
    def level(self) -> float:
        """The weighted mean of the four scores, 1 to 5; the weights are shown beside it."""
        total = sum(getattr(self, name) * weight for name, weight in self.WEIGHTS.items())
        return round(total / sum(self.WEIGHTS.values()), 1)
