from fractions import Fraction
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.deciding.models import Method, Option, PaperBallot, Phase, Poll, Spoiled
from rapport.deciding.poll_starters import STARTERS
from rapport.listening.models import Channel
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.tongues import tongues
from rapport.ui.forms import RadioCards, WordsFormField

MAJORITIES = [("1/2", _("more than half")), ("3/5", "3/5"), ("2/3", "2/3"), ("3/4", "3/4"), ("4/5", "4/5")]
METHODS = [(value, label) for value, label in Method.choices if value != Method.BUDGET]
MOST_COPIES = 200


class StarterForm(forms.Form):
    """What kind of vote, and in which phase."""

    title = WordsFormField(label=_("What is put to the vote?"), max_length=200, help_text=_("As a question"))
    starter = forms.ChoiceField(
        label=_("What kind of vote is it?"),
        choices=[(one.name, one.label) for one in STARTERS],
        widget=RadioCards(
            notes={one.name: one.when for one in STARTERS}, icons={one.name: one.icon for one in STARTERS}
        ),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Phase.objects.filter(closes_at__gt=timezone.now(), process__decision__closing=None)
        branches = person.branches_where("deciding.change")
        if branches is not None:
            rows = rows.filter(process__decision__branch__in=branches)
        self.fields["phase"] = _PhaseField(
            rows.select_related("process__decision"), label=_("In which phase?"), empty_label=None
        )
        self.order_fields(["title", "phase", "starter"])


class _PhaseField(forms.ModelChoiceField[Phase]):
    def label_from_instance(self, obj: Phase) -> str:
        return f"{obj.process.decision}: {obj}"


class RulesForm(forms.ModelForm[Poll]):
    """Everything that is fixed with the first ballot, and what may be said about it."""

    title = WordsFormField(label=_("What is put to the vote?"), max_length=200)
    about = WordsFormField(label=_("What it is about"), long=True, required=False)
    method = forms.ChoiceField(label=_("How one votes"), choices=METHODS)
    is_secret = forms.TypedChoiceField(
        label=_("Is it secret?"),
        choices=[("yes", _("Yes: nobody can tell who voted how")), ("no", _("No: everyone can read who voted how"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    majority = forms.ChoiceField(
        label=_("Majority"), choices=MAJORITIES, help_text=_("For yes or no, and for gradients")
    )
    where_words = WordsFormField(
        label=_("Other ways to vote"),
        long=True,
        required=False,
        help_text=_("Where the urn stands and when, how to vote by post, whom to ask for help"),
    )

    class Meta:
        model = Poll
        fields = (
            "title", "about", "method", "is_secret", "seats", "quorum", "majority", "objections", "most", "seed",
            "is_shuffled", "shows_interim", "where_words",
        )  # fmt: skip
        labels = {
            "seed": _("Seed of the lots"),
            "quorum": _("Ballots needed"),
            "most": _("Most points, dots or choices"),
        }
        help_texts = {
            "seats": _("How many of the options are chosen"),
            "quorum": _("With fewer, nothing is decided. Empty: any number will do"),
            "objections": _("For consent: so many may stand, usually none"),
            "most": _("For points, dots, and where only so many may be chosen"),
            "seed": _("If it is equal in the end, lots are drawn from these signs. Everyone can read them beforehand"),
            "shows_interim": _("Better not: people vote otherwise when they see how it stands"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["is_secret"] = "yes" if self.instance.is_secret else "no"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("method") in {Method.RUN_OFF} and said.get("seats", 1) > 1:
            self.add_error("seats", _("The instant run-off chooses one. For several there is the transferable vote."))
        if said.get("method") in {Method.YES_NO, Method.CONSENT, Method.GRADIENTS}:
            said["seats"] = 1
        if said.get("majority") and not 0 < Fraction(said["majority"]) <= 1:
            self.add_error("majority", _("Choose one of these."))
        return said


class OptionForm(forms.ModelForm[Option]):
    title = WordsFormField(label=_("Title"), max_length=120)
    about = WordsFormField(label=_("What it is"), long=True, required=False, max_length=600)
    picture_words = WordsFormField(
        label=_("What the picture shows"),
        required=False,
        max_length=200,
        help_text=_("For people who cannot see it. Children and people who do not read well vote by the picture"),
    )

    class Meta:
        model = Option
        fields = ("title", "about", "starts_at", "picture", "picture_words")
        labels = {"starts_at": _("When"), "picture": _("Picture")}
        widgets = {"starts_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")}

    def __init__(self, *args: Any, poll: Poll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if poll.method != Method.TIMES:
            del self.fields["starts_at"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("picture") and not said.get("picture_words"):
            self.add_error("picture_words", _("Say in words what the picture shows."))
        return said


class PrintForm(forms.Form):
    copies = forms.IntegerField(
        label=_("Copies"),
        min_value=1,
        max_value=MOST_COPIES,
        initial=20,
        help_text=_("Each has a number of its own, so that none is entered twice. Write nowhere who gets which"),
    )

    def __init__(self, *args: Any, languages: list[str], person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(label=_("Language"), choices=tongues(languages))
        self.fields["branch"] = branches_of(person)


def branches_of(person: Person) -> "forms.ModelChoiceField[Branch]":
    keys = person.branches_where("deciding.enter")
    rows = Branch.objects.all() if keys is None else Branch.objects.filter(pk__in=keys)
    return forms.ModelChoiceField(rows, label=_("Library"), required=False, empty_label=_("none in particular"))


class NumberForm(forms.Form):
    serial = forms.IntegerField(label=_("Number on the ballot"), min_value=1, max_value=2_000_000_000)


class SpoiledForm(forms.Form):
    spoiled = forms.ChoiceField(
        label=_("Does it not count?"), required=False, choices=[("", _("it counts")), *Spoiled.choices]
    )


class SettlingForm(forms.Form):
    right = forms.ChoiceField(label=_("Which one is right?"), choices=[("1", "1"), ("2", "2")])

    def reading(self, paper: PaperBallot) -> Any:
        return paper.readings.get(turn=int(self.cleaned_data["right"]))


class PapersInForm(forms.Form):
    handed_out = forms.IntegerField(label=_("How many papers were handed out?"), min_value=0, max_value=1_000_000)
    note = forms.CharField(
        label=_("What is to be said of it"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Such as why some did not come back. It stands on the audit sheet"),
    )


class HelpingForm(forms.Form):
    """Whom staff help to vote: how they come, and what they show that only they have."""

    channel = forms.ChoiceField(
        label=_("They are"),
        choices=[(Channel.DESK, _("here at the desk")), (Channel.PHONE, _("on the phone"))],
        widget=forms.RadioSelect,
        initial=Channel.DESK,
    )
    proof = forms.ChoiceField(
        label=_("What do they show?"),
        choices=[("code", _("a code card, or their own code")), ("card", _("their library card"))],
        widget=forms.RadioSelect,
        initial="code",
    )
    shown = forms.CharField(
        label=_("Its code or number"),
        max_length=40,
        help_text=_("It is checked and not kept. Whoever has nothing gets a new code card first"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )


class OutcomeForm(forms.Form):
    said = WordsFormField(
        label=_("What came of it"),
        long=True,
        help_text=_("In words that anyone understands: what people chose, and what happens now"),
    )
    review_on = forms.DateField(
        label=_("When do we look at it again?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("On that day it comes back to you"),
    )

    def clean_review_on(self) -> Any:
        day = self.cleaned_data["review_on"]
        if day and day <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day that is still to come."))
        return day


class ReviewForm(forms.Form):
    said = WordsFormField(label=_("Does it still hold?"), long=True)


class BindingForm(forms.Form):
    decided = WordsFormField(label=_("What was decided?"), long=True)
    reasons = WordsFormField(label=_("Why?"), long=True)
    goes_ahead = forms.TypedChoiceField(
        label=_("Does it go ahead?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    follows = forms.TypedChoiceField(
        label=_("Does it follow the vote?"),
        choices=[("yes", _("Yes")), ("no", _("No, and here is why"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    why_not = WordsFormField(
        label=_("Why does it not follow the vote?"),
        long=True,
        required=False,
        help_text=_("Everyone reads this beside the result"),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("follows") is False and not said.get("why_not"):
            self.add_error("why_not", _("People voted. Say in public why it is decided otherwise."))
        return said
