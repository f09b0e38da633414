"""The library's roll of cards, if it brought one: keyed hashes of the numbers, and nothing about whose they are."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from rapport.deciding.methods.cards import is_written_rightly, plain

_AT_ONCE = 2000


class CardQuerySet(models.QuerySet["Card"]):
    @transaction.atomic
    def replace_roll(self, numbers: Iterable[str]) -> int:
        """These are the cards from now on; how many there are."""
        self.all().delete()
        today = timezone.localdate()
        digests = dict.fromkeys(_digest(number) for number in numbers if plain(number))
        self.bulk_create([Card(digest=digest, since=today) for digest in digests], batch_size=_AT_ONCE)
        return self.count()

    def knows(self, number: str) -> bool:
        """Whether this is a card of the library, as far as can be known: see docs/decisions/taking-part.md."""
        rule = settings.HOUSE
        if not is_written_rightly(number, pattern=rule.card_pattern, check=rule.card_check_digit):
            return False
        return not self.exists() or self.filter(digest=_digest(number)).exists()


class Card(models.Model):
    digest = models.CharField(max_length=64, unique=True)
    since = models.DateField(default=timezone.localdate)

    objects = CardQuerySet.as_manager()


def _digest(number: str) -> str:
    return salted_hmac("deciding.card", plain(number), algorithm="sha256").hexdigest()
