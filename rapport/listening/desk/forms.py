from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rapport.listening.looking import LookedThrough
from rapport.listening.models import AnswerPromise, ReplyTemplate, Status, Voice, VoiceKind
from rapport.people.models import Person
from rapport.ui.words import WordsFormField


class AnswerForm(LookedThrough):
    """`seen` is the newest answer that the writer has read: what a colleague answered meanwhile is shown first."""

    is_signed = True
    template = forms.ModelChoiceField(
        ReplyTemplate.objects.none(), label=_("Begin with"), required=False, empty_label=_("your own words")
    )
    words = forms.CharField(
        label=_("Your answer"), max_length=5000, widget=forms.Textarea(attrs={"rows": 7}), strip=True
    )
    is_public = forms.BooleanField(label=_("Others may read this answer beside the voice"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, voice: Voice | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        templates = ReplyTemplate.objects.all()
        if voice is not None:
            templates = templates.filter(kind__in=["", voice.kind])
            self.fields["words"].widget.attrs |= {"dir": "auto"}
        self.fields["template"].queryset = templates  # type: ignore[attr-defined]

    def is_for_all(self, cleaned: dict[str, Any]) -> bool:
        return bool(cleaned.get("is_public"))


def filled(template: ReplyTemplate, voice: Voice) -> str:
    """The template's words in the voice's language, with what is known about this voice filled in."""
    words, language = template.words.in_language(voice.language)
    known = {
        "code": voice.spoken_code,
        "library": settings.HOUSE.library,
        "name": voice.speaker.name if voice.speaker else "",
        "branch": voice.branch.name.in_language(language)[0] if voice.branch else settings.HOUSE.library,
    }
    for name, value in known.items():
        words = words.replace(f"{{{name}}}", str(value))
    return _without_gap(words) if not known["name"] else words


def _without_gap(words: str) -> str:
    """Nobody left a name: "Thank you, ." reads "Thank you."."""
    for comma in (",", "،"):
        words = words.replace(f"{comma} .", ".").replace(f"{comma} :", ":").replace(f"{comma} {comma}", comma)
    return words


class StatusForm(forms.Form):
    status = forms.ChoiceField(label=_("Where it stands"), choices=Status.choices)
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Those who spoke can read it. A declined voice needs one."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("status") == Status.DECLINED and not cleaned.get("reason"):
            self.add_error("reason", gettext("Say why, so that the one who spoke can understand it"))
        return cleaned


class NoteForm(forms.Form):
    words = forms.CharField(label=_("A note for colleagues"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class HolderForm(forms.Form):
    to = forms.ModelChoiceField(
        Person.objects.none(), label=_("Colleague"), required=False, empty_label=_("nobody: put it back")
    )

    def __init__(self, *args: Any, colleagues: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues  # type: ignore[attr-defined]


class SpamForm(forms.Form):
    why = forms.CharField(label=_("How you can tell"), max_length=200)


class MergeForm(forms.Form):
    code = forms.CharField(
        label=_("Code of the other voice"),
        max_length=12,
        help_text=_("Like ABCD-2345. The work goes on with that one."),
    )

    def __init__(self, *args: Any, voices: QuerySet[Voice], voice: Voice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.voices, self.voice = voices, voice

    def clean_code(self) -> Voice:
        code = self.cleaned_data["code"].replace("-", "").replace(" ", "").upper()
        other = self.voices.select_related("merged").filter(code=code).first()
        if other is None:
            raise forms.ValidationError(
                gettext("No voice has this code. Look at the slip again: there is no 0 and no 1.")
            )
        if other.pk == self.voice.pk:
            raise forms.ValidationError(gettext("This is the very same voice."))
        if other.held_at:
            raise forms.ValidationError(gettext("That voice is held for a look. Release it first."))
        if hasattr(other, "merged"):
            raise forms.ValidationError(
                gettext("That voice was itself merged into %(code)s. Use that code.")
                % {"code": other.matter.spoken_code}
            )
        if self.voice.others.exists() or hasattr(self.voice, "merged"):
            raise forms.ValidationError(gettext("This voice holds others already. Merge the other one into this one."))
        return other


class PromiseForm(forms.Form):
    """Two numbers for each kind of voice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, (acknowledge, answer) in AnswerPromise.objects.all().by_kind().items():
            self.fields[f"{kind}-acknowledge"] = _days(_("Say that it arrived within"), acknowledge, 0, 60)
            self.fields[f"{kind}-answer"] = _days(_("Answer within"), answer, 1, 120)

    def kinds(self) -> list[dict[str, Any]]:
        return [
            {"label": kind.label, "acknowledge": self[f"{kind}-acknowledge"], "answer": self[f"{kind}-answer"]}
            for kind in VoiceKind
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for kind in VoiceKind:
            acknowledge, answer = cleaned.get(f"{kind}-acknowledge"), cleaned.get(f"{kind}-answer")
            if acknowledge is not None and answer is not None and answer < acknowledge:
                self.add_error(f"{kind}-answer", gettext("The answer cannot be due before the word that it arrived"))
        return cleaned

    def save(self) -> None:
        for kind in VoiceKind:
            days = {
                "acknowledge_days": self.cleaned_data[f"{kind}-acknowledge"],
                "answer_days": self.cleaned_data[f"{kind}-answer"],
            }
            AnswerPromise.objects.update_or_create(kind=kind.value, defaults=days)


def _days(label: Any, initial: int, least: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, initial=initial, min_value=least, max_value=most)


class ReplyTemplateForm(forms.ModelForm):  # type: ignore[type-arg]
    title = WordsFormField(label=_("Title"), max_length=120)
    words = WordsFormField(
        label=_("Words"), long=True, help_text=_("{code}, {name}, {branch} and {library} are filled in for each voice.")
    )

    class Meta:
        model = ReplyTemplate
        fields = ["title", "words", "kind", "order"]
        labels = {"kind": _("Offer it for"), "order": _("Place in the list")}
