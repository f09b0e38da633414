from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Avg, Exists, ExpressionWrapper, F, FloatField, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField, words
from rapport.listening.models import Voice, VoiceQuerySet, speakers_of
from rapport.loop.models import Loop, Turn
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.models import Survey

from .theme import Theme, ThemeVoice
from .weights import FIRST, Weights


class NeedKind(models.TextChoices):
    NEED = "need", _("need")
    DESIRE = "desire", _("desire")
    ASPIRATION = "aspiration", _("aspiration")
    CONCERN = "concern", _("concern")
    ASSET = "asset", _("asset")


class NeedQuerySet(models.QuerySet["Need"]):
    def public(self) -> "NeedQuerySet":
        return self.filter(loop__is_public=True)

    def unowned_or_unweighed(self) -> "NeedQuerySet":
        """Open ones that wait for somebody to say whose they are, or how much they matter."""
        return self.filter(loop__closing=None).filter(models.Q(owner=None) | models.Q(priorities=None)).distinct()

    def with_level(self) -> "NeedQuerySet":
        """Each with `level`: the mean of what each person scored last, by the weights of the day they scored."""
        newest = Priority.objects.filter(need=OuterRef("pk")).standing().order_by()
        weighed = sum((F(name) * F(f"weights__{name}") for name in Priority.WEIGHTS), start=models.Value(0))
        whole = sum((F(f"weights__{name}") for name in Priority.WEIGHTS), start=models.Value(0))
        level = ExpressionWrapper(weighed * 1.0 / whole, output_field=FloatField())
        return self.annotate(level=Subquery(newest.values("need").annotate(mean=Avg(level)).values("mean")))

    def levels(self) -> dict[int, float | None]:
        """The weight of each by its key; None where nobody has weighed it."""
        return dict(self.with_level().values_list("pk", "level"))  # type: ignore[misc]

    @transaction.atomic
    def take_up(
        self,
        sentence: Mapping[str, str] | str,
        *,
        kind: str,
        by: Person,
        themes: Iterable[Theme] = (),
        branch: Branch | None = None,
        at: datetime | None = None,
    ) -> "Need":
        """Write a need down, begin its loop, and owe its end to everyone who spoke of it."""
        at = at or timezone.now()
        loop = Loop.objects.begin(sentence, by=by, branch=branch, at=at)
        need = self.create(sentence=words(sentence), kind=kind, branch=branch, loop=loop, at=at)
        need.give_to(by, by=by, at=at)
        loop.hang([need])
        for theme in themes:
            need.add_theme(theme, by=by)
        loop.heard.update(at=at)  # they had spoken before it was taken up, so this step too is owed to them
        loop.record(Turn.TAKEN_UP, sentence, by=by, thing=need, at=at)
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
        self.hear_from(theme)

    def hear_from(self, theme: Theme) -> None:
        self.loop.hang([theme])
        self.loop.hang(theme.voices().only("pk"))
        self.loop.hear(speakers_of(theme.voices()))

    def leave_out(self, theme: Theme) -> None:
        """The theme is no evidence for this need; who spoke of it still hears the end, as they were promised."""
        NeedTheme.objects.filter(need=self, theme=theme).delete()

    @transaction.atomic
    def reword(self, sentence: Mapping[str, str] | str, *, kind: str) -> None:
        self.sentence, self.kind = words(sentence), kind
        self.save(update_fields=["sentence", "kind"])

    @transaction.atomic
    def give_to(self, owner: Person | None, *, by: Person, at: datetime | None = None) -> None:
        self.owner = owner
        self.save(update_fields=["owner"])
        self.ownerships.create(owner=owner, by=by, at=at or timezone.now())

    def prioritise(
        self,
        *,
        by: Person,
        size: int,
        equity: int,
        fit: int,
        effort: int,
        reasons: str,
        at: datetime | None = None,
    ) -> "Priority":
        """Say how much it matters and why; earlier opinions stay on record."""
        scores = {"size": size, "equity": equity, "fit": fit, "effort": effort}
        at = at or timezone.now()
        return self.priorities.create(by=by, reasons=reasons, at=at, weights=Weights.objects.at(at), **scores)

    def disagree(
        self, who: Mapping[str, str] | str, why: Mapping[str, str] | str, *, by: Person, at: datetime | None = None
    ) -> "Dissent":
        """Note who sees it otherwise, and why; it stays, whatever is scored later."""
        return self.dissents.create(who=words(who), why=words(why), by=by, at=at or timezone.now())

    @transaction.atomic
    def touch(self, segments: Iterable[models.Model], *, by: Person) -> None:
        """These groups are touched by it most, and no others."""
        chosen = {segment.pk for segment in segments}
        there = set(self.touches.values_list("segment", flat=True))
        self.touches.exclude(segment__in=chosen).delete()
        for key in chosen - there:
            self.touches.create(segment_id=key, by=by)

    @property
    def priority(self) -> "Priority | None":
        return self.priorities.order_by("-at", "-pk").first()


class Ownership(models.Model):
    """Whose it was, since when, and who said so."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="ownerships")
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]


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
    WATCHING = "watching", _("watching what happens")
    WALK = "walk", _("a walk through the neighbourhood")
    CENSUS = "census", _("census")
    STATISTICS = "statistics", _("statistics of use")
    CONVERSATION = "conversation", _("conversation")
    OTHER = "other", _("other source")

    @property
    def evidence_kind(self) -> "EvidenceKind | None":
        """None of another source: whoever notes it says so."""
        return _KINDS.get(self)


class EvidenceKind(models.TextChoices):
    """How evidence is come by, as ISO 16439 (methods for assessing the impact of libraries) sorts it."""

    INFERRED = "inferred", _("inferred: from statistics and the census")
    SOLICITED = "solicited", _("solicited: people were asked, or told us")
    OBSERVED = "observed", _("observed: seen, counted or walked past")

    @property
    def short(self) -> str:
        return str(_SHORT[self])


_SHORT = {
    EvidenceKind.INFERRED: _("inferred"),
    EvidenceKind.SOLICITED: _("solicited"),
    EvidenceKind.OBSERVED: _("observed"),
}
_KINDS = {
    Source.VOICES: EvidenceKind.SOLICITED,
    Source.SURVEY: EvidenceKind.SOLICITED,
    Source.CONVERSATION: EvidenceKind.SOLICITED,
    Source.ATTENDANCE: EvidenceKind.OBSERVED,
    Source.WATCHING: EvidenceKind.OBSERVED,
    Source.WALK: EvidenceKind.OBSERVED,
    Source.CENSUS: EvidenceKind.INFERRED,
    Source.STATISTICS: EvidenceKind.INFERRED,
}


class Evidence(models.Model):
    """One thing that we know about a need, where it comes from and of which day."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="evidence")
    source = models.CharField(_("source"), max_length=20, choices=Source.choices)
    kind = models.CharField(_("kind of evidence"), max_length=20, choices=EvidenceKind.choices, blank=True)
    is_against = models.BooleanField(_("it speaks against this need"), default=False)
    survey = models.ForeignKey(Survey, models.SET_NULL, null=True, blank=True, related_name="+")
    words = models.CharField(_("what it says"), max_length=500)
    count = models.PositiveIntegerField(_("how many"), null=True, blank=True)
    cites = models.CharField(_("where it is written"), max_length=300, blank=True)
    on = models.DateField(_("of which day"), default=date.today)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-on", "-pk"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The kind follows from the source, unless somebody said another one."""
        self.kind = self.kind or Source(self.source).evidence_kind or ""
        super().save(*args, **kwargs)


def _score(label: Any) -> "models.PositiveSmallIntegerField[int, int]":
    return models.PositiveSmallIntegerField(label, validators=[MinValueValidator(1), MaxValueValidator(5)])


class PriorityQuerySet(models.QuerySet["Priority"]):
    def standing(self) -> "PriorityQuerySet":
        """What each person scored last; earlier opinions of the same person are on record only."""
        later = Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(Priority.objects.filter(later, need=OuterRef("need"), by=OuterRef("by"))))


class Priority(models.Model):
    """How much a need matters, as one person scored it: four scores of 1 to 5 and the reasons in words."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="priorities")
    size = _score(_("how many it touches"))
    equity = _score(_("how much it matters to those seldom heard"))
    fit = _score(_("how well it fits the plan"))
    effort = _score(_("how little effort it asks"))
    reasons = models.TextField(_("reasons"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    weights = models.ForeignKey(Weights, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(default=timezone.now)

    objects = PriorityQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    WEIGHTS = FIRST  # those of the beginning; each row keeps the weights of its own day

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.weights_id is None:
            self.weights = Weights.objects.at(self.at)
        super().save(*args, **kwargs)

    @property
    def level(self) -> float:
        """The weighted mean of the four scores, 1 to 5, by the weights of its day."""
        return round(self.weights.level(self), 1) if self.weights else 0.0


class Dissent(models.Model):
    """Somebody sees the need, or what it weighs, otherwise: who and why. It is never changed and never taken out."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="dissents")
    who = WordsField(_("who sees it otherwise"))
    why = WordsField(_("why"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("dissent")
        verbose_name_plural = _("dissents")

    def __str__(self) -> str:
        return str(self.why)
