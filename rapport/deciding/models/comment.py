from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.listening.models import Channel
from rapport.people.models import Person

from .component import NotOpen
from .participant import Participant
from .proposal import Proposal


class Stance(models.TextChoices):
    FOR = "for", _("for it")
    AGAINST = "against", _("against it")
    QUESTION = "question", _("a question")


class CommentQuerySet(models.QuerySet["Comment"]):
    def shown(self) -> "CommentQuerySet":
        return self.filter(hidden_at=None)

    def reported(self) -> "CommentQuerySet":
        """Somebody found something wrong with it, and nobody has looked at it since."""
        return self.filter(hidden_at=None, looked_at=None, reports__isnull=False).distinct()

    @transaction.atomic
    def say(
        self,
        proposal: Proposal,
        said: str,
        *,
        participant: Participant,
        stance: str = Stance.QUESTION,
        parent: "Comment | None" = None,
        **fields: object,
    ) -> "Comment":
        """Raises NotOpen, TierNotMet. An answer stands below what it answers, one step deep."""
        collection = proposal.collection
        collection.must_be_shaped()
        participant.must_meet(collection.process.join_tier)
        if not (collection.takes_comments and proposal.is_public):
            raise NotOpen
        top = parent.parent or parent if parent else None
        proposal.hear([participant])
        fields.setdefault("channel", participant.channel)
        return self.create(
            proposal=proposal,
            participant=participant,
            words=said,
            stance=top.stance if top else stance,
            parent=top,
            **fields,
        )


class Comment(models.Model):
    """What somebody says to a proposal: for it, against it, or a question; others answer."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="comments")
    participant = models.ForeignKey(Participant, models.SET_NULL, null=True, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")  # for the library
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    name = models.CharField(_("how you are named to others"), max_length=60, blank=True)
    stance = models.CharField(_("this is"), max_length=8, choices=Stance.choices, default=Stance.QUESTION)
    words = models.TextField(_("comment"), max_length=1000)
    language = models.CharField(max_length=12, blank=True)
    channel = models.CharField(max_length=20, choices=Channel.choices, default=Channel.WEB)
    entered_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    hidden_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["proposal", "stance", "at"], name="comment_of_proposal")]
        constraints = [
            models.CheckConstraint(condition=Q(hidden_at=None) | Q(looked_at__isnull=False), name="hidden_by_somebody")
        ]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")

    def __str__(self) -> str:
        return self.words if len(self.words) <= 80 else f"{self.words[:79]}…"

    def get_absolute_url(self) -> str:
        return f"{self.proposal.get_absolute_url()}#comment-{self.pk}"

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None

    @transaction.atomic
    def report(self, participant: Participant, *, why: str) -> "CommentReport":
        """Somebody finds something wrong with it; a person of the library looks at it, once for each who says so."""
        return CommentReport.objects.get_or_create(comment=self, participant=participant, defaults={"why": why})[0]


class CommentReport(models.Model):
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="reports")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    why = models.CharField(_("what is wrong with it"), max_length=300)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "participant"], name="reported_once")]
        verbose_name = _("report of a comment")
        verbose_name_plural = _("reports of comments")
