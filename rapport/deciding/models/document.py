"""Papers that belong to a question: a plan, a price, a report, for everybody to read."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField
from rapport.people.models import Person

KINDS = {
    "pdf": "application/pdf",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "txt": "text/plain",
}
LARGEST = 20_000_000


class Document(models.Model):
    process = models.ForeignKey("deciding.Process", models.CASCADE, related_name="documents")
    title = WordsField(_("title"))
    file = models.FileField(_("file"), upload_to="processes")
    kind = models.CharField(max_length=5)
    size = models.PositiveIntegerField()
    language = models.CharField(_("language"), max_length=12, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("deciding:document", args=[self.process.decision_id, self.pk])

    @property
    def content_type(self) -> str:
        return KINDS[self.kind]

    def take_away(self) -> None:
        name, storage = self.file.name, self.file.storage
        self.delete()
        if name:
            storage.delete(name)
