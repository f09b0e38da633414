from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.listening.models import Channel
from rapport.listening.models.voice import new_code
from rapport.places.models import Branch, Space


class LinkQuerySet(models.QuerySet["Link"]):
    def in_use(self) -> "LinkQuerySet":
        return self.filter(stopped_at=None)


class Link(models.Model):
    """A way into a survey that many people share: the website, a poster with its code, a kiosk, another site."""

    survey = models.ForeignKey("surveys.Survey", models.CASCADE, related_name="links")
    channel = models.CharField(_("channel"), max_length=20, choices=Channel.choices, default=Channel.WEB)
    is_embedded = models.BooleanField(_("stands within another site"), default=False)
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    space = models.ForeignKey(Space, models.SET_NULL, null=True, blank=True, related_name="+")
    label = models.CharField(_("where it hangs, or who passes it on"), max_length=120, blank=True)
    code = models.CharField(max_length=8, unique=True, default=new_code)
    at = models.DateTimeField(default=timezone.now)
    stopped_at = models.DateTimeField(null=True, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self) -> str:
        return self.label or str(self.space or self.branch or self.get_channel_display())

    def get_absolute_url(self) -> str:
        return reverse("surveys:link", args=[self.code])

    def stop(self) -> None:
        """Let nobody in by it any more; what came by it stays."""
        Link.objects.filter(pk=self.pk, stopped_at=None).update(stopped_at=timezone.now())
