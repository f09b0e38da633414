from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.programs.forms import languages
from rapport.programs.models import HelpEnd, HelpSlot, HelpTopic
from rapport.ui.context import own_name
from rapport.ui.forms import WordsFormField

_LONG = forms.Textarea({"rows": 3})
_MOST_SLOTS = 24


class BookForm(forms.Form):
    """As little as we need to help and to tell. No account."""

    slot = forms.ModelChoiceField(HelpSlot.objects.none(), label=_("When?"), required=False, widget=forms.RadioSelect)
    when_suits = forms.CharField(
        label=_("None of these? When would it suit you?"), required=False, max_length=200,
        help_text=_("We look for a time and tell you."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("What would you like to learn or do?"), required=False, max_length=1000, widget=_LONG,
        help_text=_("What you have tried, which device you bring. Leave out passwords and numbers."),
    )  # fmt: skip
    name = forms.CharField(label=_("How should we call you?"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False, widget=forms.TextInput({"type": "tel"}))
    language = forms.ChoiceField(label=_("In which language?"), required=False)

    def __init__(self, data: Any = None, *, topic: HelpTopic, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        free = HelpSlot.objects.free().filter(topics=topic).select_related("branch", "person")
        self.fields["slot"].queryset = free  # type: ignore[attr-defined]
        self.fields["slot"].empty_label = None  # type: ignore[attr-defined]
        self.fields["slot"].label_from_instance = slot_words  # type: ignore[attr-defined]
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (code, own_name(code)) for code in settings.HOUSE.languages
        ]
        for name, auto in (("email", "email"), ("phone", "tel"), ("name", "name")):
            self.fields[name].widget.attrs["autocomplete"] = auto

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not given.get("slot") and not given.get("when_suits") and "slot" not in self.errors:
            self.add_error("when_suits", _("Choose a time above, or write when it would suit you."))
        if not given.get("email") and not given.get("phone") and "email" not in self.errors:
            self.add_error("email", _("Leave an e-mail address or a phone number, so that we can tell you."))
        return given


def slot_words(slot: HelpSlot) -> str:
    """ "Tuesday 3 May, 2 p.m., Riverside": the day, the hour and the place."""
    from django.utils.formats import date_format

    begins = timezone.localtime(slot.starts_at)
    spoken = ", ".join(own_name(code) for code in slot.languages)
    parts = [date_format(begins, "l"), date_format(begins, "DATETIME_FORMAT"), slot.where, spoken]
    return " · ".join(part for part in parts if part)


class SlotsForm(forms.Form):
    """Times of one afternoon, one after the other."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Who helps?"))
    topics = forms.ModelMultipleChoiceField(
        HelpTopic.objects.all(), label=_("With what?"), widget=forms.CheckboxSelectMultiple
    )
    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("Branch"), required=False, empty_label=_("online"))
    languages = forms.MultipleChoiceField(
        label=_("In which languages?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    day = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    starts = forms.TimeField(label=_("From"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label=_("Until"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label=_("Minutes for each"), min_value=10, max_value=240, initial=45)
    weeks = forms.IntegerField(label=_("For how many weeks?"), min_value=1, max_value=26, initial=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.staff()  # type: ignore[attr-defined]
        known = dict(languages())
        self.fields["languages"].choices = [  # type: ignore[attr-defined]
            (code, known.get(code, code)) for code in settings.HOUSE.languages
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("starts") and given.get("ends") and given.get("minutes") and given.get("day"):
            if not list(self._begins(given["day"])):
                self.add_error("ends", _("Not even one of them fits in between."))
            elif len(list(self._begins(given["day"]))) > _MOST_SLOTS:
                self.add_error("minutes", _("These are too many for one day. Take longer ones."))
        if given.get("day") and given["day"] < timezone.localdate():
            self.add_error("day", _("This day has passed. Choose today or a later day."))
        return given

    def _begins(self, day: Any) -> Any:
        said = self.cleaned_data
        begin, end = (timezone.make_aware(datetime.combine(day, said[name])) for name in ("starts", "ends"))
        length = timedelta(minutes=said["minutes"])
        while begin + length <= end:
            yield begin
            begin += length

    def make(self) -> int:
        """Those that this person does not have already; answers how many are new."""
        said, made = self.cleaned_data, 0
        for week in range(said["weeks"]):
            for begins in self._begins(said["day"] + timedelta(weeks=week)):
                facts = {
                    "ends_at": begins + timedelta(minutes=said["minutes"]), "branch": said["branch"],
                    "is_online": said["branch"] is None, "languages": said["languages"],
                }  # fmt: skip
                slot, is_new = HelpSlot.objects.get_or_create(person=said["person"], starts_at=begins, defaults=facts)
                slot.topics.add(*said["topics"])
                made += is_new
        return made


class TopicForm(forms.Form):
    name = WordsFormField(label=_("What do you help with?"), max_length=120)
    about = WordsFormField(label=_("What does one learn or do?"), long=True, required=False, max_length=1000)
    minutes = forms.IntegerField(
        label=_("How many minutes does it usually take?"), min_value=5, max_value=480, initial=45
    )
    is_offered = forms.BooleanField(label=_("It is offered now"), required=False, initial=True)


class EndForm(forms.Form):
    what = forms.ChoiceField(label=_("How did it go?"), choices=HelpEnd.choices, widget=forms.RadioSelect)
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=0, max_value=1000)


class GiveForm(forms.Form):
    slot = forms.ModelChoiceField(HelpSlot.objects.none(), label=_("Which time?"))

    def __init__(self, data: Any = None, *, topic: HelpTopic, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        free = HelpSlot.objects.free().select_related("branch", "person")
        self.fields["slot"].queryset = free.filter(topics=topic)  # type: ignore[attr-defined]
        self.fields["slot"].label_from_instance = lambda slot: f"{slot_words(slot)} · {slot.person}"  # type: ignore[attr-defined]
