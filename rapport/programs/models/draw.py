"""A waitlist by lot: the seal of the seed is public from the first moment, the seed after the draw."""

import hashlib
import secrets
from datetime import datetime

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.deciding.methods.lots import lots

from .seat import Seat
from .seating import Seating


def new_seed() -> str:
    return secrets.token_hex(16)


class DrawQuerySet(models.QuerySet["Draw"]):
    def due(self, at: datetime | None = None) -> "DrawQuerySet":
        return self.filter(drawn_at=None, draws_at__lte=at or timezone.now())


class Draw(models.Model):
    """Who waits is drawn into an order by SHA-256 of "seed:ticket"; with the seed anybody can do it again."""

    seating = models.OneToOneField(Seating, models.CASCADE, related_name="waitlist_draw")
    seed = models.CharField(max_length=64, default=new_seed)  # secret until the draw
    draws_at = models.DateTimeField(_("drawn at"))
    drawn_at = models.DateTimeField(null=True, blank=True)
    order = models.JSONField(default=list, blank=True)  # tickets, the first one first

    objects = DrawQuerySet.as_manager()

    class Meta:
        verbose_name = _("draw")
        verbose_name_plural = _("draws")

    def __str__(self) -> str:
        return str(self.seating)

    def get_absolute_url(self) -> str:
        return reverse("programs:draw", args=[self.seating_id])

    @property
    def seal(self) -> str:
        return hashlib.sha256(self.seed.encode()).hexdigest()

    @transaction.atomic
    def carry_out(self, at: datetime | None = None) -> bool:
        """Draw the order of all who wait, and offer the places along it. Drawn once it stands."""
        at = at or timezone.now()
        seating = self.seating.locked()
        if not Draw.objects.filter(pk=self.pk, drawn_at=None).update(drawn_at=at):
            return False
        tickets = [str(pk) for pk in seating.seats.in_line().values_list("pk", flat=True)]
        places = lots(tickets, self.seed)
        seats = [Seat(pk=int(ticket), rank=place + 1) for ticket, place in places.items()]
        Seat.objects.bulk_update(seats, ["rank"], batch_size=500)
        self.drawn_at, self.order = at, sorted(places, key=lambda ticket: places[ticket])
        Draw.objects.filter(pk=self.pk).update(order=self.order)
        seating.offer_next(at)
        return True
