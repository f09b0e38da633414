"""A plan is looked at before everyone sees it: handed in, approved or returned with words. Each is a row."""

from typing import TYPE_CHECKING, Optional

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.people.models import Person

if TYPE_CHECKING:
    from .program import Program


class Reviewed(models.Model):
    """What a program can do about being looked at."""

    class Meta:
        abstract = True

    def submit(self: "Program", words: str = "", *, by: Person) -> "Submission":  # type: ignore[misc]
        """Hand it in. Raises IntegrityError where a colleague did so at the same moment."""
        last = self.latest_submission
        return Submission.objects.create(program=self, round=last.round + 1 if last else 1, words=words, by=by)

    @property
    def latest_submission(self: "Program") -> "Submission | None":  # type: ignore[misc]
        return self.submissions.select_related("review__by", "by").order_by("round").last()

    @property
    def is_in_review(self: "Program") -> bool:  # type: ignore[misc]
        last = self.latest_submission
        return last is not None and last.answer is None

    @property
    def is_approved(self: "Program") -> bool:  # type: ignore[misc]
        last = self.latest_submission
        return last is not None and last.answer is not None and last.answer.is_approved

    def may_be_published_by(self: "Program", person: Person) -> bool:  # type: ignore[misc]
        """Whoever approves may; others once it is approved, or where the house publishes without a review."""
        if settings.HOUSE.programs_without_review or self.is_public or self.is_approved:
            return True
        return person.has_perm("programs.approve", self)

    @property
    def review_words(self: "Program") -> str:  # type: ignore[misc]
        """Draft, in review, returned or approved, for people."""
        last = self.latest_submission
        if last is None:
            return str(_("planned"))
        if last.answer is None:
            return str(_("in review"))
        return str(_("approved") if last.answer.is_approved else _("returned with words"))


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def waiting(self) -> "SubmissionQuerySet":
        return self.filter(review=None).order_by("at", "pk")


class Submission(models.Model):
    """Somebody hands a plan in to be looked at."""

    program = models.ForeignKey("programs.Program", models.CASCADE, related_name="submissions")
    round = models.PositiveSmallIntegerField()
    words = models.TextField(_("what shall they know"), max_length=2000, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["round"]
        constraints = [models.UniqueConstraint(fields=["program", "round"], name="handed_in_once_a_round")]
        verbose_name = _("plan handed in")
        verbose_name_plural = _("plans handed in")

    @property
    def answer(self) -> Optional["Review"]:
        return getattr(self, "review", None)

    @transaction.atomic
    def approve(self, words: str = "", *, by: Person) -> "Review":
        """Yes. Whoever looks after it may publish it now."""
        return Review.objects.create(submission=self, is_approved=True, words=words, by=by)

    @transaction.atomic
    def send_back(self, words: str, *, by: Person) -> "Review":
        """Not yet, and why: it can be changed and handed in again."""
        return Review.objects.create(submission=self, is_approved=False, words=words, by=by)


class Review(models.Model):
    """What was said to a plan that was handed in; once, says the one-to-one key."""

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="review")
    is_approved = models.BooleanField()
    words = models.TextField(_("what should be different"), max_length=2000, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
