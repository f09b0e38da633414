"""A proposal: somebody's idea in their own words, from the draft to the answer of the library."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Mod
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.later import can_wait, later
from rapport.lib.translated import WordsField, words
from rapport.listening.models import Channel, Voice
from rapport.listening.models.voice import new_code
from rapport.loop.models import Loop, Speaker, Turn
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.ui.context import own_name

from .collection import Collection, ProposalCategory
from .participant import Participant

if TYPE_CHECKING:
    from .official_answer import OfficialAnswer
    from .version import Version

_PRIME = 7_919


class ProposalState(models.TextChoices):
    """Where it stands with those who may read it; what the library answers is its `outcome`."""

    DRAFT = "draft", _("draft")
    WAITING = "waiting", _("waiting to be read")
    RETURNED = "returned", _("sent back to its authors")
    PUBLIC = "public", _("published")
    HIDDEN = "hidden", _("hidden")
    WITHDRAWN = "withdrawn", _("withdrawn by its authors")
    MERGED = "merged", _("went into another")


class Outcome(models.TextChoices):
    EVALUATING = "evaluating", _("being looked into")
    ACCEPTED = "accepted", _("accepted")
    PARTLY = "partly", _("accepted in part")
    REJECTED = "rejected", _("declined")

    @property
    def mark(self) -> str:
        """How the thread and the states of the house draw it."""
        return _MARKS[self]


_MARKS = {
    Outcome.EVALUATING: "present",
    Outcome.ACCEPTED: "done",
    Outcome.PARTLY: "done",
    Outcome.REJECTED: "declined",
}
_WRITABLE = (ProposalState.DRAFT, ProposalState.RETURNED)
_READABLE = (ProposalState.PUBLIC, ProposalState.MERGED, ProposalState.WITHDRAWN)


class NotYours(Exception):
    """Only an author may do this."""


class TooLate(Exception):
    """The time in which authors may change what is published is over; a change can be suggested instead."""


class EnoughProposals(Exception):
    """This participant has as many proposals in the collection as each may have."""


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def public(self) -> "ProposalQuerySet":
        """Those that stand in the lists: published, and not merged away."""
        return self.filter(state=ProposalState.PUBLIC)

    def readable(self) -> "ProposalQuerySet":
        """Those whose page anyone may open; what was merged or withdrawn says so there."""
        return self.filter(state__in=_READABLE)

    def waiting(self) -> "ProposalQuerySet":
        return self.filter(state=ProposalState.WAITING)

    def at_the_desk(self) -> "ProposalQuerySet":
        """What staff see: drafts are their authors' alone."""
        return self.exclude(state=ProposalState.DRAFT)

    def of(self, participants: "Iterable[Participant] | models.QuerySet[Participant]") -> "ProposalQuerySet":
        return self.filter(authorships__participant__in=participants).distinct()

    def reached_by(self, person: Person, permission: str) -> "ProposalQuerySet":
        """Those of the branches where this person's role reaches, and of the whole library."""
        branches = person.branches_where(permission)
        if branches is None:
            return self
        at = "collection__phase__process__decision__branch"
        return self.filter(Q(**{f"{at}__in": branches}) | Q(**{at: None}))

    def shuffled(self, seed: int) -> "ProposalQuerySet":
        """By chance, and for the same seed always in the same order, so that nobody's stands first for everyone."""
        return self.annotate(lot=Mod(F("pk") * (seed % (_PRIME - 1) + 1), _PRIME)).order_by("lot", "pk")

    @transaction.atomic
    def begin(
        self,
        collection: Collection,
        *,
        participant: Participant,
        language: str,
        name: str = "",
        title: str = "",
        words: str = "",
        **fields: object,
    ) -> "Proposal":
        """A draft that only its author sees. `name` is how the author is named to others; without it nobody is."""
        fields.setdefault("channel", participant.channel)
        proposal = self.create(
            collection=collection,
            language=language,
            title={language: title} if title else {},
            words={language: words} if words else {},
            **fields,
        )
        proposal.authorships.create(participant=participant, name=name)
        return proposal


class Proposal(models.Model):
    """Written in one language; `title` and `words` hold the translations that staff add beside it."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="proposals")
    loop = models.ForeignKey(Loop, models.PROTECT, null=True, blank=True, related_name="+")
    language = models.CharField(_("language"), max_length=12)
    title = WordsField(_("title"), blank=True)
    words = WordsField(_("words"), blank=True)
    category = models.ForeignKey(
        ProposalCategory, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("category")
    )
    branch = models.ForeignKey(
        Branch, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("branch")
    )
    place = models.CharField(_("place"), max_length=120, blank=True)
    picture = models.ImageField(_("picture"), upload_to="proposals/%Y/%m", blank=True)
    picture_words = models.CharField(_("what the picture shows"), max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.DRAFT)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    supporters = models.PositiveIntegerField(default=0)  # kept beside the supports, under the lock of this row
    channel = models.CharField(_("channel"), max_length=20, choices=Channel.choices, default=Channel.WEB)
    entered_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    voice = models.ForeignKey(Voice, models.SET_NULL, null=True, blank=True, related_name="+")  # that it was born of
    code = models.CharField(max_length=8, unique=True, default=new_code)  # invites others to write with the authors
    at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    enough_at = models.DateTimeField(null=True, blank=True)  # when as many supported it as an answer needs
    taken_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(fields=["collection", "state", "-published_at"], name="proposal_newest"),
            models.Index(fields=["collection", "state", "-supporters"], name="proposal_supported"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ProposalState.PUBLIC) | Q(loop__isnull=False, published_at__isnull=False),
                name="published_proposal_has_story",
            )
        ]
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")

    def __str__(self) -> str:
        return str(self.title) or str(_("a proposal without a title yet"))

    def get_absolute_url(self) -> str:
        return reverse("deciding:proposal", args=[self.pk])

    # ── who, and where it stands ──

    @property
    def own_title(self) -> str:
        """In the language in which it was written."""
        return str(words(self.title).get(self.language, ""))

    @property
    def own_words(self) -> str:
        return str(words(self.words).get(self.language, ""))

    @property
    def is_public(self) -> bool:
        return self.state == ProposalState.PUBLIC

    @property
    def is_readable(self) -> bool:
        return self.state in _READABLE

    @property
    def is_draft(self) -> bool:
        return self.state in _WRITABLE

    @property
    def mark(self) -> str:
        """How the answer of the library is drawn; nothing while there is none."""
        return Outcome(self.outcome).mark if self.outcome else ""

    @property
    def language_name(self) -> str:
        return own_name(self.language)

    @property
    def answer(self) -> "OfficialAnswer | None":
        """The latest answer of the library."""
        return max(self.answers.all(), key=lambda answer: (answer.at, answer.pk), default=None)

    @property
    def still_needed(self) -> int:
        return max(0, (self.collection.threshold or 0) - self.supporters)

    @property
    def may_be_edited_until(self) -> datetime | None:
        return self.published_at + self.collection.editing_time if self.published_at else None

    def is_by(self, participant: Participant | None) -> bool:
        return participant is not None and any(one.participant_id == participant.pk for one in self.authorships.all())

    def may_be_edited_by(self, participant: Participant | None) -> bool:
        """Drafts always; what is published for as long as the collection says."""
        if not self.is_by(participant):
            return False
        until = self.may_be_edited_until
        return self.is_draft or (self.is_public and until is not None and timezone.now() < until)

    def must_be_by(self, participant: Participant) -> None:
        """Raises NotYours."""
        if not self.is_by(participant):
            raise NotYours

    # ── its life: written, published, supported, perhaps merged, answered ──

    @transaction.atomic
    def write(self, *, by: Participant, title: str, words: str, **fields: object) -> None:
        """Change what it says. Raises NotYours, TooLate."""
        self.must_be_by(by)
        if not self.may_be_edited_by(by):
            raise TooLate
        self._say(title, words)
        for name, value in fields.items():
            setattr(self, name, value)
        self.save()
        if self.is_public:
            self.note_version(by=by)

    def speak(self, language: str, *, by: Participant) -> None:
        """A draft is written in another language than was said at first."""
        self.must_be_by(by)
        if self.is_draft and language != self.language:
            self.title, self.words = {language: self.own_title}, {language: self.own_words}
            self.language = language
            self.save(update_fields=["title", "words", "language"])

    def _say(self, title: str, said: str) -> None:
        """Translations of what is no longer said go; where nothing changed they stay."""
        if title != self.own_title:
            self.title = {self.language: title}
        if said != self.own_words:
            self.words = {self.language: said}

    @transaction.atomic
    def translate(self, title: Mapping[str, str], said: Mapping[str, str]) -> None:
        """Add the words of the other languages; what its authors wrote stays as they wrote it."""
        self.title = {**title, self.language: self.own_title}
        self.words = {**said, self.language: self.own_words}
        self.save(update_fields=["title", "words"])

    @transaction.atomic
    def publish(self, *, by: Participant, at: datetime | None = None) -> None:
        """Let others read it; where the library reads first, it waits for that. Its authors hear what comes of it.

        Raises NotYours, NotOpen, TierNotMet, EnoughProposals.
        """
        self.must_be_by(by)
        self.collection.must_be_open()
        by.must_meet(self.collection.process.join_tier)
        self._must_not_be_too_many(by)
        if self.collection.reads_first:
            self._become(ProposalState.WAITING)
        else:
            self.appear(at=at)

    def _must_not_be_too_many(self, by: Participant) -> None:
        most = self.collection.most_proposals
        if most is None:
            return
        Participant.objects.select_for_update().get(pk=by.pk)  # two sent at once are counted one after the other
        standing = [ProposalState.PUBLIC, ProposalState.WAITING]
        theirs = Proposal.objects.filter(collection=self.collection, state__in=standing, authorships__participant=by)
        if theirs.exclude(pk=self.pk).count() >= most:
            raise EnoughProposals

    @transaction.atomic
    def appear(self, *, at: datetime | None = None) -> None:
        """It can be read from now on, and has a story of its own, which hangs on that of the process as well."""
        at = at or timezone.now()
        if self.loop is None:
            self.loop = Loop.objects.begin(dict(self.title), by=None, branch=self.branch, at=at)
            self.loop.record(Turn.HEARD, dict(self.title), by=None, thing=self, at=at)
            self.collection.process.decision.loop.hang([self])
            self.note_version(by=None, at=at)
        Loop.objects.filter(pk=self.loop.pk).update(is_public=True)
        self.published_at = self.published_at or at
        self._become(ProposalState.PUBLIC, "loop", "published_at")
        self.hear(self.author_participants())
        if self.voice and self.voice.speaker:
            self.loop.hear([self.voice.speaker])
        later(self.read_meaning)

    def _become(self, state: ProposalState, *fields: str) -> None:
        self.state, self.taken_by, self.taken_at = state, None, None
        self.save(update_fields=["state", "taken_by", "taken_at", *fields])

    @transaction.atomic
    def disappear(self, state: ProposalState) -> None:
        """Nobody but its authors and the desk reads it, or its story, until it appears again."""
        if self.loop is not None:
            Loop.objects.filter(pk=self.loop.pk).update(is_public=False)
        self._become(state)

    @transaction.atomic
    def withdraw(self, *, by: Participant) -> None:
        """Its authors take it back: a draft is gone, what was published says that it was withdrawn."""
        self.must_be_by(by)
        if self.published_at is None:
            self.delete()
        elif self.state in (ProposalState.PUBLIC, ProposalState.HIDDEN, ProposalState.RETURNED):
            self._become(ProposalState.WITHDRAWN)

    def author_participants(self) -> "models.QuerySet[Participant]":
        return Participant.objects.filter(pk__in=self.authorships.values("participant"))

    def hear(self, participants: Iterable[Participant]) -> None:
        """Owe these people word of what comes of it, as far as they can be reached."""
        if self.loop is not None:
            self.loop.hear(speakers_behind(participants))

    def note_version(
        self, *, by: Participant | None, person: Person | None = None, why: str = "", at: datetime | None = None
    ) -> "Version":
        last = self.versions.order_by("-number").first()
        return self.versions.create(
            number=last.number + 1 if last else 1,
            title=self.own_title,
            words=self.own_words,
            participant=by,
            person=person,
            why=why,
            at=at or timezone.now(),
        )

    @can_wait
    def read_meaning(self) -> None:
        """Note what it means, so that what says the same in other words or another language is found."""
        from rapport.deciding.meanings import read_meanings

        read_meanings([self])


def speakers_behind(participants: Iterable[Participant]) -> list[Speaker]:
    """Those whom we can write to, by what they left or by their account."""
    speakers = []
    for participant in participants:
        speaker = participant.speaker
        if speaker is None and participant.person is not None:
            speaker = Speaker.objects.reached_at(
                person=participant.person, language=participant.language, name=participant.person.name
            )
        if speaker is not None:
            speakers.append(speaker)
    return speakers
