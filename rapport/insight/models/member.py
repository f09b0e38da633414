from django.db import models
from django.utils import timezone

from rapport.people.models import Person

from .assessment import Assessment
from .part_of_assessment import PartOfAssessment


class Member(PartOfAssessment):
    """Somebody of the team."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["assessment", "person"], name="member_once_in_assessment")]

    def __str__(self) -> str:
        return str(self.person)
