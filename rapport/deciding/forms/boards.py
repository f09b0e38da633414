from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.deciding.models import Board, BoardKind, Decision, Followed, Meeting
from rapport.listening.models import Channel
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.ui.forms import RadioCards, WordsFormField

from .days import day_field, moment_field


class BoardForm(forms.Form):
    """A board's charter."""

    kind = forms.ChoiceField(label=_("What kind of board?"), choices=BoardKind.choices, widget=RadioCards)
    name = WordsFormField(label=_("Its name"), max_length=120)
    purpose = WordsFormField(label=_("What is it for?"), long=True, max_length=2000)
    promise = WordsFormField(
        label=_("What do you promise for its advice?"),
        long=True,
        max_length=1000,
        help_text=_("An answer in public, with a reason, is the least"),
    )
    answer_days = forms.IntegerField(label=_("Days until advice is answered"), min_value=1, max_value=365, initial=30)
    size = forms.IntegerField(label=_("Places"), min_value=1, max_value=200, initial=12)
    term_months = forms.IntegerField(label=_("Months of a term"), min_value=1, max_value=120, initial=12)
    meets = WordsFormField(label=_("How often does it meet?"), required=False, max_length=200)
    decider = WordsFormField(label=_("Who decides who joins?"), required=False, max_length=200)
    branch = forms.ModelChoiceField(
        Branch.objects.none(), label=_("Branch"), required=False, empty_label=_("the whole library")
    )
    takes_applications = forms.BooleanField(label=_("People can apply now"), required=False, initial=True)
    asks_for_guardian = forms.BooleanField(
        label=_("Ask the under-aged how to reach a parent"), required=False, help_text=_("One line, nothing more")
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = by.branches_where("deciding.change")
        fields: dict[str, Any] = self.fields
        fields["branch"].queryset = Branch.objects.all() if mine is None else Branch.objects.filter(pk__in=mine)


class ApplicationForm(forms.Form):
    """To ask to join. A name, and some way to be told; the rest is up to them."""

    name = forms.CharField(label=_("What shall we call you?"), max_length=120)
    why = forms.CharField(
        label=_("Why would you like to join?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("In any language, as short as you like"),
    )
    email = forms.EmailField(label=_("Your e-mail"), required=False)
    phone = forms.CharField(label=_("Or your phone"), required=False, max_length=40)
    guardian = forms.CharField(
        label=_("If you are under 16: how do we reach a parent?"),
        required=False,
        max_length=200,
        help_text=_(
            "A phone number or an e-mail. We use it for this only, and remove it when your application is over."
        ),
    )

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not board.asks_for_guardian:
            del self.fields["guardian"]


class ApplicationEntryForm(ApplicationForm):
    """The same at the desk, from paper or by phone."""

    channel = forms.ChoiceField(
        label=_("How did it come?"),
        choices=[(one.value, one.label) for one in (Channel.DESK, Channel.PAPER, Channel.PHONE)],
    )


class AnswerForm(forms.Form):
    """Whether somebody joins, and why."""

    accepted = forms.TypedChoiceField(
        label=_("Do they join?"),
        choices=[("yes", _("Yes")), ("no", _("Not this time"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("What do you tell them?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("They read this, with the reason"),
    )


class TermForm(forms.Form):
    """Somebody sits on the board without having applied: elected, named, or drawn."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), required=False)
    role = WordsFormField(label=_("What they do on it"), required=False, max_length=80)
    since = day_field(label=_("Since"), initial=timezone.localdate)
    is_named = forms.BooleanField(label=_("They wish that anyone may read their name"), required=False)


class RenewalForm(forms.Form):
    until = day_field(label=_("Until"))


class TermEndForm(forms.Form):
    reason = forms.CharField(label=_("Why?"), max_length=300)


class MeetingForm(forms.Form):
    starts_at = moment_field(label=_("When?"))
    place = WordsFormField(label=_("Where?"), max_length=200)
    agenda = WordsFormField(label=_("What is it about?"), long=True, required=False, max_length=3000)
    papers = WordsFormField(
        label=_("To read before"), long=True, required=False, max_length=5000, help_text=_("Only members see this")
    )


class AttendanceForm(forms.Form):
    """Who came, and how many guests."""

    came = forms.MultipleChoiceField(
        label=_("Who came?"), required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )
    guests = forms.IntegerField(label=_("Guests"), min_value=0, max_value=10_000, required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["came"].choices = [(str(term.pk), term.name) for term in meeting.invited()]


class MinutesForm(forms.Form):
    """What was said, and which things it was about."""

    said = WordsFormField(label=_("Minutes"), long=True, max_length=20_000)
    spoke_of = forms.MultipleChoiceField(
        label=_("What they spoke of"), required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["spoke_of"].choices = choices
        if not choices:
            del self.fields["spoke_of"]


class AdviceForm(forms.Form):
    """What the board advises, to whom, and by when it is answered."""

    said = WordsFormField(label=_("What does the board advise?"), max_length=300)
    about = WordsFormField(label=_("Why?"), long=True, required=False, max_length=3000)
    to = WordsFormField(label=_("To whom?"), max_length=120)
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label=_("At which meeting?"), required=False, empty_label=_("none")
    )
    decision = forms.ModelChoiceField(
        Decision.objects.none(), label=_("About which question?"), required=False, empty_label=_("none")
    )
    answer_by = day_field(label=_("To be answered by"))

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["meeting"].queryset = board.meetings.past()
        near = Q(branch=board.branch_id) | Q(branch=None) if board.branch_id else Q()
        fields["decision"].queryset = Decision.objects.public().open().filter(near)


class AdviceAnswerForm(forms.Form):
    followed = forms.ChoiceField(label=_("Is it followed?"), choices=Followed.choices, widget=forms.RadioSelect)
    reason = WordsFormField(label=_("Why?"), long=True, max_length=3000, help_text=_("The board and anyone reads this"))
