"""What lists say of each theme besides its own row: languages, branches and needs, in three queries for all of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count

from rapport.insight.models import Need, NeedTheme, Theme, ThemeVoice
from rapport.places.models import Branch


@dataclass
class Portrait:
    languages: list[tuple[str, int]] = field(default_factory=list)  # the most spoken first
    branches: list[str] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)

    @property
    def languages_in_words(self) -> str:
        return ", ".join(language for language, _count in self.languages)

    @property
    def branches_in_words(self) -> str:
        return ", ".join(self.branches)

    @property
    def needs_in_words(self) -> str:
        return "; ".join(map(str, self.needs))


def portraits(themes: Iterable[Theme]) -> dict[int, Portrait]:
    keys = [theme.pk for theme in themes]
    found: dict[int, Portrait] = defaultdict(Portrait)
    told = ThemeVoice.objects.filter(theme__in=keys).order_by()
    for theme, language, count in told.values_list("theme", "voice__language").annotate(n=Count("pk")).order_by("-n"):
        found[theme].languages.append((language, count))
    names = {branch.pk: str(branch) for branch in Branch.objects.all()}
    for theme, branch in told.exclude(voice__branch=None).values_list("theme", "voice__branch").distinct():
        found[theme].branches.append(names[branch])
    for link in NeedTheme.objects.filter(theme__in=keys).select_related("need").order_by("pk"):
        found[link.theme_id].needs.append(link.need)
    return found
