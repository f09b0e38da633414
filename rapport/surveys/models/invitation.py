import secrets
from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField
from rapport.messaging.models import Letter, LetterState
from rapport.people.models import Person
from rapport.places.models import Branch


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self) -> "InvitationQuerySet":
        """Those who neither answered nor asked to be left alone."""
        return self.filter(answered_month=None, declined_on=None)

    def by_mail(self) -> "InvitationQuerySet":
        return self.exclude(email="")

    def on_paper(self) -> "InvitationQuerySet":
        """Those without an e-mail address, who get a slip with their link."""
        return self.filter(email="")

    def lost(self) -> "InvitationQuerySet":
        """Those whose letter could not be delivered."""
        refused = Letter.objects.filter(pk=OuterRef("letter_id"), state=LetterState.REFUSED)
        return self.filter(Exists(refused))

    def to_invite(self) -> "InvitationQuerySet":
        return self.waiting().by_mail().filter(invited_on=None)

    def to_remind(self, *, most: int, last_on: date) -> "InvitationQuerySet":
        """Those who were written to on this day or before, fewer than so many times after the first letter."""
        written = self.waiting().by_mail().exclude(letter__state=LetterState.REFUSED)
        long_ago = Q(reminded_on__lte=last_on) | Q(reminded_on=None, invited_on__lte=last_on)
        return written.filter(long_ago, reminders_sent__lt=most)


class Invitation(models.Model):
    """One person is asked by name. It knows whether they answered, and in which month, and never what: nothing leads
    to the response."""

    survey = models.ForeignKey("surveys.Survey", models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"), blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    reference = models.CharField(_("their number in the list"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=24, blank=True)
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    stratum = models.CharField(_("part of the sample"), max_length=80, blank=True)
    secret = models.CharField(max_length=43, unique=True, default=secrets.token_urlsafe)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    letter = models.ForeignKey(Letter, models.SET_NULL, null=True, blank=True, related_name="+")
    invited_on = models.DateField(null=True, blank=True)
    reminders_sent = models.PositiveSmallIntegerField(default=0)
    reminded_on = models.DateField(null=True, blank=True)
    answered_month = models.DateField(null=True, blank=True)  # its first day: a day with one answer would pair them
    declined_on = models.DateField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "email"], condition=~Q(email=""), name="invited_once"),
            models.UniqueConstraint(fields=["survey", "reference"], condition=~Q(reference=""), name="listed_once"),
        ]
        verbose_name = _("invitation to a survey")
        verbose_name_plural = _("invitations to surveys")

    def __str__(self) -> str:
        return self.name or self.email or self.reference

    def get_absolute_url(self) -> str:
        return reverse("surveys:invitation", args=[self.secret])

    def spend(self) -> bool:
        """Whoever holds it answers now; False where it has been answered before. Of two at once, one does."""
        mine = Invitation.objects.filter(pk=self.pk, answered_month=None)
        return bool(mine.update(answered_month=timezone.localdate().replace(day=1)))

    def decline(self) -> None:
        """Whoever holds it is not asked again; they may still answer."""
        Invitation.objects.filter(pk=self.pk, declined_on=None).update(declined_on=timezone.localdate())

    def think_again(self) -> None:
        Invitation.objects.filter(pk=self.pk).update(declined_on=None)

    def note_invited(self, *, day: date) -> bool:
        """They are asked now; False where they answered, declined or were asked meanwhile."""
        return bool(Invitation.objects.waiting().filter(pk=self.pk, invited_on=None).update(invited_on=day))

    def note_letter(self, letter: Letter) -> None:
        Invitation.objects.filter(pk=self.pk).update(letter=letter)

    def note_reminder(self, *, day: date) -> bool:
        """Count one reminder more; False where they answered or declined, or somebody else counted it already."""
        mine = Invitation.objects.waiting().filter(pk=self.pk, reminders_sent=self.reminders_sent)
        return bool(mine.update(reminders_sent=F("reminders_sent") + 1, reminded_on=day))


class Sending(models.Model):
    """The letters of a survey may go out from this day on: who said so."""

    survey = models.OneToOneField("surveys.Survey", models.CASCADE, related_name="sending")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    from_on = models.DateField(_("from this day on"), default=timezone.localdate)
    at = models.DateTimeField(default=timezone.now)


class LetterWords(models.Model):
    """A survey's own words for its invitations or reminders; a language without them gets the usual ones."""

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("invitation")
        REMINDER = "reminder", _("reminder")

    survey = models.ForeignKey("surveys.Survey", models.CASCADE, related_name="letter_words")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    subject = WordsField(_("subject"), blank=True)
    text = WordsField(_("letter"), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "kind"], name="letter_worded_once")]
