import hashlib

from django.core.files.base import ContentFile
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .survey import Survey


class PictureQuerySet(models.QuerySet["Picture"]):
    def keep(self, survey: Survey, file: "ContentFile[bytes]") -> "Picture":
        """Keep a picture (WebP, already looked at and redrawn) with the survey; the same one twice is one."""
        name = hashlib.sha256(file.read()).hexdigest()[:32]
        file.seek(0)
        found = self.filter(survey=survey, name=name).first()
        if found is not None:
            return found
        picture = Picture(survey=survey, name=name)
        picture.file.save(f"{name}.webp", file, save=False)
        picture.save()
        return picture


class Picture(models.Model):
    """A picture that somebody may choose as an answer. Choices name it; its name is a print of what is in it."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="pictures")
    name = models.CharField(max_length=32)
    file = models.FileField(upload_to="surveys/")

    objects = PictureQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "name"], name="picture_once_in_survey")]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("surveys:picture", args=[self.survey.slug, self.name])
