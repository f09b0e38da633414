from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.community.models import Band, Dimension
from rapport.deciding.models import Board, Panel, Phase
from rapport.listening.models import Channel
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.ui.forms import WordsFormField

from .days import moment_field


class PanelForm(forms.Form):
    """The call: what the panel is for, how many sit on it, until when, and the few things that are asked."""

    title = WordsFormField(label=_("What is the panel for?"), max_length=200)
    about = WordsFormField(
        label=_("What will they do?"),
        long=True,
        max_length=3000,
        required=False,
        help_text=_("How often they meet, for how long, and what they get for it: food, fares, a childminder"),
    )
    who_may = WordsFormField(label=_("Who may volunteer?"), required=False, max_length=300)
    size = forms.IntegerField(label=_("Seats"), min_value=2, max_value=200, initial=12)
    closes_at = moment_field(label=_("Volunteers until"))
    board = forms.ModelChoiceField(
        Board.objects.none(),
        label=_("Do they sit on a board?"),
        required=False,
        empty_label=_("no, a panel of its own"),
    )
    phase = forms.ModelChoiceField(
        Phase.objects.none(), label=_("In which part of a process?"), required=False, empty_label=_("none")
    )
    branch = forms.ModelChoiceField(
        Branch.objects.none(), label=_("Branch"), required=False, empty_label=_("the whole library")
    )
    bands = forms.ModelMultipleChoiceField(
        Band.objects.none(),
        label=_("In which respects should the panel look like the community?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Choose one or two respects, with all their groups that may volunteer. Each is one more question."),
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = by.branches_where("deciding.change")
        near = Q() if mine is None else Q(branch__in=mine) | Q(branch=None)
        of_process = Q() if mine is None else Q(process__decision__branch__in=mine) | Q(process__decision__branch=None)
        fields: dict[str, Any] = self.fields
        fields["board"].queryset = Board.objects.open().filter(near)
        fields["phase"].queryset = Phase.objects.filter(of_process, closes_at__gt=timezone.now())
        fields["branch"].queryset = Branch.objects.all() if mine is None else Branch.objects.filter(pk__in=mine)
        bands = Band.objects.filter(dimension__counts_households=False).select_related("dimension")
        fields["bands"].queryset = bands.order_by("dimension__order", "dimension", "order")
        fields["bands"].label_from_instance = lambda band: f"{band.dimension}: {band}"

    def clean_closes_at(self) -> Any:
        moment = self.cleaned_data["closes_at"]
        if moment <= timezone.now():
            raise forms.ValidationError(_("This moment has passed. Choose a later one."))
        return moment


class QuotaForm(forms.Form):
    least = forms.IntegerField(label=_("At least"), min_value=0, max_value=200)
    most = forms.IntegerField(label=_("At most"), min_value=0, max_value=200)
    why = forms.CharField(label=_("Why?"), max_length=300, help_text=_("Anyone can read this beside the quota"))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("least") is not None and found.get("most") is not None and found["least"] > found["most"]:
            self.add_error("most", _("At most cannot be less than at least."))
        return found


class VolunteerForm(forms.Form):
    """To put one's name in the pot: a name, a way to be told, and the few answers that the quotas need."""

    name = forms.CharField(label=_("What shall we call you?"), max_length=120)
    email = forms.EmailField(label=_("Your e-mail"), required=False)
    phone = forms.CharField(label=_("Or your phone"), required=False, max_length=40)
    agrees = forms.BooleanField(
        label=_("I would sit on the panel if I am drawn, and you may keep these answers until then")
    )

    def __init__(self, *args: Any, panel: Panel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = panel.asked_bands()
        dimensions = Dimension.objects.in_bulk(asked, field_name="slug")
        fields: dict[str, Any] = self.fields
        for slug, bands in asked.items():
            fields[f"of_{slug}"] = forms.ChoiceField(
                label=str(dimensions[slug]),
                choices=[(band.slug, str(band)) for band in bands],
                widget=forms.RadioSelect,
            )
        self.order_fields(["name", *(f"of_{slug}" for slug in asked), "email", "phone", "channel", "agrees"])

    def told(self) -> dict[str, Any]:
        """What the model wants: the answers apart from the person."""
        found = dict(self.cleaned_data)
        found.pop("agrees")
        values = {name.removeprefix("of_"): found.pop(name) for name in list(found) if name.startswith("of_")}
        return {"values": values, **found}


class VolunteerEntryForm(VolunteerForm):
    """The same at the desk, from paper or by phone."""

    channel = forms.ChoiceField(
        label=_("How did it come?"),
        choices=[(one.value, one.label) for one in (Channel.DESK, Channel.PAPER, Channel.PHONE)],
    )


class SeatForm(forms.Form):
    is_named = forms.BooleanField(label=_("Anyone may read my name as a member of the panel"), required=False)
