from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rapport.people.models import Appointment, Person
from rapport.programs.models.accommodation import ARRANGERS, AccommodationTask, Aid, AidState, Worked
from rapport.ui.forms import RadioCards


class AskForm(forms.Form):
    """What somebody needs. An address, so that we can say that it is there; nothing about why."""

    aids = forms.MultipleChoiceField(
        label=_("What do you need?"), choices=Aid.choices, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label=_("What should we know to do it well?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("For example the language, or where you would like to sit. You need not say why."),
    )
    name = forms.CharField(label=_("How should we call you?"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False, widget=forms.TextInput({"type": "tel"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, auto in (("email", "email"), ("phone", "tel"), ("name", "name")):
            self.fields[name].widget.attrs["autocomplete"] = auto

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not given.get("email") and not given.get("phone") and "email" not in self.errors:
            self.add_error("email", _("Leave an e-mail address or a phone number, so that we can tell you."))
        return given


class AddForm(forms.Form):
    """Something more, or other words, on one's own page."""

    aids = forms.MultipleChoiceField(
        label=_("What else do you need?"), choices=Aid.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label=_("What should we know to do it well?"), required=False, max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip


class EchoForm(forms.Form):
    worked = forms.ChoiceField(label=_("Did it work for you?"), choices=Worked.choices, widget=RadioCards)
    words = forms.CharField(
        label=_("In a few words"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )


class SeeToForm(forms.Form):
    owner = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who arranges it?"), required=False, empty_label=_("nobody yet")
    )
    due = forms.DateField(label=_("By which day?"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    provider = forms.CharField(
        label=_("Through whom?"), required=False, max_length=200, help_text=_("An agency, a colleague, a device")
    )
    cost = forms.DecimalField(label=_("Cost"), required=False, min_value=0, max_digits=9, decimal_places=2)
    note = forms.CharField(label=_("Note for colleagues"), required=False, max_length=500)

    def __init__(self, data: Any = None, *, task: AccommodationTask) -> None:
        now = {name: getattr(task, name) for name in ("owner", "due", "provider", "cost", "note")}
        super().__init__(data, initial=now, auto_id=f"see-{task.pk}-%s")
        self.task = task
        arrangers = Appointment.objects.current().filter(role__in=ARRANGERS)
        self.fields["owner"].queryset = Person.objects.staff().filter(  # type: ignore[attr-defined]
            pk__in=arrangers.values("person")
        )


class SettleForm(forms.Form):
    state = forms.ChoiceField(
        label=_("How does it stand?"),
        choices=[(one.value, one.label) for one in (AidState.ARRANGED, AidState.ALTERNATIVE, AidState.NOT_POSSIBLE)],
        widget=RadioCards,
    )
    words = forms.CharField(
        label=_("What shall the person know?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("They get this by mail: where to sit, who comes, how to find them"),
    )

    def __init__(self, data: Any = None, *, task: AccommodationTask) -> None:
        super().__init__(data, auto_id=f"settle-{task.pk}-%s")
        self.task = task

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("state") in {AidState.ALTERNATIVE, AidState.NOT_POSSIBLE} and not given.get("words", "").strip():
            self.add_error("words", _("Say what you offer instead, or why it was not possible."))
        return given
