"""What is known of needs, for a page of them at once: the evidence by kind, who said it, and how strong it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from rapport.community.models import Dimension
from rapport.insight.methods.assessing.strength import Known, Strength, strength
from rapport.insight.models import Evidence, EvidenceKind, Finding, Need, NeedTheme, ThemeVoice
from rapport.insight.reached import PLACE
from rapport.lib.publishing import published
from rapport.surveys.models import Survey
from rapport.surveys.models.survey import Sampling


@dataclass(frozen=True)
class Group:
    """A group among those who said it; `n` is None where it is hidden because it is small or would give one away."""

    name: str
    n: int | None
    people: float | None  # its share of those who live here, in percent
    is_missing: bool


@dataclass(frozen=True)
class WhoSaid:
    """Who said it, in one respect: the branch that they spoke of, or what they said of themselves in a survey."""

    title: str
    about: str
    groups: list[Group]

    @property
    def is_like(self) -> bool:
        return not any(group.is_missing for group in self.groups)


@dataclass
class Knowing:
    """What is known of one need."""

    evidence: list[Evidence] = field(default_factory=list)
    voices: int = 0
    themes: int = 0
    newest_voice: date | None = None
    branches: dict[str, int] = field(default_factory=dict)
    surveys: list[Survey] = field(default_factory=list)
    tables: list[WhoSaid] = field(default_factory=list)
    strength: Strength = field(default_factory=lambda: strength(Known(), timezone.localdate()))

    def of_kind(self, kind: str) -> list[Evidence]:
        return [one for one in self.evidence if one.kind == kind]

    @property
    def kinds(self) -> list[tuple[EvidenceKind, int]]:
        """Each kind with how many pieces of evidence there are of it; all voices together are one."""
        told = {kind: len(self.of_kind(kind)) for kind in EvidenceKind}
        told[EvidenceKind.SOLICITED] += bool(self.voices)
        return list(told.items())

    @property
    def people(self) -> int:
        """How many said it: voices, each once, and those counted in surveys and conversations."""
        asked = [one for one in self.of_kind(EvidenceKind.SOLICITED) if not one.is_against]
        return self.voices + sum(one.count or 0 for one in asked)

    def known(self) -> Known:
        speaking = [one for one in self.evidence if not one.is_against]
        kinds = {one.kind for one in speaking if one.kind}
        days = [one.on for one in speaking]
        if self.voices:
            kinds.add(EvidenceKind.SOLICITED)
        if self.newest_voice:
            days.append(self.newest_voice)
        against = sum(one.is_against for one in self.evidence)
        return Known(frozenset(kinds), against, self.people, max(days, default=None), self._is_like())

    def _is_like(self) -> bool | None:
        if any(survey.sampling == Sampling.DRAWN for survey in self.surveys):
            return True
        return all(table.is_like for table in self.tables) if self.tables else None


def known_of(needs: Iterable[Need]) -> dict[int, Knowing]:
    rows = list(needs)
    keys = [need.pk for need in rows]
    found = {key: Knowing() for key in keys}
    for one in Evidence.objects.filter(need__in=keys).select_related("by", "survey"):
        found[one.need_id].evidence.append(one)
        if one.survey and one.survey not in found[one.need_id].surveys:
            found[one.need_id].surveys.append(one.survey)
    _add_voices(found)
    _add_surveys_of_findings(found)
    asked: dict[int, list[WhoSaid]] = {}
    for need in rows:
        _say_who(found[need.pk], asked)
    return found


def _add_voices(found: dict[int, Knowing]) -> None:
    for need, n in NeedTheme.objects.filter(need__in=found).values_list("need").annotate(n=Count("pk")):
        found[need].themes = n
    links = ThemeVoice.objects.filter(theme__needs__in=found).order_by()
    counted = links.values_list("theme__needs", "voice__branch__slug")
    for need, slug, n, newest in counted.annotate(n=Count("voice", distinct=True), at=Max("voice__spoken_at")):
        if need not in found:
            continue
        one = found[need]
        one.voices += n
        one.branches[slug or ""] = n
        day = timezone.localdate(newest)
        one.newest_voice = max(one.newest_voice or day, day)


def _add_surveys_of_findings(found: dict[int, Knowing]) -> None:
    findings = Finding.objects.filter(need__in=found, sources__survey__isnull=False)
    surveys = Survey.objects.in_bulk(findings.values_list("sources__survey", flat=True))
    for need, survey in findings.values_list("need", "sources__survey").distinct():
        if need and surveys[survey] not in found[need].surveys:
            found[need].surveys.append(surveys[survey])


def _say_who(one: Knowing, asked: dict[int, list[WhoSaid]]) -> None:
    told = {slug: n for slug, n in one.branches.items() if slug}
    if told:
        left = one.branches.get("", 0)
        about = _("By the branch that people spoke of")
        table = _table(_("Voices"), about, PLACE, told, others=left)
        one.tables += [table] if table else []
    for survey in one.surveys:
        if survey.pk not in asked:
            asked[survey.pk] = list(_of_survey(survey))
        one.tables += asked[survey.pk]
    one.strength = strength(one.known(), timezone.localdate())


def _of_survey(survey: Survey) -> Iterable[WhoSaid]:
    from rapport.insight.reaching.answers import counts_of  # NumPy only where it is needed

    for dimension, counts in counts_of(survey).items():
        table = _table(str(survey), _dimension(dimension), dimension, counts)
        if table:
            yield table


def _dimension(slug: str) -> str:
    found = Dimension.objects.filter(slug=slug).first()
    return str(found) if found else slug


def _table(title: str, about: str, dimension: str, counts: dict[str, int], others: int = 0) -> WhoSaid | None:
    """Beside those who live here where that is known; a small group is hidden, and with it what would give it away."""
    from rapport.insight.methods.assessing.representation import Standing, representation
    from rapport.insight.reaching.people import beside, people_of

    if not sum(counts.values()):
        return None
    people = people_of(dimension)
    living = beside(counts, people.counts)
    rows = {row.band: row for row in representation(counts, living)}
    order = [slug for slug in people.names if slug in counts] + [slug for slug in counts if slug not in people.names]
    numbers: Sequence[int] = [counts[slug] for slug in order] + ([others] if others else [])
    shown = published(numbers).row
    groups = [
        Group(
            people.names.get(slug, slug),
            n,
            round(100 * rows[slug].people, 1) if slug in rows else None,
            slug in rows and rows[slug].standing == Standing.MISSING,
        )
        for slug, n in zip(order, shown, strict=False)
    ]
    if others:
        groups.append(Group(_("no branch was named"), shown[-1], None, is_missing=False))
    return WhoSaid(title, about, groups)
