from collections import defaultdict

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.listening.models import Voice
from rapport.people.models import Person

from .theme import Theme

_AT_ONCE = 500


class Answered(models.TextChoices):
    YES = "yes", _("yes, it belongs there")
    NO = "no", _("no, it belongs to none of the themes")
    ANOTHER = "another", _("it belongs to another theme")


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def open(self) -> "SuggestionQuerySet":
        """Those that wait for somebody's word; of voices in hand, and of themes that are still in use."""
        return self.filter(
            answer="", theme__merged_into=None, theme__discarded_at=None, voice__in=Voice.objects.in_hand()
        )

    def seen_by(self, person: Person) -> "SuggestionQuerySet":
        branches = person.branches_where("insight.see")
        return self if branches is None else self.filter(voice__in=Voice.objects.of_branches(branches))

    def doubtful_first(self) -> "SuggestionQuerySet":
        return self.order_by("confidence", "pk")

    def answered(self) -> "SuggestionQuerySet":
        return self.exclude(answer="")

    @transaction.atomic
    def agree_to_all(self, *, by: Person) -> int:
        """Yes to each of these; how many there were. Whoever spoke is owed what comes of the theme's needs."""
        keys, now = list(self.open().values_list("pk", flat=True)), timezone.now()
        voices: dict[int, list[int]] = defaultdict(list)
        for start in range(0, len(keys), _AT_ONCE):
            some = Suggestion.objects.filter(pk__in=keys[start : start + _AT_ONCE])
            some.filter(answer="").update(answer=Answered.YES, by=by, answered_at=now)
            for key, voice in some.filter(by=by, answered_at=now).values_list("theme", "voice"):
                voices[key].append(voice)
        for theme in Theme.objects.filter(pk__in=voices):
            theme.add(voices[theme.pk], by=by)
        return sum(map(len, voices.values()))


class Suggestion(models.Model):
    """The house thinks that a new voice belongs to a confirmed theme; a person says yes, no, or where it belongs."""

    voice = models.OneToOneField(Voice, models.CASCADE, related_name="+")
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="suggestions")
    second = models.ForeignKey(Theme, models.SET_NULL, null=True, blank=True, related_name="+")
    sureness = models.FloatField()  # what the reader said of itself
    confidence = models.FloatField(db_index=True)  # the same, set right by what people answered before
    at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=8, choices=Answered.choices, blank=True, db_index=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["confidence", "pk"]
        verbose_name = _("suggested theme of a voice")

    def __str__(self) -> str:
        return str(self.theme)

    @property
    def percent(self) -> int:
        return round(100 * self.confidence)

    @transaction.atomic
    def agree(self, *, by: Person) -> None:
        if self._settle(Answered.YES, by=by):
            self.theme.add([self.voice_id], by=by)

    def decline(self, *, by: Person) -> None:
        """It belongs to none of the themes. The reader learns from that too."""
        self._settle(Answered.NO, by=by)

    @transaction.atomic
    def settle_on(self, theme: Theme, *, by: Person) -> None:
        if theme.pk == self.theme_id:
            self.agree(by=by)
        elif self._settle(Answered.ANOTHER, by=by):
            theme.add([self.voice_id], by=by)

    def _settle(self, answer: Answered, *, by: Person) -> bool:
        """Of two people who answer at the same moment, the first counts."""
        open_ones = Suggestion.objects.filter(pk=self.pk, answer="")
        if not open_ones.update(answer=answer, by=by, answered_at=timezone.now()):
            return False
        self.refresh_from_db(fields=["answer", "by", "answered_at"])
        return True
