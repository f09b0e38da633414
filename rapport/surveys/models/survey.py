from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import date, datetime
from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rapport.lib.translated import WordsField, words
from rapport.listening.models.voice import new_code
from rapport.loop.models import Loop, Turn
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.methods import Question, Questionnaire, flaws_of

from .edition import Edition, Unsound


class Sampling(models.TextChoices):
    """How those who answer came to be asked. Only a sample that was drawn has a margin of error."""

    CHOSE = "chose", _("whoever wants to answers")
    DRAWN = "drawn", _("people drawn at random are invited")
    EVERYONE = "everyone", _("everyone is asked, by name")


class SurveyState(models.TextChoices):
    """Where a survey stands today."""

    DRAFT = "draft", _("being written")
    WAITING = "waiting", _("waits for its first day")
    OPEN = "open", _("open")
    OVER = "over", pgettext_lazy("survey", "closed")


class SurveyQuerySet(models.QuerySet["Survey"]):
    def open(self, day: date | None = None) -> "SurveyQuerySet":
        """Those that take answers on this day (today)."""
        day = day or timezone.localdate()
        begun = self.filter(Q(opens_on=None) | Q(opens_on__lte=day)).exclude(opening=None)
        return begun.filter(Q(closes_on=None) | Q(closes_on__gte=day), closing=None)

    def past(self, day: date | None = None) -> "SurveyQuerySet":
        """Those that took answers once and do so no more."""
        day = day or timezone.localdate()
        return self.exclude(opening=None).filter(Q(closes_on__lt=day) | ~Q(closing=None))

    def for_all(self) -> "SurveyQuerySet":
        """Those that anyone may answer, not only whoever is asked."""
        return self.filter(sampling=Sampling.CHOSE)

    def of_branches(self, branches: set[int] | None) -> "SurveyQuerySet":
        """Those of these branches and those of the house as a whole; None is everywhere."""
        return self if branches is None else self.filter(Q(branch__in=branches) | Q(branch=None))

    def reached_by(self, person: Person, permission: str = "surveys.see") -> "SurveyQuerySet":
        """Those that somebody may see (or do this with): of their branches, and of the house as a whole."""
        return self.of_branches(person.branches_where(permission))

    def in_state(self, state: str) -> "SurveyQuerySet":
        today = timezone.localdate()
        is_over = Q(closing__isnull=False) | Q(closes_on__lt=today)
        match state:
            case SurveyState.DRAFT:
                return self.filter(opening=None)
            case SurveyState.OPEN:
                return self.open(today)
            case SurveyState.WAITING:
                return self.filter(opening__isnull=False, opens_on__gt=today).exclude(is_over)
        return self.filter(is_over, opening__isnull=False)

    @transaction.atomic
    def begin(
        self,
        questionnaire: Questionnaire,
        *,
        by: Person | None,
        branch: Branch | None = None,
        loop: Loop | None = None,
        **fields: Any,
    ) -> "Survey":
        """Begin to write a survey; its story begins with it, and is read by anyone once the survey opens."""
        title = words(questionnaire.title)
        loop = loop or Loop.objects.begin(title, by=by, branch=branch, is_public=False)
        survey = self.create(title=title, slug=_free_slug(title), loop=loop, by=by, branch=branch, **fields)
        loop.hang([survey])
        survey.editions.create(number=1, definition={}, by=by).write(questionnaire)
        return survey


def _free_slug(title: Mapping[str, str]) -> str:
    wanted = slugify(next(iter(title.values()), ""))[:40] or new_code().lower()
    taken = Survey.objects.filter(slug=wanted).exists()
    return f"{wanted}-{new_code()[:4].lower()}" if taken else wanted


def _keys(questionnaire: Questionnaire) -> list[str]:
    return [question.key for question in questionnaire.questions()]


def _codes(question: Question) -> list[str]:
    return [*(one.code for one in question.choices), *(one.key for one in (*question.rows, *question.aspects))]


_COPIED = (
    "purpose", "sampling", "population", "is_named", "asks_branch", "asks_contact", "contact_words", "reminders",
    "days_between_reminders", "results_are_public",
)  # fmt: skip


class Survey(models.Model):
    """Questions that the library asks, from the decision that they inform to what came of the answers."""

    title = WordsField(_("title"))
    slug = models.SlugField(unique=True, max_length=60)
    purpose = WordsField(_("what will be decided by it"), blank=True)
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    loop = models.ForeignKey(Loop, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    sampling = models.CharField(_("who answers"), max_length=10, choices=Sampling.choices, default=Sampling.CHOSE)
    population = models.PositiveIntegerField(_("how many people it is about"), null=True, blank=True)
    is_named = models.BooleanField(_("answers are kept with who gave them"), default=False)
    asks_branch = models.BooleanField(_("people are asked which library they use most"), default=False)
    asks_contact = models.BooleanField(_("people may leave an address at the end"), default=False)
    contact_words = WordsField(_("what the address is for"), blank=True)
    opens_on = models.DateField(_("first day"), null=True, blank=True)
    closes_on = models.DateField(_("last day"), null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=2)
    days_between_reminders = models.PositiveSmallIntegerField(_("days between reminders"), default=7)
    doubled_share = models.PositiveSmallIntegerField(
        _("of 100 paper sheets, how many are entered twice"), default=10, validators=[MaxValueValidator(100)]
    )
    results_are_public = models.BooleanField(_("anyone may see the results"), default=False)
    keep_until = models.DateField(_("answers are kept until"), null=True, blank=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("surveys:survey", args=[self.slug])

    @transaction.atomic
    def copy(
        self, *, title: str = "", language: str = "", by: Person | None, branch: Branch | None, **fields: Any
    ) -> "Survey":
        """A new survey with these questions, pictures and settings, and without the answers and the days."""
        last = self.editions.last()
        questionnaire = deepcopy(last.questionnaire) if last else Questionnaire()
        if language in questionnaire.languages:
            questionnaire.languages.sort(key=lambda code: code != language)
        if title:
            questionnaire.title = {questionnaire.languages[0]: title}
        kept = {name: getattr(self, name) for name in _COPIED if not fields.get(name)}
        survey = Survey.objects.begin(questionnaire, by=by, branch=branch, **(fields | kept))
        for picture in self.pictures.all():
            survey.pictures.create(name=picture.name, file=picture.file.name)
        return survey

    @transaction.atomic
    def arrange(self, **fields: Any) -> None:
        """Set it up. Raises ValueError where answers that were promised to be anonymous would be kept with names."""
        locked = Survey.objects.select_for_update().get(pk=self.pk)
        if fields.get("is_named", locked.is_named) != locked.is_named and self.responses.exists():
            raise ValueError("What was promised to those who have answered does not change")
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=list(fields))

    # ── its questions ──

    @property
    def edition(self) -> Edition | None:
        """The edition that is answered now."""
        return self.editions.published().last()

    def draft(self, *, by: Person | None) -> Edition:
        """The edition that is being written; a copy of the one in use where there is none yet."""
        draft = self.editions.drafts().first()
        if draft is not None:
            return draft
        last = self.editions.last()
        definition = last.definition if last else {}
        return self.editions.create(number=last.number + 1 if last else 1, definition=definition, by=by)

    @transaction.atomic
    def rewrite(self, verb: Callable[[Questionnaire], Questionnaire], *, by: Person | None) -> Edition:
        """Change the questions of the draft by a verb of `methods.editing`; of two who write at once one waits."""
        Survey.objects.select_for_update().get(pk=self.pk)
        draft = self.draft(by=by)
        draft.revise(verb(draft.questionnaire))
        return draft

    @transaction.atomic
    def undo(self) -> bool:
        """Take the last change of the draft back; False where there is none."""
        Survey.objects.select_for_update().get(pk=self.pk)
        draft = self.editions.drafts().first()
        return draft is not None and draft.undo()

    def keys_used(self) -> set[str]:
        """The keys of all questions that were ever published: a new question may not take over their answers."""
        return {key for edition in self.editions.published() for key in _keys(edition.questionnaire)}

    def codes_used(self, key: str) -> set[str]:
        """The codes of all choices, rows and aspects that a question ever had."""
        asked = (edition.questionnaire.question(key) for edition in self.editions.published())
        return {code for question in asked if question for code in _codes(question)}

    @transaction.atomic
    def publish(self, *, by: Person | None, note: str = "") -> Edition:
        """Let the draft be the edition that is answered from now on. Raises Unsound where it cannot be asked."""
        draft = self.draft(by=by)
        if flaws := flaws_of(draft.questionnaire):
            raise Unsound(flaws)
        draft.publish(by=by, note=note)
        self.title = words(draft.questionnaire.title)
        self.save(update_fields=["title"])
        return draft

    # ── its life: it opens, is answered, closes ──

    @transaction.atomic
    def open(self, *, by: Person | None, at: datetime | None = None) -> "Opening":
        """Take answers from now on (or from its first day on). Raises Unsound where it cannot be asked."""
        if self.edition is None:
            self.publish(by=by)
        opening, is_new = Opening.objects.get_or_create(survey=self, defaults={"by": by, "at": at or timezone.now()})
        if is_new:
            Loop.objects.filter(pk=self.loop_id).update(is_public=True)
            self.loop.record(Turn.HEARD, self.title, by=by, thing=self, at=at)
        return opening

    @transaction.atomic
    def close(self, *, by: Person | None, why: str = "", at: datetime | None = None) -> "Closing":
        """Take no more answers. Whoever is in the middle of answering may still send theirs that day."""
        closing, _is_new = Closing.objects.get_or_create(
            survey=self, defaults={"by": by, "why": why, "at": at or timezone.now()}
        )
        self.contacts.all().hear()
        return closing

    @transaction.atomic
    def reopen(
        self, *, by: Person | None, why: str = "", closes_on: date | None = None, at: datetime | None = None
    ) -> "Reopening":
        """Take answers again, until another day; why, and why it had been closed, stay on record."""
        closing = Closing.objects.filter(survey=self).first()
        before = {"closed_at": closing.at, "closed_because": closing.why} if closing else {}
        Closing.objects.filter(survey=self).delete()
        self._state.fields_cache.pop("closing", None)
        self.closes_on = closes_on
        self.save(update_fields=["closes_on"])
        return Reopening.objects.create(survey=self, by=by, why=why, at=at or timezone.now(), **before)

    @property
    def state(self) -> SurveyState:
        if not hasattr(self, "opening"):
            return SurveyState.DRAFT
        if self.is_over:
            return SurveyState.OVER
        return SurveyState.OPEN if self.is_open else SurveyState.WAITING

    @property
    def is_open(self) -> bool:
        return self.opens_by(timezone.localdate()) and not self.is_over

    def opens_by(self, day: date) -> bool:
        return hasattr(self, "opening") and (self.opens_on is None or self.opens_on <= day)

    @property
    def is_over(self) -> bool:
        return hasattr(self, "closing") or (self.closes_on is not None and self.closes_on < timezone.localdate())

    @property
    def is_probability_sample(self) -> bool:
        return self.sampling == Sampling.DRAWN


class Opening(models.Model):
    survey = models.OneToOneField(Survey, models.CASCADE, related_name="opening")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)


class Closing(models.Model):
    survey = models.OneToOneField(Survey, models.CASCADE, related_name="closing")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    why = models.TextField(blank=True)


class Reopening(models.Model):
    """A survey took answers again after it had been closed."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="reopenings")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    why = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
