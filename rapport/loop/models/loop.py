from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.later import later
from rapport.lib.translated import WordsField, words
from rapport.loop.things import label_of
from rapport.people.models import Person
from rapport.places.models import Branch

from .speaker import Heard, Speaker
from .step import Stage, Step, Turn
from .strand import Strand


class LoopQuerySet(models.QuerySet["Loop"]):
    def open(self) -> "LoopQuerySet":
        return self.filter(closing=None)

    def closed(self) -> "LoopQuerySet":
        return self.exclude(closing=None)

    def public(self) -> "LoopQuerySet":
        return self.filter(is_public=True)

    def owed_a_report(self) -> "LoopQuerySet":
        """Open, and something has come of it (or was refused), but those who spoke have not been told the end."""
        came = [Turn.DELIVERED, Turn.ADOPTED, Turn.STOPPED, Turn.DECIDED_AGAINST]
        ended = Step.objects.filter(turn__in=came)
        return self.open().filter(pk__in=ended.values("loop")).order_by("at")

    def stages(self) -> Counter[Stage]:
        """How many of these loops stand at which stage, by their latest step."""
        latest = Step.objects.filter(loop=models.OuterRef("pk")).exclude(turn=Turn.COUNTED).order_by("-at", "-pk")
        turns = self.annotate(latest=models.Subquery(latest.values("turn")[:1])).order_by().values_list("latest")
        rows = turns.annotate(n=models.Count("pk"))
        counts: Counter[Stage] = Counter()
        for turn, n in rows:
            counts[Turn(turn).stage if turn else Stage.LISTEN] += n
        return counts

    def of(self, thing: models.Model) -> "LoopQuerySet":
        """The stories on which this thing hangs."""
        hung = Strand.objects.filter(thing=label_of(thing), thing_key=thing.pk)
        return self.filter(pk__in=hung.values("loop"))

    def begin(
        self, question: Mapping[str, str] | str, *, by: Person | None, branch: Branch | None = None, **fields: Any
    ) -> "Loop":
        return self.create(question=words(question), by=by, branch=branch, **fields)


class Loop(models.Model):
    """One question the library asked, or one concern it took up, followed until it has been answered."""

    question = WordsField(_("question or concern"))
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    is_public = models.BooleanField(_("anyone may read it"), default=True)

    objects = LoopQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("loop")
        verbose_name_plural = _("loops")

    def __str__(self) -> str:
        return str(self.question)

    def get_absolute_url(self) -> str:
        return reverse("loop:story", args=[self.pk])

    @transaction.atomic
    def record(
        self,
        turn: Turn,
        said: Mapping[str, str] | str,
        *,
        by: Person | None,
        thing: models.Model | None = None,
        at: datetime | None = None,
    ) -> Step:
        """Note what happened; everyone heard is told of it by a worker, unless it is one of the quiet turns."""
        step = self.steps.create(
            turn=turn,
            words=words(said),
            by=by,
            at=at or timezone.now(),
            thing=label_of(thing) if thing else "",
            thing_key=thing.pk if thing else None,
        )
        if thing:
            self.hang([thing])
        later(step.announce)
        return step

    def hang(self, things: Iterable[models.Model]) -> None:
        """Tie these things to the thread; those already tied stay tied."""
        strands = [Strand(loop=self, thing=label_of(thing), thing_key=thing.pk) for thing in things]
        Strand.objects.bulk_create(strands, ignore_conflicts=True, batch_size=500)

    def hear(self, speakers: Iterable[Speaker]) -> None:
        """Owe these speakers the end of the story; each is owed it once."""
        rows = [Heard(loop=self, speaker=speaker) for speaker in speakers]
        Heard.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)

    @transaction.atomic
    def close(self, *, by: Person | None, at: datetime | None = None) -> "Closing":
        """The question has been answered, and those who spoke have been told."""
        return Closing.objects.create(loop=self, by=by, at=at or timezone.now())

    @property
    def stage(self) -> Stage:
        """Where the story stands, by its latest step."""
        moving = [step for step in self.steps.all() if Turn(step.turn).moves_on]
        return moving[-1].stage if moving else Stage.LISTEN

    @property
    def is_open(self) -> bool:
        return getattr(self, "closing", None) is None


class Closing(models.Model):
    loop = models.OneToOneField(Loop, models.CASCADE, related_name="closing")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
