"""Answers are sent in: once, however often it is pressed, and with a name only where that was said before."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from rapport.loop.models import Speaker
from rapport.people.models import Person
from rapport.surveys.forms import NamedForm
from rapport.surveys.models import AlreadyAnswered, Invitation, QuotaFull
from rapport.surveys.walk import Walk

from .frame import show


@dataclass
class Who:
    """Who answers a named survey: an account, whoever was invited, or an address written at the end."""

    language: str
    person: Person | None = None
    invitation: Invitation | None = None
    form: NamedForm | None = None

    @property
    def is_known(self) -> bool:
        return self.form is None or self.form.is_valid()

    @property
    def words(self) -> str:
        return str(self.person or self.invitation or "")

    def speaker(self) -> Speaker | None:
        if self.invitation is not None:
            name, email = self.invitation.name, self.invitation.email
        elif self.form is not None:
            name, email = self.form.cleaned_data["name"], self.form.cleaned_data["email"]
        else:
            return Speaker.objects.reached_at(person=self.person, language=self.language)
        return Speaker.objects.reached_at(email=email, name=name, language=self.language)


def who_answers(request: HttpRequest, walk: Walk) -> Who | None:
    """None where answers are kept without a name."""
    language = walk.sitting.language.split("-")[0]
    if not walk.sitting.survey.is_named:
        return None
    if walk.sitting.invitation is not None and walk.sitting.invitation.email:
        return Who(language, invitation=walk.sitting.invitation)
    if walk.way.frame == "page" and isinstance(request.user, Person):
        return Who(language, person=request.user)
    return Who(language, form=NamedForm(request.POST if request.method == "POST" else None))


def send(request: HttpRequest, walk: Walk, speaker: Speaker | None = None) -> HttpResponse:
    sitting, language = walk.sitting, walk.sitting.language
    if (lacking := walk.lacking()) is not None:
        return redirect(f"{walk.url(lacking)}?look=1")
    if not sitting.may_be_sent:
        return show(request, "instead", walk.way, language, why="over")
    try:
        sitting.send(walk.row, speaker=speaker)
    except QuotaFull as full:
        return show(request, "instead", walk.way, language, why="full", quota=full.quota)
    except AlreadyAnswered:
        return show(request, "instead", walk.way, language, why="answered")
    return redirect(walk.way.thanks(language))
