"""A project of a budget: an idea, or several, worked out until it can be voted on. Its authors see every step."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rapport.deciding.said import in_all_languages
from rapport.lib.translated import WordsField, words
from rapport.loop.models import Turn
from rapport.people.models import Person

from .participant import Participant
from .poll import Option, Poll
from .proposal import Proposal

if TYPE_CHECKING:
    from rapport.deciding.models import Process

Said = Mapping[str, str] | str


class NotReady(Exception):
    """It cannot be voted on yet: it has no estimate, or not every criterion has been looked at and met."""


class Criterion(models.Model):
    """One of the published rules by which a project may, or may not, be voted on."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="criteria")
    words = WordsField(_("criterion"))
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")

    def __str__(self) -> str:
        return str(self.words)


class ProjectQuerySet(models.QuerySet["Project"]):
    def public(self) -> "ProjectQuerySet":
        process = "poll__phase__process"
        return self.filter(**{f"{process}__opening__isnull": False, f"{process}__decision__loop__is_public": True})

    def reached_by(self, person: Person, permission: str) -> "ProjectQuerySet":
        """Those at the branches where this person's role reaches, and those of the whole library."""
        branches = person.branches_where(permission)
        if branches is None:
            return self
        where = "poll__phase__process__decision__branch"
        return self.filter(Q(**{f"{where}__in": branches}) | Q(**{where: None}))

    def with_all(self) -> "ProjectQuerySet":
        """With what its page says of it, in a fixed number of queries."""
        return self.select_related(
            "poll__phase__process__decision__loop", "poll__phase__process__opening", "option", "refusal"
        ).prefetch_related("ideas", "estimates__lines", "estimates__by", "checks", "notes")

    @transaction.atomic
    def work_out(
        self, poll: Poll, title: Said, *, by: Person, ideas: Iterable[Proposal] = (), **fields: object
    ) -> "Project":
        """Begin a project from one idea, from several, or from none."""
        project = self.create(poll=poll, title=words(title), by=by, **fields)
        project.ideas.set(ideas)
        return project


class Project(models.Model):
    """What it is and what it costs, worked out by staff with the authors of the ideas behind it."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="projects")
    ideas = models.ManyToManyField(Proposal, related_name="projects", blank=True)
    option = models.OneToOneField(Option, models.SET_NULL, null=True, blank=True, related_name="project")
    title = WordsField(_("title"))
    about = WordsField(_("what it is"), blank=True)
    picture = models.ImageField(_("picture"), upload_to="projects/%Y", blank=True)
    picture_words = WordsField(_("what the picture shows"), blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("deciding:project", args=[self.pk])

    def get_desk_url(self) -> str:
        return reverse("deciding:desk-project", args=[self.pk])

    @property
    def process(self) -> "Process":
        return self.poll.process

    @transaction.atomic
    def change(self, *, ideas: "Iterable[Proposal] | None" = None, **fields: Any) -> None:
        """Other words for it; on the ballot they change too. Raises RulesFixed once the first ballot is in."""
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=list(fields))
        if ideas is not None:
            self.ideas.set(ideas)
        if self.option:
            self.option.title, self.option.about = self.title, self.about
            self.option.picture_words = self.picture_words
            self.poll.keep_option(self.option)

    # ── what it costs ──

    @transaction.atomic
    def estimate(self, lines: Iterable[tuple[Said, Decimal]], *, by: Person, who: str = "") -> "Estimate":
        """Say what it costs, line by line; earlier estimates stay readable."""
        estimate = self.estimates.create(by=by, who=who)
        estimate.lines.bulk_create(
            [
                CostLine(estimate=estimate, words=words(said), amount=amount, order=order)
                for order, (said, amount) in enumerate(lines)
            ]
        )
        return estimate

    @property
    def estimated(self) -> "Estimate | None":
        """The last estimate."""
        return next(iter(reversed(self.estimates.all())), None)

    @property
    def cost(self) -> Decimal | None:
        return self.estimated.total if self.estimated else None

    # ── whether it may be voted on ──

    def check_criterion(self, criterion: Criterion, *, is_met: bool, reason: Said, by: Person) -> "Check":
        """Say whether it meets a criterion, and why; looked at again, the later answer stands."""
        said = {"is_met": is_met, "reason": words(reason), "by": by, "at": timezone.now()}
        return self.checks.update_or_create(criterion=criterion, defaults=said)[0]

    @transaction.atomic
    def refuse(self, reason: Said, *, by: Person) -> "Refusal":
        """It will not be voted on: say why, in public; the authors of its ideas are told.

        Raises NotReady where it is on the ballot.
        """
        if self.option_id:
            raise NotReady
        refusal = Refusal.objects.create(project=self, reason=words(reason), by=by)
        self.tell_authors(Turn.DECIDED_AGAINST, reason, by=by)
        return refusal

    @property
    def refused(self) -> "Refusal | None":
        return getattr(self, "refusal", None)

    @property
    def lacking(self) -> list[str]:
        """What has to be done before people can vote on it, in words."""
        found: list[str] = []
        if not self.cost:
            found.append(str(_("It needs an estimate of what it costs.")))
        checks = {check.criterion_id: check for check in self.checks.all()}
        open_ones = [one for one in self.poll.criteria.all() if one.pk not in checks]
        found += [str(_("Not looked at yet: %(criterion)s") % {"criterion": one}) for one in open_ones]
        unmet = [one for one in self.poll.criteria.all() if one.pk in checks and not checks[one.pk].is_met]
        found += [str(_("Not met: %(criterion)s") % {"criterion": one}) for one in unmet]
        return found

    @transaction.atomic
    def put_to_vote(self, *, by: Person) -> Option:
        """Put it on the ballot. Raises NotReady; and RulesFixed once the first ballot is in."""
        if self.option or self.refused or self.lacking:
            raise NotReady
        option = Option(
            title=self.title, about=self.about, picture=self.picture.name,
            picture_words=self.picture_words, cost=self.cost,
        )  # fmt: skip
        self.option = self.poll.keep_option(option)
        self.save(update_fields=["option"])
        said = in_all_languages(lambda: gettext("It can be voted on: it is on the ballot now."))
        self.tell_authors(Turn.CAME_FURTHER, said, by=by)
        return self.option

    @transaction.atomic
    def take_off(self, *, by: Person) -> None:
        """Off the ballot again. Raises RulesFixed once the first ballot is in."""
        option, self.option = self.option, None
        if option is not None:
            self.save(update_fields=["option"])
            self.poll.drop_option(option)

    # ── those who had the idea ──

    def tell_authors(self, turn: Turn, said: Said, *, by: Person | None) -> None:
        """Tell everybody who is owed the end of one of its ideas."""
        for idea in self.ideas.select_related("loop"):
            if idea.loop is not None:
                idea.loop.record(turn, words(said), by=by, thing=idea)

    def is_of(self, participant: Participant | None) -> bool:
        """Whether this participant is an author of one of its ideas."""
        return participant is not None and self.ideas.filter(authorships__participant=participant).exists()

    def note(self, said: str, *, by: Person | None = None, author: Participant | None = None) -> "ProjectNote":
        """A word between staff and authors, which both can read."""
        return self.notes.create(words=said, by=by, author=author)

    @property
    def stands_words(self) -> str:
        """Where it stands, for people."""
        if self.refused:
            return str(_("will not be voted on"))
        if self.option_id:
            return str(_("on the ballot"))
        return str(_("being worked out"))


class Estimate(models.Model):
    """What a project costs, as somebody worked it out on a day."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="estimates")
    who = models.CharField(_("worked out by"), max_length=120, blank=True)  # a builder, the town's gardener
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("estimate")
        verbose_name_plural = _("estimates")

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines.all()), Decimal(0))


class CostLine(models.Model):
    estimate = models.ForeignKey(Estimate, models.CASCADE, related_name="lines")
    words = WordsField(_("what"))
    amount = models.DecimalField(_("how much"), max_digits=12, decimal_places=2)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=Decimal(0)), name="cost_line_costs_something")]


class Check(models.Model):
    """Whether a project meets a criterion, and why."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="checks")
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="checks")
    is_met = models.BooleanField(_("met"))
    reason = WordsField(_("why"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "criterion"], name="criterion_checked_once")]


class Refusal(models.Model):
    """A project will not be voted on: why, in words that anyone may read."""

    project = models.OneToOneField(Project, models.CASCADE, related_name="refusal")
    reason = WordsField(_("why it will not be voted on"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)


class ProjectNote(models.Model):
    """A word between staff and the authors of the idea."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="notes")
    words = models.TextField(_("note"), max_length=2000)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    author = models.ForeignKey(Participant, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(by=None) | Q(author=None), name="note_by_one_side")]
