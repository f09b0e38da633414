"""How far those who coded a sample agree: in all, for each theme, and where they differ."""

from collections import Counter
from dataclasses import dataclass

from rapport.insight.methods.themes.agreement import GOOD, TENTATIVE, alpha, alpha_by_code, disagreements
from rapport.insight.models import CodingSample, SampleCode, SampledVoice, Theme

_NONE = 0  # no theme has this key


@dataclass(frozen=True)
class ByTheme:
    theme: Theme | None
    alpha: float | None
    chosen: list[int]  # how often by each coder


@dataclass(frozen=True)
class Differing:
    sampled: SampledVoice
    codes: list[tuple[str, Theme | None]]


@dataclass(frozen=True)
class Agreement:
    coders: list[tuple[str, int]]
    alpha: float | None
    verdict: str  # good, tentative, low, or "" where there is nothing to compare
    compared: int  # voices that two people coded
    by_theme: list[ByTheme]
    differ: list[Differing]


def agreement_of(sample: CodingSample) -> Agreement:
    voices = list(sample.sampled.select_related("voice", "settled_on", "settled_by"))
    codes = list(SampleCode.objects.filter(sampled__sample=sample).select_related("by", "theme"))
    people = list(dict.fromkeys(code.by for code in codes))
    said = {(code.by_id, code.sampled_id): code.theme_id or _NONE for code in codes}
    rows = [[said.get((person.pk, voice.pk)) for voice in voices] for person in people]
    themes = {code.theme_id or _NONE: code.theme for code in codes}
    counts = Counter(voice for _person, voice in said)
    in_all = alpha(rows)
    return Agreement(
        coders=[(str(person), sum(code is not None for code in row)) for person, row in zip(people, rows, strict=True)],
        alpha=in_all,
        verdict="" if in_all is None else "good" if in_all >= GOOD else "tentative" if in_all >= TENTATIVE else "low",
        compared=sum(n > 1 for n in counts.values()),
        by_theme=_by_theme(rows, themes),
        differ=[
            Differing(
                voices[i],
                [
                    (str(person), themes[key])
                    for person, row in zip(people, rows, strict=True)
                    if (key := row[i]) is not None
                ],
            )
            for i in disagreements(rows)
        ],
    )


def _by_theme(rows: list[list[int | None]], themes: dict[int, Theme | None]) -> list[ByTheme]:
    """The least agreed first: there the definition wants a second look."""
    found = alpha_by_code(rows)
    told = [
        ByTheme(theme, found.get(key), [sum(code == key for code in row) for row in rows])
        for key, theme in themes.items()
    ]
    return sorted(told, key=lambda each: (each.alpha is None, each.alpha or 0, -sum(each.chosen)))
