from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from rapport.insight.methods.themes.coding import Coder


class ThemeReader(models.Model):
    """What the house has learnt of the confirmed themes, and up to which voice it has read. There is one row."""

    learnt_from = models.CharField(max_length=64)  # a digest of the themes and their voices: learn anew if it changed
    codes = models.JSONField(default=list)  # keys of themes as text; "" is none of them
    weights = models.BinaryField()
    centres = models.BinaryField()
    sharpness = models.FloatField()
    examples = models.PositiveIntegerField()
    read_up_to = models.BigIntegerField(default=0)  # key of the newest voice that was read
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("what the house has learnt of the themes")

    def __str__(self) -> str:
        return str(self.at.date())

    def learn(self, coder: "Coder", learnt_from: str, examples: int) -> None:
        self.codes, self.sharpness = list(coder.codes), coder.sharpness
        self.weights = coder.weights.astype("<f4").tobytes()
        self.centres = coder.centres.astype("<f4").tobytes()
        self.learnt_from, self.examples, self.at = learnt_from, examples, timezone.now()
        self.save()

    def coder(self) -> "Coder":
        import numpy as np  # only where it works

        from rapport.insight.methods.themes.coding import Coder

        weights, centres = (
            np.frombuffer(bytes(kept), dtype="<f4").reshape(len(self.codes), -1)
            for kept in (self.weights, self.centres)
        )
        return Coder(tuple(self.codes), weights, self.sharpness, centres)
