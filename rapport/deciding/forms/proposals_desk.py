"""What staff fill in about proposals: the rules, answers, reasons, and what came on paper, by phone or at the desk."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.deciding.forms.proposals import WholeForm
from rapport.deciding.models import (
    Collection,
    Doing,
    HouseRule,
    Outcome,
    Phase,
    Proposal,
    ProposalCategory,
    ProposalState,
)
from rapport.lib.translated import Words, words
from rapport.listening.models import Channel, ReplyTemplate
from rapport.places.models import Branch
from rapport.ui.forms import RadioCards, Sentence, WordsFormField

BY_HAND = [(Channel.PAPER, _("on paper")), (Channel.DESK, _("at the desk")), (Channel.PHONE, _("by phone"))]


class CollectionForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's own is not generic at run time
    title = WordsFormField(label=gettext_lazy("Title"), max_length=200)
    about = WordsFormField(label=gettext_lazy("What it is about"), long=True, required=False)
    guiding = WordsFormField(
        label=gettext_lazy("Questions that help to write, one on each line"), long=True, required=False
    )
    categories = WordsFormField(
        label=gettext_lazy("Categories, one on each line"),
        long=True,
        required=False,
        help_text=gettext_lazy("In each language the same number of lines, in the same order."),
    )

    class Meta:
        model = Collection
        fields = (
            "title",
            "about",
            "guiding",
            "categories",
            "shaping",
            "moderation",
            "threshold",
            "most_supports",
            "most_proposals",
            "edit_minutes",
            "title_length",
            "words_length",
            "takes_supports",
            "takes_comments",
            "takes_amendments",
            "takes_pictures",
            "asks_branch",
            "asks_place",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shaping: Any = self.fields["shaping"]
        shaping.queryset = Phase.objects.filter(process=self.instance.phase.process).exclude(pk=self.instance.phase_id)
        shaping.empty_label = _("no other part")
        self.initial["categories"] = _lines(list(self.instance.categories.all()))

    def clean_threshold(self) -> int | None:
        return self.cleaned_data["threshold"] or None

    def save(self, commit: bool = True) -> Any:
        saved = super().save(commit)
        _keep_categories(saved, words(self.cleaned_data["categories"]))
        return saved


def _lines(categories: list[Any]) -> Words:
    return Words(
        {code: "\n".join(words(one.label).get(code, "") for one in categories) for code in settings.HOUSE.languages}
    )


def _keep_categories(collection: Collection, said: Words) -> None:
    """What stood on a line before is renamed, not lost; proposals keep their category."""
    split = {code: [line.strip() for line in text.splitlines()] for code, text in said.items()}
    count = max((len(lines) for lines in split.values()), default=0)
    labels = [{code: lines[n] for code, lines in split.items() if n < len(lines) and lines[n]} for n in range(count)]
    labels = [label for label in labels if label]
    known = list(collection.categories.all())
    for order, label in enumerate(labels):
        if order < len(known):
            known[order].label, known[order].order = words(label), order
            known[order].save()
        else:
            collection.categories.create(label=label, order=order)
    for one in known[len(labels) :]:
        one.delete()


class AnswerForm(forms.Form):
    """The answer of the library. The reason is what people remember."""

    outcome = forms.ChoiceField(label=gettext_lazy("What becomes of it?"), choices=Outcome.choices, widget=RadioCards)
    reason = WordsFormField(
        label=gettext_lazy("Why?"),
        long=True,
        help_text=gettext_lazy("Its authors and supporters read this, and so does everybody."),
    )
    next_words = WordsFormField(label=gettext_lazy("What happens next?"), long=True, required=False)
    cost = forms.DecimalField(label=gettext_lazy("What does it cost?"), min_value=0, max_digits=12, required=False)
    due = forms.DateField(
        label=gettext_lazy("By when?"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    doer = WordsFormField(label=gettext_lazy("Who does it?"), max_length=200, required=False)

    def __init__(self, *args: Any, template: ReplyTemplate | None = None, **kwargs: Any) -> None:
        if template is not None:
            kwargs["initial"] = {**kwargs.get("initial", {}), "reason": template.words}
        super().__init__(*args, **kwargs)

    def clean_reason(self) -> Any:
        said = self.cleaned_data["reason"]
        if not any(text.strip() for text in words(said).values()):
            raise forms.ValidationError(_("Say why, so that everybody who supports it can read it."))
        return said


class ModerationForm(forms.Form):
    doing = forms.ChoiceField(label=gettext_lazy("What do you do with it?"), choices=[], widget=forms.RadioSelect)
    rule = forms.ModelChoiceField(
        HouseRule.objects.filter(stopped_at=None),
        label=gettext_lazy("For which reason?"),
        required=False,
        empty_label=gettext_lazy("none of these: in your own words"),
    )
    words = forms.CharField(
        label=gettext_lazy("In your words, for the author"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, doings: list[Doing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        doing: Any = self.fields["doing"]
        doing.choices = [(one.value, _MODERATED[one]) for one in doings]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        doing = given.get("doing")
        if doing and Doing(doing).needs_reason and not (given.get("rule") or given.get("words", "").strip()):
            self.add_error("words", _("Choose a reason, or write one: its author reads it."))
        return given


_MODERATED = {
    Doing.LET_THROUGH: gettext_lazy("Let everybody read it"),
    Doing.SENT_BACK: gettext_lazy("Send it back, so that its authors change it"),
    Doing.HIDDEN: gettext_lazy("Hide it"),
    Doing.SHOWN_AGAIN: gettext_lazy("It is fine: let everybody read it"),
}


class TranslationForm(forms.Form):
    title = WordsFormField(label=gettext_lazy("Title"), max_length=200)
    words = WordsFormField(label=gettext_lazy("Words"), long=True, max_length=10_000)


class EntryForm(WholeForm):
    """What somebody wrote on paper, or said at the desk or on the phone."""

    channel = forms.ChoiceField(label=gettext_lazy("How it came"), choices=BY_HAND, widget=forms.RadioSelect)
    code = forms.CharField(label=gettext_lazy("Code of their card"), required=False, max_length=9)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"), required=False, help_text=gettext_lazy("To tell them what comes of it.")
    )
    phone = forms.CharField(label=gettext_lazy("Phone"), required=False, max_length=40)
    field_order = ["channel", "title", "words", "language", "name", "code", "email", "phone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Their first name")
        self.fields["name"].help_text = _("Others read it. Leave it empty, and they are “somebody”.")
        self.fields["title"].label = _("The idea in one sentence")
        self.order_fields(self.field_order)


class SupportsForm(forms.Form):
    """Lines of a printed list, or codes of cards: one on each line."""

    channel = forms.ChoiceField(
        label=gettext_lazy("How it came"), choices=BY_HAND, initial=Channel.PAPER, widget=forms.RadioSelect
    )
    lines = forms.CharField(
        label=gettext_lazy("One person on each line"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
        help_text=gettext_lazy(
            "The code of a card, or the name and then the street or postcode after a comma: “Rosa Diaz, River Street”. "
            "We keep the first name, and a mark that tells the same line from another."
        ),
    )


class MergingForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    words = forms.CharField(
        label=gettext_lazy("Words"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"})
    )


class WhyForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Why do you suggest it?"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("The authors read it."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


class DeskFilters(Sentence):
    state = forms.ChoiceField(
        label=gettext_lazy("show"),
        choices=[("", gettext_lazy("all proposals")), *[one for one in ProposalState.choices if one[0] != "draft"]],
    )
    answered = forms.ChoiceField(
        label=gettext_lazy("that are"),
        choices=[
            ("", gettext_lazy("answered or not")),
            ("owed", gettext_lazy("waiting for an answer, with enough support")),
            ("no", gettext_lazy("not answered")),
            *Outcome.choices,
        ],
    )
    category = forms.ModelChoiceField(
        ProposalCategory.objects.none(), label=gettext_lazy("about"), empty_label=gettext_lazy("anything")
    )
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=gettext_lazy("at"), empty_label=gettext_lazy("any branch")
    )

    def __init__(self, *args: Any, collection: Collection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category: Any = self.fields["category"]
        category.queryset = collection.categories.all()

    def narrow_answered(self, rows: QuerySet[Proposal], value: str) -> QuerySet[Proposal]:
        if value == "owed":
            return rows.filter(outcome="", enough_at__isnull=False)
        return rows.filter(outcome="" if value == "no" else value)
