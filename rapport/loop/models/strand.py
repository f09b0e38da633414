from django.db import models


class Strand(models.Model):
    """A thing that hangs on a loop's thread, so that the story is found from each of its things."""

    loop = models.ForeignKey("loop.Loop", models.CASCADE, related_name="strands")
    thing = models.CharField(max_length=60)
    thing_key = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thing", "thing_key", "loop"], name="strand_once")]
        indexes = [models.Index(fields=["loop", "thing"], name="strand_by_loop")]
