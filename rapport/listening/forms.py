"""The questions of "tell us": the same on the web, on the kiosk, on paper and at the desk."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.proof import challenge
from rapport.listening.models import Channel, VoiceKind
from rapport.listening.photos import cleaned_photo
from rapport.listening.telling import Told, languages_spoken
from rapport.places.models import Branch, Space
from rapport.ui.context import own_name
from rapport.ui.forms import RadioCards

NOTES: dict[str, Any] = {
    VoiceKind.CONCERN: _("Something is not as it should be"),
    VoiceKind.QUESTION: _("You want to know something"),
    VoiceKind.SUGGESTION: _("An idea for us to try"),
    VoiceKind.PRAISE: _("Something or somebody did you good"),
    VoiceKind.PURCHASE: _("A book, a film, a tool that we should have"),
    VoiceKind.BARRIER: _("A step, a door, a language, a rule, a form"),
    VoiceKind.WELCOME: _("How it was to come here for the first time"),
}
ICONS: dict[str, str] = {
    VoiceKind.CONCERN: "triangle-alert",
    VoiceKind.QUESTION: "message-circle",
    VoiceKind.SUGGESTION: "lightbulb",
    VoiceKind.PRAISE: "heart",
    VoiceKind.PURCHASE: "book-open",
    VoiceKind.BARRIER: "accessibility",
    VoiceKind.WELCOME: "door-open",
}
REPLIES = [
    ("code", _("No contact: I will look with my code")),
    ("mail", _("By e-mail")),
    ("phone", _("By phone")),
]


class TellForm(forms.Form):
    """What a neighbour fills in. Only the words and what they are about are needed."""

    kind = forms.ChoiceField(
        label=_("What is it?"), choices=VoiceKind.choices, widget=RadioCards(notes=NOTES, icons=ICONS)
    )
    words = forms.CharField(
        label=_("In your own words"),
        help_text=_("Any language, as short or as long as you like. We keep it as you write it."),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        max_length=4000,
        error_messages={"required": _("Tell us in a few words what it is about, so that we can answer.")},
    )
    branch = forms.ModelChoiceField(
        Branch.objects.all(),
        label=_("Which library is it about?"),
        required=False,
        empty_label=_("All of them, or none"),
    )
    space = forms.ModelChoiceField(
        Space.objects.select_related("branch"),
        label=_("Which part of it?"),
        required=False,
        empty_label=_("Not one part"),
    )
    photo = forms.FileField(
        label=_("A photo"),
        required=False,
        help_text=_("If it shows what you mean. We remove the place and time that your camera wrote into it."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    photo_words = forms.CharField(
        label=_("What the photo shows"), required=False, max_length=200, help_text=_("For those who cannot see it.")
    )
    reply = forms.ChoiceField(
        label=_("How may we answer?"), choices=REPLIES, initial="code", required=False, widget=forms.RadioSelect
    )
    email = forms.EmailField(label=_("E-mail"), required=False, help_text=_("Only to answer you about this."))
    phone = forms.CharField(
        label=_("Phone"), required=False, max_length=40, widget=forms.TextInput(attrs={"type": "tel"})
    )
    name = forms.CharField(label=_("How should we call you?"), required=False, max_length=120)
    language = forms.ChoiceField(label=_("Language of your words"), required=False)
    is_public = forms.BooleanField(
        label=_("Others may read this too"),
        required=False,
        help_text=_(
            "Without your name, and only after one of us has looked. Otherwise only the library's people read it."
        ),
    )
    sent_as = forms.UUIDField(required=False, widget=forms.HiddenInput)
    proof_challenge = forms.CharField(required=False, widget=forms.HiddenInput)
    proof_solution = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, branch: Branch | None = None, space: Space | None = None, **kwargs: Any) -> None:
        fresh = {"sent_as": uuid.uuid4(), "proof_challenge": challenge()}
        kwargs["initial"] = {"branch": branch, "space": space, **fresh, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("As I wrote it"))] + [  # type: ignore[attr-defined]
            (code, own_name(code)) for code in languages_spoken()
        ]
        spaces = Space.objects.select_related("branch")
        self.fields["space"].choices = by_branch(  # type: ignore[attr-defined]
            spaces.filter(branch=branch) if branch else spaces
        )
        for name, auto in (("email", "email"), ("phone", "tel"), ("name", "name")):
            self.fields[name].widget.attrs["autocomplete"] = auto

    def clean_photo(self) -> Any:
        upload = self.cleaned_data.get("photo")
        return cleaned_photo(upload) if upload else None

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("reply") != "mail" and "email" in self.errors:
            del self.errors["email"]  # what was begun in a field that is no longer shown holds nobody up
            given["email"] = ""
        if given.get("reply") == "mail" and not given.get("email") and "email" not in self.errors:
            self.add_error(
                "email", ValidationError(_("Write your e-mail address, or choose another way to hear back."))
            )
        if given.get("reply") == "phone" and not given.get("phone"):
            self.add_error("phone", ValidationError(_("Write your phone number, or choose another way to hear back.")))
        space = given.get("space")
        if space and given.get("branch") not in (None, space.branch):
            given["space"] = None
        elif space:
            given["branch"] = space.branch
        return given

    def told(self, *, channel: Channel, detail: str = "", doubts: list[str] | None = None) -> Told:
        given = self.cleaned_data
        way = given.get("reply") or "code"
        return Told(
            words=given["words"],
            fields={
                "kind": given["kind"],
                "branch": given.get("branch"),
                "space": given.get("space"),
                "channel": channel,
                "channel_detail": detail[:60],
                "is_public": given.get("is_public", False),
                "photo_words": given.get("photo_words", ""),
            },
            number=given.get("sent_as"),
            language=given.get("language", ""),
            email=given.get("email", "") if way == "mail" else "",
            phone=given.get("phone", "") if way == "phone" else "",
            name=given.get("name", "") if way != "code" else "",
            photo=given.get("photo"),
            doubts=doubts or [],
        )


def by_branch(spaces: QuerySet[Space]) -> list[Any]:
    """The spaces, each under its branch's name."""
    found: dict[str, list[tuple[int, str]]] = {}
    for space in spaces.order_by("branch__order", "order"):
        found.setdefault(str(space.branch), []).append((space.pk, str(space)))
    return [("", _("Not one part")), *found.items()]


class KioskForm(TellForm):
    """On a screen that everybody uses: no photo, and nothing that the browser would remember."""

    photo = None  # type: ignore[assignment]
    photo_words = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"


CHANNELS = [(c.value, c.label) for c in (Channel.DESK, Channel.PHONE, Channel.PAPER, Channel.MAIL)]


class EntryForm(TellForm):
    """What a colleague writes down for somebody else."""

    channel = forms.ChoiceField(label=_("How did it come?"), choices=CHANNELS, widget=forms.RadioSelect)
    spoken_on = forms.DateField(label=_("On which day?"), widget=forms.DateInput(attrs={"type": "date"}))
    field_order = ["channel", "spoken_on", "branch", "space", "kind", "words", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"spoken_on": timezone.localdate(), "channel": "desk", **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def only_of(self, branches: set[int]) -> None:
        """Nothing but these branches and their parts can be chosen."""
        spaces = Space.objects.select_related("branch").filter(branch__in=branches)
        self.fields["branch"].queryset = Branch.objects.filter(pk__in=branches)  # type: ignore[attr-defined]
        self.fields["space"].queryset = spaces  # type: ignore[attr-defined]
        self.fields["space"].choices = by_branch(spaces)  # type: ignore[attr-defined]

    def clean_spoken_on(self) -> Any:
        day = self.cleaned_data["spoken_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return day


class ContactForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    phone = forms.CharField(
        label=_("or phone"), required=False, max_length=40, widget=forms.TextInput(attrs={"autocomplete": "tel"})
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not given.get("email") and not given.get("phone"):
            raise ValidationError(_("Write one of the two, so that we can reach you."))
        return given


class MoreForm(forms.Form):
    words = forms.CharField(
        label=_("Something to add"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )


class FollowForm(forms.Form):
    code = forms.CharField(
        label=_("Your code"),
        max_length=40,
        help_text=_("It stands on your slip: eight letters and figures."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        return "".join(c for c in self.cleaned_data["code"].upper() if c.isalnum())
