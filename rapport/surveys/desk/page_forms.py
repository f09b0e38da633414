"""The small forms of the builder: a new question, a page, and the words around the questions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from rapport.surveys.desk.wording import KINDS
from rapport.surveys.methods import Kind


class AddForm(forms.Form):
    """A new question begins with its words and the kind of its answer."""

    words = forms.CharField(label=_("New question"), max_length=1000, required=False)
    kind = forms.ChoiceField(label=_("Answered by"), choices=list(KINDS.items()), initial=Kind.SINGLE)
    page = forms.CharField(widget=forms.HiddenInput, required=False)


class PageForm(forms.Form):
    title = forms.CharField(label=_("Title of the page"), max_length=200, required=False)


class BeforeAndAfterForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    welcome = forms.CharField(
        label=_("Welcome"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who asks, how long it takes, and what happens with the answers"),
    )
    thanks = forms.CharField(
        label=_("Thanks"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What happens next, and when people hear of it"),
    )
