from django import forms
from django.utils.translation import gettext_lazy as _


class MailForm(forms.Form):
    email = forms.EmailField(
        label=_("Your mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"})
    )
    wants_news = forms.BooleanField(label=_("Write to me when it goes on, and what comes of it"), required=False)


class FiguresForm(forms.Form):
    figures = forms.CharField(
        label=_("The six figures from our letter"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "dir": "ltr", "class": "code-field"}
        ),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Your code"),
        max_length=20,
        help_text=_("Eight letters and figures. Capital or small, with or without the dash: all is well."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "dir": "ltr", "class": "code-field"}
        ),
    )


class CardForm(forms.Form):
    number = forms.CharField(
        label=_("The number of your library card"),
        max_length=40,
        help_text=_("We check it and do not keep it."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"}),
    )


class FollowForm(forms.Form):
    email = forms.EmailField(
        label=_("Your mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"})
    )


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("The name that others read beside what you write"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
