from collections.abc import Iterable, Mapping, Sequence
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.insight.methods.themes.proposal import Part, Proposal
from rapport.insight.methods.themes.proposal import ProposedTheme as Group
from rapport.insight.selection import selected
from rapport.lib.later import can_wait, later
from rapport.lib.translated import WordsField, words
from rapport.listening.models import Voice
from rapport.people.models import Person

from .theme import Theme

MOST_VOICES = 100_000
_FEWEST_VOICES = 3


class Problem(models.TextChoices):
    TOO_FEW = "too_few", _("There are too few voices with words in this selection. Choose more, then try again.")
    FAILED = "failed", _("Something went wrong on our side while the voices were read. You can try again.")


class ThemeProposalQuerySet(models.QuerySet["ThemeProposal"]):
    def propose(
        self, selection: Mapping[str, str], *, by: Person, wanted: int | None = None, said: str = ""
    ) -> "ThemeProposal":
        """Let the house look at these voices; it answers as soon as a worker has read them."""
        proposal = self.create(selection=dict(selection), by=by, wanted=wanted, words=said[:300])
        later(proposal.work_out)
        return proposal

    def seen_by(self, person: Person) -> "ThemeProposalQuerySet":
        """Who works for one branch sees only their own proposals: the others hold voices of other branches."""
        return self if person.branches_where("insight.see") is None else self.filter(by=person)

    def waiting(self) -> "ThemeProposalQuerySet":
        """Those with groups about which nobody has decided yet."""
        return self.filter(pk__in=ProposedTheme.objects.undecided().values("proposal"))


class ThemeProposal(models.Model):
    """The house looked at a selection of voices and proposes how they might belong together."""

    selection = models.JSONField(default=dict)  # the inbox's filters, so that anyone sees which voices were meant
    words = models.CharField(max_length=300, blank=True)  # the same as a sentence
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    wanted = models.PositiveSmallIntegerField(null=True, blank=True)
    voice_count = models.PositiveIntegerField(default=0)
    left_over = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    seconds = models.FloatField(null=True, blank=True)
    problem = models.CharField(max_length=20, choices=Problem.choices, blank=True)

    objects = ThemeProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("proposal of themes")

    def __str__(self) -> str:
        return self.words or str(_("a selection of voices"))

    def get_absolute_url(self) -> str:
        return reverse("insight:proposal", args=[self.pk])

    @property
    def is_being_worked_out(self) -> bool:
        return self.done_at is None and not self.problem

    @property
    def is_cut_short(self) -> bool:
        return self.voice_count >= MOST_VOICES

    @can_wait
    def work_out(self) -> None:
        """Read the voices and write down the groups. Run twice, it finds its work done."""
        if self.done_at:
            return
        started = monotonic()
        try:
            self._answer(*_texts(selected(self.selection, by=self.by)), started=started)
        except Exception:  # whatever it was: the page says that it failed, and the worker still hears of it
            ThemeProposal.objects.filter(pk=self.pk).update(problem=Problem.FAILED)
            raise

    def _answer(self, keys: Sequence[int], texts: Sequence[str], languages: Sequence[str], *, started: float) -> None:
        if len(texts) < _FEWEST_VOICES:
            return self._keep([], problem=Problem.TOO_FEW, voice_count=len(texts))
        from rapport.insight.methods.themes.themes import propose_themes  # numpy and the encoder only where they work

        found = propose_themes(texts, languages, self.wanted)
        left = sum(place.theme is None for place in found.places)
        seconds = round(monotonic() - started, 1)
        return self._keep(_groups(self, keys, found), voice_count=len(texts), left_over=left, seconds=seconds)

    @transaction.atomic
    def _keep(self, groups: "Sequence[ProposedTheme]", *, problem: str = "", **told: Any) -> None:
        mine = ThemeProposal.objects.select_for_update().get(pk=self.pk)
        if mine.done_at:
            return
        ProposedTheme.objects.bulk_create(groups)
        ThemeProposal.objects.filter(pk=self.pk).update(done_at=timezone.now(), problem=problem, **told)

    def try_again(self) -> None:
        ThemeProposal.objects.filter(pk=self.pk).exclude(problem="").update(problem="", done_at=None)
        later(self.work_out)


def _texts(voices: models.QuerySet[Voice]) -> tuple[list[int], list[str], list[str]]:
    """The newest voices, at most as many as fit into the memory of a small server."""
    rows = voices.order_by("-spoken_at", "-pk").values_list("pk", "words", "language")[:MOST_VOICES]
    keys, texts, languages = [], [], []
    for key, text, language in rows.iterator(chunk_size=5000):
        keys.append(key)
        texts.append(text)
        languages.append("" if language == "und" else language.split("-")[0])
    return keys, texts, languages


def _groups(proposal: ThemeProposal, keys: Sequence[int], found: Proposal) -> "list[ProposedTheme]":
    members: list[list[tuple[float, int]]] = [[] for _theme in found.themes]
    for key, place in zip(keys, found.places, strict=True):
        if place.theme is not None:
            members[place.theme].append((-place.closeness, key))
    return [
        ProposedTheme(
            proposal=proposal, order=order, **_told(group, keys, [key for _far, key in sorted(members[order])])
        )
        for order, group in enumerate(found.themes)
    ]


def _told(group: Group, keys: Sequence[int], members: list[int]) -> dict[str, Any]:
    spoken = group.phrases[0].language if group.phrases else ""
    language = spoken if spoken in settings.HOUSE.languages else settings.LANGUAGE_CODE
    return {
        "label": words({language: group.label[:200]} if group.label else {}),
        "phrases": [{"words": each.words, "language": each.language} for each in group.phrases],
        "languages": [list(pair) for pair in group.languages],
        "typical": [keys[i] for i in group.typical],
        "dissenting": [keys[i] for i in group.dissenting],
        "parts": [_part(part, keys) for part in group.parts],
        "copies": [[keys[i] for i in same] for same in group.copies],
        "voices": members,
        "n": len(members),
    }


def _part(part: Part, keys: Sequence[int]) -> dict[str, Any]:
    return {"label": part.label[:200], "n": part.voices, "typical": [keys[i] for i in part.typical][:2]}


class ProposedQuerySet(models.QuerySet["ProposedTheme"]):
    def undecided(self) -> "ProposedQuerySet":
        return self.filter(theme=None, discarded_at=None, merged_into=None)

    def light(self) -> "ProposedQuerySet":
        """Without the keys of all voices, of which there may be many thousands."""
        return self.defer("voices")

    @transaction.atomic
    def merge(self, groups: "Iterable[ProposedTheme]", *, by: Person) -> "ProposedTheme":
        """These are one group: the largest keeps its name and gains the voices of the others."""
        largest, *others = sorted(groups, key=lambda group: (-group.n, group.order))
        for other in others:
            other.merged_into = largest
            other._decided(by, "merged_into")
            largest.voices = list(dict.fromkeys([*largest.voices, *other.voices]))
            largest.typical = _woven(largest.typical, other.typical)
            largest.phrases = largest.phrases + [each for each in other.phrases if each not in largest.phrases]
            largest.languages = _summed(largest.languages, other.languages)
            largest.dissenting = [*largest.dissenting, *other.dissenting]
            largest.copies = [*largest.copies, *other.copies]
            largest.parts = []
        largest.n = len(largest.voices)
        largest.save(update_fields=["voices", "typical", "phrases", "languages", "dissenting", "copies", "parts", "n"])
        return largest


def _woven(some: Sequence[int], others: Sequence[int]) -> list[int]:
    both = [key for pair in zip(some, others, strict=False) for key in pair]
    return list(dict.fromkeys([*both, *some, *others]))[:6]


def _summed(some: Iterable[Sequence[Any]], others: Iterable[Sequence[Any]]) -> list[list[Any]]:
    counts: dict[str, int] = {}
    for language, count in [*some, *others]:
        counts[language] = counts.get(language, 0) + count
    return [[language, count] for language, count in sorted(counts.items(), key=lambda pair: -pair[1])]


class ProposedTheme(models.Model):
    """One group of a proposal. A person confirms, renames, merges, splits or discards it; until then it is no theme."""

    proposal = models.ForeignKey(ThemeProposal, models.CASCADE, related_name="proposed")
    order = models.PositiveSmallIntegerField()
    label = WordsField(_("name"))
    phrases = models.JSONField(default=list)
    languages = models.JSONField(default=list)  # [language, how many voices], the most first
    typical = models.JSONField(default=list)  # keys of voices, the most typical first
    voices = models.JSONField(default=list)  # keys of all its voices, the most typical first
    dissenting = models.JSONField(default=list)  # keys of voices that belong to it and say something else
    parts = models.JSONField(default=list)  # sub-themes: their label, how many voices, and some typical ones
    copies = models.JSONField(default=list)  # keys of near-copies, the one that is shown first
    n = models.PositiveIntegerField()
    theme = models.ForeignKey(Theme, models.SET_NULL, null=True, blank=True, related_name="+")
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    halving_since = models.DateTimeField(null=True, blank=True)
    discarded_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ProposedQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("proposed theme")
        verbose_name_plural = _("proposed themes")

    def __str__(self) -> str:
        return str(self.label) or str(_("a group without a name"))

    @property
    def is_undecided(self) -> bool:
        return not (self.theme_id or self.discarded_at or self.merged_into_id)

    def folded(self) -> dict[int, list[int]]:
        """Its voices, each with its near-copies, that stand for one; in their order."""
        mine = set(self.voices)
        copies = {same[0]: same[1:] for same in ([key for key in one if key in mine] for one in self.copies) if same}
        hidden = {key for others in copies.values() for key in others}
        return {key: copies.get(key, []) for key in self.voices if key not in hidden}

    @property
    def copied(self) -> int:
        """How many of its voices are near-copies of another."""
        return sum(len(same) - 1 for same in self.copies)

    def rename(self, label: Mapping[str, str]) -> None:
        self.label = words(label)
        self.save(update_fields=["label"])

    @transaction.atomic
    def confirm(self, label: Mapping[str, str] | str = "", *, by: Person) -> Theme:
        """This is a theme, and this is its name. Said twice, it is one theme."""
        mine = ProposedTheme.objects.select_for_update().get(pk=self.pk)
        if mine.theme:
            return mine.theme
        self.label = words(label) or mine.label
        self.theme = Theme.objects.confirm(
            self.label, mine.voices, by=by, phrases=mine.phrases, dissenting=mine.dissenting
        )
        self._decided(by, "theme", "label")
        return self.theme

    @transaction.atomic
    def join(self, theme: Theme, *, by: Person) -> None:
        """These voices belong to a theme that is already there."""
        theme.add(self.voices, by=by)
        self.theme = theme
        self._decided(by, "theme")

    def discard(self, *, by: Person) -> None:
        self.discarded_at = timezone.now()
        self._decided(by, "discarded_at")

    def take_back(self, *, by: Person) -> None:
        """It was discarded by mistake, or somebody thought again."""
        self.discarded_at = None
        self._decided(by, "discarded_at")

    def _decided(self, by: Person, *fields: str) -> None:
        self.decided_by, self.decided_at = by, timezone.now()
        self.save(update_fields=[*fields, "decided_by", "decided_at"])

    @transaction.atomic
    def part(self, voices: Iterable[int], *, by: Person) -> "ProposedTheme":
        """These of its voices belong to a group of their own."""
        taken = set(voices) & set(self.voices)
        if not taken or len(taken) == self.n:
            raise ValueError("Choose some of the voices, not none and not all")
        return self._parted([key for key in self.voices if key in taken], label={}, by=by)

    @transaction.atomic
    def hand_over(self, voices: Iterable[int], other: "ProposedTheme") -> None:
        """These of its voices fit better into the other group."""
        taken = set(voices) & set(self.voices)
        other.voices = [*other.voices, *(key for key in self.voices if key in taken and key not in set(other.voices))]
        other.n = len(other.voices)
        other.copies = [*other.copies, *(same for same in self.copies if taken.issuperset(same))]
        other.save(update_fields=["voices", "n", "copies"])
        self._lose(taken)

    def _parted(self, keys: list[int], *, label: Mapping[str, str], by: Person | None, **told: Any) -> "ProposedTheme":
        mine = set(keys)
        copies = [same for same in self.copies if mine.issuperset(same)]
        self._lose(mine)
        told = {"phrases": self.phrases, "typical": keys[:5], "copies": copies, **told}
        return ProposedTheme.objects.create(
            proposal_id=self.proposal_id, order=self.order, label=words(label), voices=keys, n=len(keys), **told
        )

    def _lose(self, taken: set[int]) -> None:
        self.voices = [key for key in self.voices if key not in taken]
        self.typical = [key for key in self.typical if key not in taken] or self.voices[:5]
        self.dissenting = [key for key in self.dissenting if key not in taken]
        self.copies = [left for same in self.copies if len(left := [key for key in same if key not in taken]) > 1]
        self.parts = []
        self.n = len(self.voices)
        if not self.n:
            self.discarded_at = timezone.now()
        self.save(update_fields=["voices", "typical", "dissenting", "copies", "parts", "n", "discarded_at"])

    def halve(self, *, by: Person) -> None:
        """Ask the house to look at this group alone and to propose two."""
        self.halving_since = timezone.now()
        self.decided_by = by
        self.save(update_fields=["halving_since", "decided_by"])
        later(self.work_out_halves)

    @can_wait
    def work_out_halves(self) -> None:
        """Run twice, it finds its work done."""
        from rapport.insight.methods.themes.themes import propose_themes

        if self.halving_since is None:
            return
        keys, texts, languages = _texts(Voice.objects.filter(pk__in=self.voices))
        found = propose_themes(texts, languages, 2)
        with transaction.atomic():
            if ProposedTheme.objects.filter(pk=self.pk, halving_since=None).exists():
                return
            self._fall_apart(_groups(self.proposal, keys, found))
            ProposedTheme.objects.filter(pk=self.pk).update(halving_since=None)

    def _fall_apart(self, groups: "Sequence[ProposedTheme]") -> None:
        for group in groups[1:]:
            told = {"phrases": group.phrases, "typical": group.typical, "languages": group.languages}
            self._parted(group.voices, label=group.label, by=self.decided_by, **told)
        for group in groups[:1] if len(groups) > 1 else []:
            self.label, self.phrases, self.typical, self.languages = (
                group.label,
                group.phrases,
                group.typical,
                group.languages,
            )
            self.save(update_fields=["label", "phrases", "typical", "languages"])
