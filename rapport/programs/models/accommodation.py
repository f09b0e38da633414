"""What somebody needs to take part: asked for, arranged as a task, and asked about afterwards."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.listening.models import Channel
from rapport.people.models import Person, Role

from .registration import Registration
from .session import Session

ARRANGERS = frozenset({Role.PROGRAMMER, Role.MANAGER, Role.ADMINISTRATOR})  # nobody else reads a request


class Aid(models.TextChoices):
    SIGN_LANGUAGE = "sign-language", _("a sign language interpreter")
    CAPTIONS = "captions", _("live captions")
    LISTENING = "listening", _("a hearing aid loop or receiver")
    LARGE_PRINT = "large-print", _("papers in large print")
    BRAILLE = "braille", _("papers in braille")
    LANGUAGE = "language", _("an interpreter of another language")
    PLACE = "place", _("a place for a wheelchair, or a seat near the front or the door")
    CALM = "calm", _("a calm place, less light or noise, breaks")
    COMPANION = "companion", _("room for a companion or an assistance dog")
    OTHER = "other", _("something else")

    @property
    def lead_days(self) -> int:
        """How many days it usually takes to arrange: said to people, never a reason to refuse (28 CFR 35.160)."""
        return _LEAD_DAYS.get(self, 3)


_LEAD_DAYS = {Aid.SIGN_LANGUAGE: 14, Aid.CAPTIONS: 10, Aid.BRAILLE: 14, Aid.LANGUAGE: 10}


class AidState(models.TextChoices):
    ASKED = "asked", _("asked for")
    ARRANGED = "arranged", _("arranged")
    ALTERNATIVE = "alternative", _("something else was offered")
    NOT_POSSIBLE = "not_possible", _("could not be arranged")
    WITHDRAWN = "withdrawn", _("no longer needed")

    @property
    def is_settled(self) -> bool:
        return self != AidState.ASKED


class RequestQuerySet(models.QuerySet["AccommodationRequest"]):
    @transaction.atomic
    def ask(
        self,
        session: Session,
        aids: Iterable[str],
        *,
        words: str = "",
        registration: Registration | None = None,
        at: datetime | None = None,
        **contact: object,
    ) -> "AccommodationRequest":
        """Ask for one thing or several. However late, it is taken; each becomes a task that is due soon enough."""
        from rapport.programs.accommodating.letters import tell_received

        at = at or timezone.now()
        if registration is not None:
            known = ("person", "name", "email", "phone", "language")
            contact = {**{name: getattr(registration, name) for name in known}, **contact}
        made = self.create(session=session, registration=registration, words=words, at=at, **contact)
        for aid in dict.fromkeys(aids):
            made.tasks.create(aid=aid, due=_due(session, Aid(aid), at))
        tell_received(made)
        return made

    def behind(self, person: Person) -> "RequestQuerySet":
        return self.filter(Q(person=person) | Q(email=person.email))


def _due(session: Session, aid: Aid, at: datetime) -> date:
    """Early enough to book somebody; at the latest the day before, and today where even that is gone."""
    day, today = timezone.localdate(session.starts_at), timezone.localdate(at)
    return max(today, min(day - timedelta(days=max(1, aid.lead_days - 4)), day - timedelta(days=1)))


class AccommodationRequest(models.Model):
    """One person's request for one date. Read only by those who arrange it, and forgotten some time after the date."""

    key = models.CharField(max_length=43, unique=True, default=secrets.token_urlsafe)
    session = models.ForeignKey(Session, models.CASCADE, related_name="accommodation_requests")
    registration = models.ForeignKey(Registration, models.SET_NULL, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=12)
    channel = models.CharField(_("channel"), max_length=20, choices=Channel.choices, default=Channel.WEB)
    words = models.TextField(_("what would help"), max_length=2000, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    asked_after_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["session__starts_at", "at", "pk"]
        verbose_name = _("accommodation request")
        verbose_name_plural = _("accommodation requests")

    def __str__(self) -> str:
        return self.name or str(_("somebody"))

    def get_absolute_url(self) -> str:
        return reverse("programs:accommodation", args=[self.key])

    @property
    def is_late(self) -> bool:
        """Asked for when less time was left than it usually takes."""
        return any(self.days_ahead < Aid(task.aid).lead_days for task in self.tasks.all())

    @property
    def days_ahead(self) -> int:
        return (timezone.localdate(self.session.starts_at) - timezone.localdate(self.at)).days

    @transaction.atomic
    def add(self, aids: Iterable[str], words: str) -> None:
        """Something more, or other words; what was withdrawn before is asked for again."""
        self.words = words
        self.save(update_fields=["words"])
        for aid in dict.fromkeys(aids):
            due = _due(self.session, Aid(aid), timezone.now())
            task, is_new = self.tasks.get_or_create(aid=aid, defaults={"due": due})
            if not is_new and task.state != AidState.ASKED:
                task.see_to(state=AidState.ASKED, due=due, settled_at=None)
                task.steps.create(state=AidState.ASKED)

    @transaction.atomic
    def thank(self, worked: str, words: str = "") -> bool:
        """What the person says afterwards, once."""
        _row, is_new = AccommodationEcho.objects.get_or_create(
            request=self, defaults={"worked": worked, "words": words}
        )
        return is_new

    @transaction.atomic
    def withdraw(self) -> None:
        """The person does not need it any more, or does not come."""
        for task in self.tasks.filter(state__in=[AidState.ASKED, AidState.ARRANGED, AidState.ALTERNATIVE]):
            task.settle(AidState.WITHDRAWN, "", by=None)

    def forget(self) -> None:
        """Remove who it was and what they wrote; that something was needed and arranged is still counted."""
        gone = {"person": None, "name": "", "email": "", "phone": "", "words": "", "registration": None}
        AccommodationRequest.objects.filter(pk=self.pk).update(**gone, forgotten_at=timezone.now())
        self.tasks.update(note="")
        AidStep.objects.filter(task__request=self).update(words="")
        AccommodationEcho.objects.filter(request=self).update(words="")


class TaskQuerySet(models.QuerySet["AccommodationTask"]):
    def open(self) -> "TaskQuerySet":
        return self.filter(state=AidState.ASKED)

    def coming(self) -> "TaskQuerySet":
        return self.filter(request__session__ends_at__gte=timezone.now())

    def of_branches(self, keys: set[int] | None) -> "TaskQuerySet":
        branch = "request__session__branch"
        return self if keys is None else self.filter(Q(**{f"{branch}__in": keys}) | Q(**{branch: None}))


class AccommodationTask(models.Model):
    """One thing to arrange: whose it is, until when, through whom, at what cost, and how it stands."""

    request = models.ForeignKey(AccommodationRequest, models.CASCADE, related_name="tasks")
    aid = models.CharField(_("what is needed"), max_length=20, choices=Aid.choices)
    state = models.CharField(_("how it stands"), max_length=20, choices=AidState.choices, default=AidState.ASKED)
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    due = models.DateField(_("to be arranged by"))
    provider = models.CharField(_("through whom"), max_length=200, blank=True)
    cost = models.DecimalField(_("cost"), max_digits=9, decimal_places=2, null=True, blank=True)
    note = models.CharField(_("note for colleagues"), max_length=500, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["due", "pk"]
        constraints = [models.UniqueConstraint(fields=["request", "aid"], name="asked_for_once")]
        verbose_name = _("accommodation")
        verbose_name_plural = _("accommodations")

    def __str__(self) -> str:
        return str(self.get_aid_display())

    @property
    def is_open(self) -> bool:
        return self.state == AidState.ASKED

    @property
    def due_at(self) -> datetime:
        """The end of its day."""
        return timezone.make_aware(datetime.combine(self.due, time.max))

    def see_to(self, **facts: object) -> None:
        """Who arranges it, until when, through whom."""
        for name, value in facts.items():
            setattr(self, name, value)
        self.save(update_fields=list(facts))

    @transaction.atomic
    def settle(self, state: AidState, words: str, *, by: Person | None, at: datetime | None = None) -> bool:
        """Say how it stands, and tell the person, unless a colleague has said the same meanwhile."""
        from rapport.programs.accommodating.letters import tell_settled

        at = at or timezone.now()
        waits = AccommodationTask.objects.filter(pk=self.pk).exclude(state=state)
        if not waits.update(state=state, settled_at=at):
            return False
        self.state, self.settled_at = state, at
        step = self.steps.create(state=state, words=words, by=by, at=at)
        if by is not None:
            tell_settled(step)
        return True


class AidStep(models.Model):
    """What was said of a task, when and by whom."""

    task = models.ForeignKey(AccommodationTask, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=20, choices=AidState.choices)
    words = models.CharField(_("in words for the person"), max_length=1000, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]


class Worked(models.TextChoices):
    YES = "yes", _("yes")
    PARTLY = "partly", _("partly")
    NO = "no", _("no")


class AccommodationEcho(models.Model):
    """Whether it helped, in the person's own words."""

    request = models.OneToOneField(AccommodationRequest, models.CASCADE, related_name="echo")
    worked = models.CharField(_("did it work?"), max_length=10, choices=Worked.choices)
    words = models.CharField(_("in a few words"), max_length=1000, blank=True)
    at = models.DateTimeField(default=timezone.now)
