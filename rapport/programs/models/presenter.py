from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField
from rapport.people.models import Person


class Presenter(models.Model):
    """Who leads a session: a member of staff, a guest, an organisation. What they are beyond that only they say."""

    name = models.CharField(_("name"), max_length=200)
    about = WordsField(_("in a sentence"), blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("presenter")
        verbose_name_plural = _("presenters")

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        return self.person_id is not None
