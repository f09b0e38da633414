"""The facts of a year for a narrative: needs, themes, assets, findings, missed groups and deeds, each with its thing.

Nothing here is written: a fact is in the words that its thing has, and a person writes what it means.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Q

from rapport.insight.models import (
    AssessmentSource,
    Asset,
    Finding,
    MissedGroup,
    Narrative,
    Need,
    NeedKind,
    NeedState,
    Section,
    SourceKind,
    Statement,
    Theme,
    ThemeVoice,
)
from rapport.insight.models.need import NeedQuerySet
from rapport.lib.translated import words
from rapport.listening.models import Voice, VoiceQuerySet
from rapport.loop.models import Step, Turn
from rapport.loop.things import things

_ANSWERED = {Turn.DELIVERED, Turn.ADOPTED, Turn.REPORTED}
_DROPPED = {Turn.COULD_NOT, Turn.DECIDED_AGAINST, Turn.STOPPED, Turn.GIVEN_UP}
_DEEDS = [Turn.DELIVERED, Turn.ADOPTED, Turn.ADAPTED, Turn.STOPPED, Turn.COULD_NOT, Turn.DECIDED_AGAINST, Turn.GIVEN_UP]
_SECTIONS = {
    NeedKind.DESIRE: Section.HOPES,
    NeedKind.ASPIRATION: Section.HOPES,
    NeedKind.CONCERN: Section.WORRIES,
    NeedKind.ASSET: Section.HAVE,
    NeedKind.NEED: Section.CHANGE,
}
_TALKS = [SourceKind.INTERVIEWS, SourceKind.FOCUS_GROUPS, SourceKind.MEETING]
_THEMES, _DONE, _MISSING = 12, 30, 12


def facts_of(narrative: Narrative) -> list[Statement]:
    kinds = (_needs, _assets, _findings, _conversations, _themes, _missed, _deeds)
    return [statement for kind in kinds for statement in kind(narrative)]


def _needs(narrative: Narrative) -> Iterator[Statement]:
    """Public needs taken up by the end of the year that had not ended before it began."""
    first, end = narrative.days
    rows = Need.objects.public().filter(at__lt=end).exclude(loop__closing__at__lt=first)
    rows = _here(rows, narrative)
    rows = rows.select_related("loop__closing").prefetch_related("loop__steps").order_by("at", "pk")
    for need in rows:
        yield Statement(
            section=_SECTIONS[NeedKind(need.kind)], thing="insight.need", thing_key=need.pk, words=need.sentence,
            figure=_spoken(narrative, need.voices()).count(), state=state_of(need, end),
        )  # fmt: skip


def state_of(need: Need, moment: datetime) -> NeedState:
    """Where it stood at this moment, by the last step of its story that ended something."""
    ended = [Turn(step.turn) for step in need.loop.steps.all() if step.at < moment]
    last = next((turn for turn in reversed(ended) if turn in _ANSWERED | _DROPPED), None)
    if last in _DROPPED:
        return NeedState.DROPPED
    closing = getattr(need.loop, "closing", None)
    is_closed = closing is not None and closing.at < moment
    return NeedState.ANSWERED if last or is_closed else NeedState.OPEN


def _here(rows: NeedQuerySet, narrative: Narrative) -> NeedQuerySet:
    return rows.filter(branch=narrative.branch_id) if narrative.branch_id else rows


def _spoken(narrative: Narrative, voices: VoiceQuerySet | None = None) -> VoiceQuerySet:
    """What was told in the year, at the narrative's branch."""
    first, end = narrative.days
    rows = Voice.objects.in_hand() if voices is None else voices.filter(held_at=None, merged=None)
    rows = rows.filter(spoken_at__gte=first, spoken_at__lt=end)
    return rows.filter(branch=narrative.branch_id) if narrative.branch_id else rows


def _assets(narrative: Narrative) -> Iterator[Statement]:
    _first, end = narrative.days
    rows = Asset.objects.public().filter(at__lt=end)
    if narrative.branch_id:
        rows = rows.filter(Q(branch=narrative.branch_id) | Q(branch=None))
    for asset in rows:
        yield Statement(section=Section.HAVE, thing="insight.asset", thing_key=asset.pk, words=asset.words)


def _findings(narrative: Narrative) -> Iterator[Statement]:
    first, end = narrative.days
    rows = Finding.objects.filter(assessment__publication__at__gte=first, assessment__publication__at__lt=end)
    if narrative.branch_id:
        rows = rows.filter(Q(assessment__branch=narrative.branch_id) | Q(assessment__branch=None))
    for finding in rows:
        yield Statement(section=Section.CHANGE, thing="insight.finding", thing_key=finding.pk, words=finding.sentence)


def _conversations(narrative: Narrative) -> Iterator[Statement]:
    """Interviews, focus groups and meetings of assessments that were published in the year."""
    first, end = narrative.days
    rows = AssessmentSource.objects.filter(kind__in=_TALKS, assessment__publication__at__range=(first, end))
    if narrative.branch_id:
        rows = rows.filter(Q(assessment__branch=narrative.branch_id) | Q(assessment__branch=None))
    for row in rows:
        yield Statement(section=Section.SPOKE, thing="insight.assessmentsource", thing_key=row.pk, words=row.title)


def _themes(narrative: Narrative) -> Iterator[Statement]:
    """The themes of which most voices of the year speak, a part counted for its whole; `of` are all of the year."""
    counts: dict[int, set[int]] = {}
    voices = _spoken(narrative)
    in_use = Q(theme__merged_into=None, theme__discarded_at=None)
    links = ThemeVoice.objects.filter(in_use, voice__in=voices.order_by().values("pk"))
    for voice, theme, parent in links.values_list("voice", "theme", "theme__part_of"):
        counts.setdefault(parent or theme, set()).add(voice)
    whole = voices.count()
    largest = sorted(counts, key=lambda key: (-len(counts[key]), key))[:_THEMES]
    names = Theme.objects.in_bulk(largest)
    for key in largest:
        yield Statement(
            section=Section.SPOKE, thing="insight.theme", thing_key=key, words=names[key].label,
            figure=len(counts[key]), of=whole,
        )  # fmt: skip


def _missed(narrative: Narrative) -> Iterator[Statement]:
    """Groups that were heard less than their share in something that was open then, each once."""
    first, end = narrative.days
    rows = (
        MissedGroup.objects.filter(seen_at__gte=first, seen_at__lt=end)
        .select_related("band", "place")
        .order_by("seen_at")
    )
    if narrative.branch_id:
        rows = rows.of_branches({narrative.branch_id})
    groups = {(row.band_id, row.place_id): row for row in rows}
    for row in list(groups.values())[:_MISSING]:
        yield Statement(
            section=Section.MISSING, thing="insight.missedgroup", thing_key=row.pk, words=words(row.group.name)
        )


def _deeds(narrative: Narrative) -> Iterator[Statement]:
    """What came of it in the year, as those who spoke were told; also what could not be done."""
    first, end = narrative.days
    steps = Step.objects.filter(loop__is_public=True, turn__in=_DEEDS, at__gte=first, at__lt=end)
    if narrative.branch_id:
        steps = steps.filter(loop__branch=narrative.branch_id)
    seen: set[tuple[str, int]] = set()
    for step in _known(steps.order_by("at", "pk")):
        key = (step.thing, step.thing_key or 0)
        if key in seen or len(seen) >= _DONE:
            continue
        seen.add(key)
        yield Statement(section=Section.DONE, thing=key[0], thing_key=key[1], words=_in_a_line(step))


def _in_a_line(step: Step) -> dict[str, str]:
    """A promise and what became of it are told in two paragraphs; here they are one fact."""
    return {code: ": ".join(part.strip() for part in said.split("\n\n")) for code, said in step.words.items()}


def _known(steps: Iterable[Step]) -> Iterator[Step]:
    return (step for step in steps if step.thing in things and step.thing_key)
