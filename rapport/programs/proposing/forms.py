import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rapport.insight.models import Need
from rapport.lib.proof import challenge
from rapport.listening.models import Channel, VoiceKind
from rapport.listening.telling import Told
from rapport.places.models import Branch
from rapport.programs.models import Band
from rapport.ui.forms import WordsFormField

_MAIL = {"autocomplete": "email"}


class Guarded(forms.Form):
    """Hidden fields that tell a neighbour from a machine, as in "Tell us"."""

    sent_as = forms.UUIDField(required=False, widget=forms.HiddenInput)
    proof_challenge = forms.CharField(required=False, widget=forms.HiddenInput)
    proof_solution = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        fresh = {"sent_as": uuid.uuid4(), "proof_challenge": challenge()}
        super().__init__(*args, **{**kwargs, "initial": {**fresh, **kwargs.get("initial", {})}})


class ProposeForm(Guarded):
    title = forms.CharField(label=_("What would you call it?"), max_length=200)
    words = forms.CharField(
        label=_("What would happen?"),
        help_text=_("As you would tell it to a friend: what people do there, how long, how often."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        max_length=4000,
    )
    audience = forms.ChoiceField(label=_("For whom first?"), choices=Band.choices, initial=Band.GENERAL)
    why = forms.CharField(
        label=_("Why does it matter here?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=_("At which library?"), required=False, empty_label=_("Any of them")
    )
    leads = forms.CharField(
        label=_("Who would lead it?"),
        required=False,
        max_length=300,
        help_text=_("You, somebody you know, or somebody whom we would have to find"),
    )
    gives = forms.CharField(label=_("What would you bring?"), required=False, max_length=500)
    takes = forms.CharField(
        label=_("What would you need from us?"),
        required=False,
        max_length=500,
        help_text=_("A room, chairs, materials, somebody to help, money"),
    )
    organisation = forms.CharField(
        label=_("Do you speak for an organisation?"), required=False, max_length=200, help_text=_("Its name")
    )
    name = forms.CharField(label=_("How should we call you?"), required=False, max_length=120)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs=_MAIL),
        help_text=_("So that you hear what came of it. Without it you can look with a code."),
    )

    def told(self, doubts: list[str]) -> Told:
        given = self.cleaned_data
        return Told(
            words=f"{given['title']}\n\n{given['words']}",
            fields={
                "kind": VoiceKind.SUGGESTION, "branch": given["branch"], "channel": Channel.WEB,
                "channel_detail": "propose",
            },
            number=given.get("sent_as"), email=given["email"], name=given["name"] if given["email"] else "",
            doubts=doubts,
        )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in _FACTS}


_FACTS = ("title", "audience", "why", "leads", "gives", "takes", "organisation")


class DraftForm(forms.Form):
    """Making a draft of it; the questions that a library should be able to answer before it says yes."""

    need = forms.ModelChoiceField(
        Need.objects.all(),
        label=_("Which need does it answer?"),
        required=False,
        empty_label=pgettext_lazy("no need chosen", "none that we heard"),
    )
    open_list = forms.BooleanField(
        label=_("Show it to everyone now, with a list for those who would come"),
        required=False,
        help_text=_("Before there is a date. Whoever is on the list hears of the first date before others."),
    )
    said = forms.CharField(
        label=_("What do you answer?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Whoever proposed it reads this: what happens next, and until when"),
    )


class RefusalForm(forms.Form):
    why = forms.CharField(
        label=_("Why not?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Whoever proposed it reads this. Say what would have to be different, or who else could do it."),
    )


class JoinForm(Guarded):
    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs=_MAIL))
    name = forms.CharField(label=_("How should we call you?"), required=False, max_length=120)
    note = forms.CharField(
        label=_("What would suit you?"), required=False, max_length=300, help_text=_("Days, hours, language, access")
    )


class InterestListForm(forms.Form):
    words = WordsFormField(
        label=_("What would you like to know from people?"), long=True, required=False, max_length=600
    )
