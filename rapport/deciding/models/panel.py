"""A panel drawn by lot: the call for volunteers, the quotas, the sealed seed, the draw, and who takes their seat."""

import hashlib
import secrets
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.community.models import Band
from rapport.deciding.methods import sortition
from rapport.lib.later import can_wait, later
from rapport.lib.translated import WordsField
from rapport.listening.models import Channel
from rapport.listening.models.voice import new_code
from rapport.loop.models import Speaker
from rapport.people.models import Person
from rapport.places.models import Branch

from .board import Board
from .component import NotOpen
from .phase import Phase


class AlreadyDrawn(Exception):
    """The lots have been drawn: they stand."""


class AlreadyVolunteered(Exception):
    """Each person is in the pot once."""


class PanelQuerySet(models.QuerySet["Panel"]):
    def public(self) -> "PanelQuerySet":
        shown = Q(phase=None) | Q(phase__process__opening__isnull=False, phase__process__decision__loop__is_public=True)
        return self.filter(shown, opened_at__isnull=False)

    def reached_by(self, person: Person, permission: str) -> "PanelQuerySet":
        branches = person.branches_where(permission)
        return self if branches is None else self.filter(Q(branch__in=branches) | Q(branch=None))


def new_seed() -> str:
    return secrets.token_hex(16)


def seal(seed: str) -> str:
    """What is published before the call closes; whoever learns the seed later can check that it is the same."""
    return hashlib.sha256(seed.encode()).hexdigest()


class Panel(models.Model):
    """People drawn by lot from volunteers, so that together they resemble the community in a few respects."""

    title = WordsField(_("title"))
    about = WordsField(_("what they will do, how often they meet, and what they get for it"), blank=True)
    who_may = WordsField(_("who may volunteer"), blank=True)
    phase = models.ForeignKey(Phase, models.SET_NULL, null=True, blank=True, related_name="+")
    board = models.ForeignKey(Board, models.SET_NULL, null=True, blank=True, related_name="+")
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    size = models.PositiveSmallIntegerField(_("seats"))
    closes_at = models.DateTimeField(_("volunteers until"))
    seed = models.CharField(max_length=120, default=new_seed)  # secret until the draw
    opened_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = PanelQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(size__gte=1), name="panel_has_seats")]
        verbose_name = _("panel")
        verbose_name_plural = _("panels")

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("deciding:panel", args=[self.pk])

    @property
    def sealed(self) -> str:
        return seal(self.seed)

    @property
    def drawn(self) -> "Draw | None":
        return getattr(self, "draw", None)

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and timezone.now() < self.closes_at and self.drawn is None

    @property
    def is_over(self) -> bool:
        return self.opened_at is not None and self.closes_at <= timezone.now()

    def open(self) -> None:
        """Call for volunteers. From now on the seal of the seed is public, and what is asked stays the same."""
        Panel.objects.filter(pk=self.pk, opened_at=None).update(opened_at=timezone.now())
        self.refresh_from_db()

    # ── what is asked, and the quotas ──

    @transaction.atomic
    def ask_for(self, bands: Iterable[Band]) -> None:
        """Only what is needed for the quotas is asked: one question a dimension, with these bands as its answers."""
        from rapport.deciding.panel_quotas import quotas_from_figures

        self.quotas.all().delete()
        proposed = quotas_from_figures(list(bands), self.size, self.branch)
        Quota.objects.bulk_create(
            Quota(panel=self, band=band, least=one.least, most=one.most, share=one.share)
            for band, one in proposed.items()
        )

    def asked_bands(self) -> dict[str, list[Band]]:
        """By dimension, in the order of the community's own bands. From what was selected."""
        found: dict[str, list[Band]] = {}
        rows = self.quotas.select_related("band__dimension").order_by(
            "band__dimension__order", "band__dimension", "band__order", "band"
        )
        for quota in rows:
            found.setdefault(quota.band.dimension.slug, []).append(quota.band)
        return found

    def rules(self) -> list[sortition.Quota]:
        rows = self.quotas.select_related("band__dimension").order_by("pk")
        return [sortition.Quota(one.band.dimension.slug, one.band.slug, one.least, one.most) for one in rows]

    # ── volunteers ──

    @transaction.atomic
    def volunteer(
        self,
        values: dict[str, str],
        *,
        name: str,
        channel: str = Channel.WEB,
        person: Person | None = None,
        email: str = "",
        phone: str = "",
        language: str = "",
        by: Person | None = None,
    ) -> "Volunteer":
        """Put one's name in the pot. Raises NotOpen, or AlreadyVolunteered."""
        if not self.is_open:
            raise NotOpen
        speaker = Speaker.objects.reached_at(person=person, email=email, phone=phone, language=language, name=name)
        try:
            with transaction.atomic():
                return self.volunteers.create(
                    name=name, values=values, channel=channel, person=person, speaker=speaker,
                    language=language or settings.LANGUAGE_CODE, by=by,
                )  # fmt: skip
        except IntegrityError:
            raise AlreadyVolunteered from None

    def pot(self) -> dict[str, dict[str, str]]:
        """Everyone in it, by a code that says nothing about them."""
        return dict(self.volunteers.order_by("code").values_list("code", "values"))

    # ── the draw ──

    @transaction.atomic
    def draw_lots(self, *, by: Person) -> "Draw":
        """Open the seal and draw. Raises NotOpen while people can still volunteer, NoPanel, or AlreadyDrawn."""
        locked = Panel.objects.select_for_update().get(pk=self.pk)
        if not locked.is_over:
            raise NotOpen
        if Draw.objects.filter(panel=self).exists():
            raise AlreadyDrawn
        pot, rules = locked.pot(), locked.rules()
        panel = sortition.draw_panel(pot, rules, locked.size, locked.seed)
        draw = Draw.objects.create(
            panel=self, seed=locked.seed, pot=pot, rules=[[r.category, r.value, r.least, r.most] for r in rules],
            members=list(panel.members), passed_over=list(panel.passed_over), by=by,
        )  # fmt: skip
        for code in panel.members:
            draw.seats.create(volunteer=self.volunteers.get(code=code))
        later(draw.tell)
        return draw


class Quota(models.Model):
    """At least and at most so many of a band. `share` is the band's share of the community, when it is known."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="quotas")
    band = models.ForeignKey(Band, models.PROTECT, related_name="+")
    least = models.PositiveSmallIntegerField(_("at least"))
    most = models.PositiveSmallIntegerField(_("at most"))
    share = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "band"], name="quota_once_for_a_band"),
            models.CheckConstraint(condition=Q(least__lte=F("most")), name="least_not_above_most"),
        ]

    @property
    def percent(self) -> int | None:
        return None if self.share is None else round(100 * self.share)

    @transaction.atomic
    def change(self, least: int, most: int, why: str, *, by: Person) -> None:
        """Anyone reads afterwards what was changed, and why."""
        QuotaChange.objects.create(quota=self, was_least=self.least, was_most=self.most, why=why, by=by)
        self.least, self.most = least, most
        self.save(update_fields=["least", "most"])


class QuotaChange(models.Model):
    quota = models.ForeignKey(Quota, models.CASCADE, related_name="changes")
    was_least = models.PositiveSmallIntegerField()
    was_most = models.PositiveSmallIntegerField()
    why = models.CharField(_("why"), max_length=300)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]


class Volunteer(models.Model):
    """Somebody who would sit on the panel. Known by a code; the name goes when it is not needed any more."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="volunteers")
    code = models.CharField(max_length=8, unique=True, default=new_code)
    secret = models.CharField(max_length=43, unique=True, default=secrets.token_urlsafe)
    name = models.CharField(_("name"), max_length=120, blank=True)
    values = models.JSONField(default=dict)  # the band of each dimension that is asked, and nothing else
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    speaker = models.ForeignKey(Speaker, models.SET_NULL, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=12)
    channel = models.CharField(_("channel"), max_length=20, choices=Channel.choices, default=Channel.WEB)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "speaker"], condition=Q(speaker__isnull=False), name="in_the_pot_once"
            )
        ]
        verbose_name = _("volunteer for a panel")
        verbose_name_plural = _("volunteers for panels")

    def __str__(self) -> str:
        return self.name or self.code

    def get_absolute_url(self) -> str:
        return reverse("deciding:volunteer", args=[self.secret])

    @property
    def drawn_seat(self) -> "Seat | None":
        return getattr(self, "seat", None)

    def withdraw(self) -> None:
        """Take one's name out of the pot. Raises AlreadyDrawn: a seat is declined instead."""
        if Draw.objects.filter(panel=self.panel_id).exists():
            raise AlreadyDrawn
        self.delete()


class Draw(models.Model):
    """The lots as they fell, with all that is needed to draw them again: the pot without names, the rules, the seed."""

    panel = models.OneToOneField(Panel, models.CASCADE, related_name="draw")
    seed = models.CharField(max_length=120)
    pot = models.JSONField()
    rules = models.JSONField()
    members = models.JSONField()
    passed_over = models.JSONField()
    chances = models.JSONField(default=list)  # by kind: its values, how many there were, and their chance in percent
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    @property
    def quotas(self) -> list[sortition.Quota]:
        return [sortition.Quota(category, value, least, most) for category, value, least, most in self.rules]

    def replace(self, seat: "Seat") -> "Seat | None":
        """The next in the order of the same lots with whom the quotas are met; None where nobody is left."""
        asked = list(self.seats.values_list("volunteer__code", flat=True))
        stay = list(self.seats.exclude(answer=SeatAnswer.DECLINED).values_list("volunteer__code", flat=True))
        code = sortition.next_in_line(self.pot, self.quotas, stay, asked, self.seed)
        found = self.panel.volunteers.filter(code=code).first() if code else None
        if found is None:
            return None
        later(self.tell)
        return self.seats.create(volunteer=found, replaces=seat)

    @can_wait
    def tell(self) -> None:
        """Tell everyone how the lots fell, and work out how good the chances were."""
        from rapport.deciding.panel_files import chances_by_kind
        from rapport.deciding.panel_letters import tell_all

        tell_all(self)
        if not self.chances:
            Draw.objects.filter(pk=self.pk).update(chances=chances_by_kind(self, self.panel.size, draws=60))


class SeatAnswer(models.TextChoices):
    WAITING = "waiting", _("asked")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")


class Seat(models.Model):
    """Somebody was drawn, and says yes or no. Their name is public only if they wish so."""

    draw = models.ForeignKey(Draw, models.CASCADE, related_name="seats")
    volunteer = models.OneToOneField(Volunteer, models.CASCADE, related_name="seat")
    replaces = models.OneToOneField("self", models.SET_NULL, null=True, blank=True, related_name="replaced_by")
    answer = models.CharField(max_length=10, choices=SeatAnswer.choices, default=SeatAnswer.WAITING)
    is_named = models.BooleanField(_("my name may be read by anyone"), default=False)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def _say(self, answer: SeatAnswer, **more: Any) -> bool:
        """From asked to answered, once: of two presses, one counts."""
        waiting = Seat.objects.filter(pk=self.pk, answer=SeatAnswer.WAITING)
        return bool(waiting.update(answer=answer, answered_at=timezone.now(), **more))

    @transaction.atomic
    def accept(self, *, is_named: bool = False) -> bool:
        """They take it; on the panel of a board, their term begins."""
        Panel.objects.select_for_update().get(pk=self.draw.panel_id)
        if not self._say(SeatAnswer.ACCEPTED, is_named=is_named):
            return False
        board, who = self.draw.panel.board, self.volunteer
        if board is not None:
            board.seat(who.name, by=None, speaker=who.speaker, person=who.person, is_named=is_named)
        return True

    @transaction.atomic
    def decline(self) -> "Seat | None":
        """They do not; the next in the order of the lots is asked. Locks the panel, so that no seat is filled twice."""
        Panel.objects.select_for_update().get(pk=self.draw.panel_id)
        return self.draw.replace(self) if self._say(SeatAnswer.DECLINED) else None
