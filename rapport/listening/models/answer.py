from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.later import can_wait
from rapport.lib.translated import WordsField
from rapport.people.models import Person

from .kinds import Deed, VoiceKind
from .voice import Voice


class Answer(models.Model):
    """What a person of the library answered."""

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="answers")
    words = models.TextField(_("answer"))
    language = models.CharField(max_length=12)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    is_public = models.BooleanField(_("anyone may read it"), default=False)
    together = models.UUIDField(null=True, blank=True, db_index=True)  # given in one go with others

    class Meta:
        ordering = ["at", "pk"]

    @can_wait
    def tell(self) -> None:
        """Write to everyone who spoke of this. Run twice, it writes nothing more."""
        from rapport.listening.letters import tell_answer

        tell_answer(self)


class Note(models.Model):
    """A line among colleagues: what one of them said, or did."""

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="notes")
    words = models.TextField(_("note"), blank=True)
    deed = models.CharField(max_length=20, choices=Deed.choices, blank=True)
    about = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]


class ReplyTemplate(models.Model):
    """Words to begin an answer with, in the library's languages; {code}, {name} and so on are filled in."""

    title = WordsField(_("title"))
    words = WordsField(_("words"))
    kind = models.CharField(_("for"), max_length=20, choices=VoiceKind.choices, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("reply template")
        verbose_name_plural = _("reply templates")

    def __str__(self) -> str:
        return str(self.title)
