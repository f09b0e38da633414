from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rapport.deciding.models import Conversation, RejectionReason, Stand
from rapport.ui.context import own_name
from rapport.ui.forms import WordsFormField


def language_choices() -> list[tuple[str, str]]:
    return [(code, own_name(code)) for code in settings.HOUSE.languages]


class VoteForm(forms.Form):
    statement = forms.IntegerField(min_value=1, max_value=2**62)
    vote = forms.TypedChoiceField(choices=Stand.choices, coerce=int)


class StatementForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("Your statement"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One thought that others can agree or disagree with"),
    )
    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, conversation: Conversation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.longest = conversation.longest
        self.fields["words"].widget.attrs["maxlength"] = str(self.longest)

    def clean_words(self) -> str:
        words = " ".join(self.cleaned_data["words"].split())
        over = len(words) - self.longest
        if over > 0:
            text = ngettext(
                "It is %(n)s character too long. Could you say it more shortly?",
                "It is %(n)s characters too long. Could you say it more shortly?",
                over,
            )
            raise forms.ValidationError(text % {"n": over})
        if len(words) < 6:
            raise forms.ValidationError(_("Please say it in a whole sentence, so that others know what you mean."))
        return words


class SettingsForm(forms.ModelForm[Conversation]):
    title = WordsFormField(label=gettext_lazy("Title"), max_length=200)
    about = WordsFormField(label=gettext_lazy("What it is about"), long=True, required=False)

    class Meta:
        model = Conversation
        fields = [
            "title", "about", "moderation", "longest", "takes_statements", "most_each", "shows_results", "is_doubled",
        ]  # fmt: skip
        widgets = {"moderation": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["longest"].min_value = 20  # type: ignore[attr-defined]
        self.fields["moderation"].choices = self._meta.model._meta.get_field("moderation").choices  # type: ignore[attr-defined]

    def clean_longest(self) -> int:
        longest: int = self.cleaned_data["longest"]
        if not 20 <= longest <= 500:
            raise forms.ValidationError(_("Between 20 and 500 characters, please."))
        return longest


class SeedsForm(forms.Form):
    seeds = forms.CharField(
        label=gettext_lazy("Statements, one a line"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Ten to thirty that see the matter from many sides"),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"))

    def __init__(self, *args: Any, longest: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.longest = longest
        self.fields["language"].choices = language_choices()  # type: ignore[attr-defined]

    def clean_seeds(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["seeds"].splitlines() if line.strip()]
        long = [at for at, line in enumerate(lines, 1) if len(line) > self.longest]
        if long:
            text = _("Too long (more than %(n)s characters): line %(lines)s")
            raise forms.ValidationError(text % {"n": self.longest, "lines": ", ".join(map(str, long))})
        return lines


class VerdictForm(forms.Form):
    verdict = forms.ChoiceField(choices=[("accept", ""), ("reject", "")])
    reason = forms.ModelChoiceField(
        RejectionReason.objects.filter(stopped_at=None), label=gettext_lazy("Why not?"), required=False
    )
    words = forms.CharField(label=gettext_lazy("A note to whoever wrote it"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("verdict") == "reject" and not given.get("reason") and not given.get("words"):
            self.add_error("reason", _("Say why: whoever wrote it reads your reason."))
        return given


class TranslationForm(forms.Form):
    words = WordsFormField(label=gettext_lazy("In each language"), max_length=500)


class ReasonForm(forms.Form):
    words = WordsFormField(label=gettext_lazy("Reason"), max_length=300)
