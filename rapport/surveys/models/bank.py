from functools import cached_property

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField
from rapport.people.models import Person
from rapport.surveys.methods import Question, as_json, read


class BankQuestionQuerySet(models.QuerySet["BankQuestion"]):
    def keep(self, question: Question, *, by: Person | None, note: str = "") -> "BankQuestion":
        """Put a question away for other surveys, without its condition: that hangs on the survey it comes from."""
        definition = as_json(question)
        definition.pop("when", None)
        definition.pop("must", None)
        for choice in definition.get("choices", []):
            choice.pop("when", None)
        return self.create(words=dict(question.words), definition=definition, note=note, by=by)


class BankQuestion(models.Model):
    """A question that the library has asked and wants to ask again in the same words."""

    words = WordsField(_("question"))
    definition = models.JSONField()
    note = models.CharField(_("what it is good for"), max_length=200, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = BankQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("question of the bank")
        verbose_name_plural = _("questions of the bank")

    def __str__(self) -> str:
        return str(self.words)

    @cached_property
    def question(self) -> Question:
        return read(Question, self.definition)
