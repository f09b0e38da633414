"""A form's field to choose topics, those of each main topic together."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Q
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from rapport.community.models import Topic

Choice = tuple[Any, str]


class _ByMainTopic(ModelChoiceIterator):  # type: ignore[type-arg]
    """Main topics are the names of groups, and can be chosen themselves."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        rows = self.queryset.in_order()  # type: ignore[attr-defined]
        for main, group in groupby(rows, key=lambda topic: topic.parent or topic):
            yield str(main), [self.choice(topic) for topic in group]


class TopicField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One topic. A topic that is retired stays where it is chosen already: give it as `beside`."""

    iterator = _ByMainTopic

    def __init__(self, *, beside: Iterable[Topic] = (), **kwargs: Any) -> None:
        usual: dict[str, Any] = {"label": _("Topic"), "required": False, "empty_label": _("any topic")}
        super().__init__(_choosable(beside), **usual | kwargs)


class TopicsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Any number of topics, as boxes to tick."""

    iterator = _ByMainTopic

    def __init__(self, *, beside: Iterable[Topic] = (), **kwargs: Any) -> None:
        usual: dict[str, Any] = {"label": _("Topics"), "required": False, "widget": forms.CheckboxSelectMultiple}
        super().__init__(_choosable(beside), **usual | kwargs)


def _choosable(beside: Iterable[Topic]) -> Any:
    return Topic.objects.filter(Q(retired_at=None) | Q(pk__in=[topic.pk for topic in beside]))
