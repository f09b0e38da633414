"""What people fill in to write, change, support and discuss a proposal."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rapport.deciding.models import Collection, Outcome, Proposal, ProposalCategory, Stance
from rapport.listening.photos import cleaned_photo
from rapport.places.models import Branch
from rapport.ui.context import own_name
from rapport.ui.forms import RadioCards, Sentence

STANCE_ICONS: dict[str, str] = {
    Stance.FOR: "thumbs-up",
    Stance.AGAINST: "thumbs-down",
    Stance.QUESTION: "message-circle",
}


class NameForm(forms.Form):
    """How somebody is named to others: as they like, and without a name if they say nothing."""

    name = forms.CharField(
        label=_("Your first name"),
        required=False,
        max_length=60,
        help_text=_("Others read it. Leave it empty, and you are “somebody”."),
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "dir": "auto"}),
    )

    def clean_name(self) -> str:
        return str(self.cleaned_data["name"]).strip()


class TitleForm(NameForm):
    title = forms.CharField(label=_("Your idea in one sentence"), widget=forms.TextInput(attrs={"dir": "auto"}))
    language = forms.ChoiceField(label=_("Language in which you write"), required=False)

    def __init__(self, *args: Any, collection: Collection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        title: Any = self.fields["title"]
        _cap(title, collection.title_length)
        language: Any = self.fields["language"]
        language.choices = [(code, own_name(code)) for code in settings.HOUSE.languages]
        language.initial = get_language()
        self.order_fields(["title", "language", "name"])

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or get_language() or settings.LANGUAGE_CODE


class WordsForm(forms.Form):
    words = forms.CharField(
        label=_("Say more about it"),
        help_text=_("What should be different, for whom, and why? Short is good."),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )

    def __init__(self, *args: Any, collection: Collection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _cap(self.fields["words"], collection.words_length)


class MoreForm(forms.Form):
    """Where it belongs, and a picture; each only where the collection asks for it."""

    category = forms.ModelChoiceField(
        ProposalCategory.objects.none(), label=_("What is it about?"), required=False, empty_label=None
    )
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=_("Which library?"), required=False, empty_label=_("all of them")
    )
    place = forms.CharField(label=_("Which place?"), required=False, max_length=120)
    picture = forms.FileField(
        label=_("A picture"),
        required=False,
        help_text=_("A photo or a drawing. We take out where and when it was made."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    picture_words = forms.CharField(
        label=_("What the picture shows"), required=False, max_length=200, help_text=_("For those who cannot see it.")
    )

    def __init__(self, *args: Any, collection: Collection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category: Any = self.fields["category"]
        category.queryset = collection.categories.all()
        category.empty_label = _("something else")
        unasked = {
            "category": not collection.categories.exists(),
            "branch": not collection.asks_branch,
            "place": not collection.asks_place,
            "picture": not collection.takes_pictures,
            "picture_words": not collection.takes_pictures,
        }
        for name in [name for name, is_unasked in unasked.items() if is_unasked]:
            del self.fields[name]

    def clean_picture(self) -> Any:
        upload = self.cleaned_data.get("picture")
        return cleaned_photo(upload) if upload else None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("picture") and not given.get("picture_words"):
            self.add_error("picture_words", _("Say in a few words what the picture shows."))
        return given


class WholeForm(TitleForm):
    """Everything on one page: for changing what is published, and for the desk."""

    words = forms.CharField(label=_("Say more about it"), widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}))

    def __init__(self, *args: Any, collection: Collection, **kwargs: Any) -> None:
        super().__init__(*args, collection=collection, **kwargs)
        _cap(self.fields["words"], collection.words_length)
        self.order_fields(["title", "words", "language", "name"])


class AmendmentForm(NameForm):
    title = forms.CharField(label=_("Title"), widget=forms.TextInput(attrs={"dir": "auto"}))
    words = forms.CharField(label=_("Words"), widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}))
    why = forms.CharField(
        label=_("Why would you change it?"),
        max_length=500,
        help_text=_("The authors read it and answer."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"title": proposal.own_title, "words": proposal.own_words})
        super().__init__(*args, **kwargs)
        self.proposal = proposal
        _cap(self.fields["title"], proposal.collection.title_length)
        _cap(self.fields["words"], proposal.collection.words_length)
        self.order_fields(["title", "words", "why", "name"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        same = (given.get("title"), given.get("words")) == (self.proposal.own_title, self.proposal.own_words)
        if same:
            self.add_error("words", _("This says the same as before. Change a word, or write a comment instead."))
        return given


class CommentForm(NameForm):
    stance = forms.ChoiceField(
        label=_("This is"),
        choices=Stance.choices,
        widget=RadioCards(icons=STANCE_ICONS),
    )
    words = forms.CharField(
        label=_("What would you like to say?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    field_order = ["stance", "words", "name"]


class ReplyForm(NameForm):
    words = forms.CharField(
        label=_("Your answer"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    field_order = ["words", "name"]


class ReportForm(forms.Form):
    why = forms.CharField(
        label=_("What is wrong with it?"),
        max_length=300,
        help_text=_("A person of the library looks at it."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class MailForm(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Only to tell you what comes of it. You can stop it with one click."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class DecliningForm(forms.Form):
    answer = forms.CharField(
        label=_("Why not?"),
        max_length=500,
        help_text=_("Whoever suggested it reads this, and so does everybody."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


ORDERS = [
    ("", _("in an order drawn by chance")),
    ("new", _("newest first")),
    ("supported", _("most supported first")),
]
STANDS = [
    ("", _("all proposals")),
    ("open", _("proposals without an answer yet")),
    *[(one.value, one.label) for one in Outcome],
]


class ProposalFilters(Sentence):
    """What the public list can be narrowed to. The order drawn by chance is the same for one visitor each time."""

    stands = forms.ChoiceField(label=_("show"), choices=STANDS)
    category = forms.ModelChoiceField(ProposalCategory.objects.none(), label=_("about"), empty_label=_("anything"))
    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("at"), empty_label=_("any branch"))
    order = forms.ChoiceField(label=_("sorted"), choices=ORDERS)

    def __init__(self, *args: Any, collection: Collection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category: Any = self.fields["category"]
        category.queryset = collection.categories.all()
        if not collection.asks_branch:
            del self.fields["branch"]

    def narrow_stands(self, rows: Any, value: str) -> Any:
        return rows.filter(outcome="" if value == "open" else value)

    def narrow_order(self, rows: Any, value: str) -> Any:
        return rows.order_by(*{"new": ["-published_at", "-pk"], "supported": ["-supporters", "-published_at"]}[value])


def _cap(field: Any, length: int) -> None:
    """Cut no word off: what is too long is said, and stays as it was typed."""
    from django.core.validators import MaxLengthValidator

    field.max_length = length
    field.validators.append(MaxLengthValidator(length))
    field.widget.attrs["maxlength"] = length
