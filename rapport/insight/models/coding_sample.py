import random
from datetime import datetime

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.listening.models import Voice, VoiceQuerySet
from rapport.people.models import Person
from rapport.places.models import Branch

from .theme import Theme

MOST_SAMPLED = 500


class CodingSampleQuerySet(models.QuerySet["CodingSample"]):
    @transaction.atomic
    def draw(
        self,
        title: str,
        voices: VoiceQuerySet,
        *,
        size: int,
        by: Person,
        branch: Branch | None = None,
        seed: int | None = None,
    ) -> "CodingSample":
        """So many of these voices by chance, in an order by chance. Raises ValueError if there are none."""
        chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
        keys = list(voices.order_by("pk").values_list("pk", flat=True))
        chosen = chance.sample(keys, min(size, len(keys), MOST_SAMPLED))
        if not chosen:
            raise ValueError("There are no voices to draw from")
        sample = self.create(title=title, by=by, branch=branch)
        SampledVoice.objects.bulk_create(
            SampledVoice(sample=sample, voice_id=key, order=order) for order, key in enumerate(chosen, 1)
        )
        return sample

    def reached_by(self, person: Person) -> "CodingSampleQuerySet":
        branches = person.branches_where("insight.see")
        return self if branches is None else self.filter(branch__in=branches)


class CodingSample(models.Model):
    """The same voices, sorted by two or more people without a look at each other's work."""

    title = models.CharField(_("title"), max_length=120)
    branch = models.ForeignKey(Branch, models.CASCADE, null=True, blank=True, related_name="+")  # none is all
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CodingSampleQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("sample that is coded together")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("insight:coding-sample", args=[self.pk])

    def next_for(self, person: Person) -> "SampledVoice | None":
        mine = SampleCode.objects.filter(sampled__sample=self, by=person)
        return self.sampled.exclude(pk__in=mine.values("sampled")).select_related("voice").first()

    def coded_by(self, person: Person) -> int:
        return SampleCode.objects.filter(sampled__sample=self, by=person).count()

    def is_finished_by(self, person: Person) -> bool:
        return self.next_for(person) is None

    def is_shown_to(self, person: Person) -> bool:
        """Blind until then: who has not finished sees nothing of the others, unless the coding is over."""
        return self.closed_at is not None or self.is_finished_by(person)

    def close(self) -> None:
        """Nobody codes any more; from now on all see how far they agree."""
        CodingSample.objects.filter(pk=self.pk, closed_at=None).update(closed_at=timezone.now())


class SampledVoice(models.Model):
    """One voice of the sample."""

    sample = models.ForeignKey(CodingSample, models.CASCADE, related_name="sampled")
    voice = models.ForeignKey(Voice, models.CASCADE, related_name="+")
    order = models.PositiveSmallIntegerField()
    settled_on = models.ForeignKey(Theme, models.SET_NULL, null=True, blank=True, related_name="+")
    settled_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["sample", "voice"], name="voice_once_in_sample")]

    def __str__(self) -> str:
        return str(self.voice)

    def code(self, theme: Theme | None, *, by: Person) -> None:
        """This person thinks that it speaks of this theme, or of none. Said again, the newer word counts."""
        said = {"theme": theme, "at": timezone.now()}
        SampleCode.objects.update_or_create(sampled=self, by=by, defaults=said)

    @transaction.atomic
    def settle(self, theme: Theme | None, *, by: Person, at: datetime | None = None) -> None:
        """They talked it over: this is where it belongs. Their own codes stay as they were."""
        self.settled_on, self.settled_by, self.settled_at = theme, by, at or timezone.now()
        self.save(update_fields=["settled_on", "settled_by", "settled_at"])
        if theme is not None:
            theme.add([self.voice_id], by=by)


class SampleCode(models.Model):
    """What one person said of one voice of the sample."""

    sampled = models.ForeignKey(SampledVoice, models.CASCADE, related_name="codes")
    theme = models.ForeignKey(Theme, models.CASCADE, null=True, blank=True, related_name="+")  # none of them
    by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["sampled", "by"], name="coded_once_by_each")]
