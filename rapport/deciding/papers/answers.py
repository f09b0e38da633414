"""One question, one answer: yes or no, consent, gradients of agreement."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.deciding.methods.ballots import count

from .paper import BallotForm, BallotPaper, Choice, Marks, Outcome, Said
from .rules import FixedRules

if TYPE_CHECKING:
    from rapport.deciding.models import Option, Poll

ANSWERS: dict[str, dict[str, str | Promise]] = {
    "yes_no": {
        "yes": gettext_lazy("Yes"),
        "no": gettext_lazy("No"),
        "abstain": gettext_lazy("I have no opinion (abstain)"),
    },
    "consent": {
        "consent": gettext_lazy("I consent"),
        "concern": gettext_lazy("I consent, and have a concern"),
        "object": gettext_lazy("I object: this would do harm"),
        "abstain": gettext_lazy("I leave it to the others (abstain)"),
    },
    "gradients": {
        "endorse": gettext_lazy("I like it very much"),
        "agree with a minor point": gettext_lazy("I agree, with a small point"),
        "support with reservations": gettext_lazy("I support it, with reservations"),
        "abstain": gettext_lazy("I have no opinion (abstain)"),
        "more discussion": gettext_lazy("We should talk about it more"),
        "do not like but will support": gettext_lazy("I do not like it, and will go along"),
        "serious disagreement": gettext_lazy("I seriously disagree"),
        "veto": gettext_lazy("I say stop (veto)"),
    },
}
NOTES: dict[str, str | Promise] = {
    "concern": gettext_lazy("It goes ahead. Your concern is noted."),
    "object": gettext_lazy("Say what harm it would do, so that the proposal can be made better."),
    "veto": gettext_lazy("One veto stops it."),
}
WITH_WORDS = {"concern", "object", "veto", "serious disagreement", "more discussion"}
LONGEST = 600


class AnswerForm(BallotForm):
    def set_up(self) -> None:
        choices = [(value, label) for value, label in ANSWERS[self.poll.method].items()]
        lacking = {"required": _("Choose one of the answers.")}
        self.fields["answer"] = forms.ChoiceField(
            label=_("Your answer"), choices=choices, required=not self.is_paper, error_messages=lacking
        )
        if self.takes_words:
            self.fields["why"] = forms.CharField(
                label=_("In your words"),
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("Others may read these words. Write nothing by which you would be known."),
            )

    @property
    def takes_words(self) -> bool:
        return self.poll.method in {"consent", "gradients"}

    @property
    def choices(self) -> list[Choice]:
        chosen = self.said("answer")
        known = ANSWERS[self.poll.method].items()
        return [Choice(value, label, value == chosen, NOTES.get(value, "")) for value, label in known]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("answer") == "object" and not said.get("why") and self.takes_words and not self.is_paper:
            self.add_error("why", _("Say in a sentence what harm it would do. Without a reason nobody can help."))
        return said

    def marks(self) -> dict[str, Any]:
        answer, why = self.cleaned_data.get("answer"), self.cleaned_data.get("why")
        if not answer:
            return {}
        return {"answer": answer, "why": why} if why and answer in WITH_WORDS else {"answer": answer}


class AnswerPaper(BallotPaper):
    form_class: ClassVar[type[BallotForm]] = AnswerForm
    template: ClassVar[str] = "deciding/papers/answer.html"
    printed: ClassVar[str] = "deciding/papers/printed/answer.html"
    wants_options: ClassVar[bool] = False

    def initial(self, marks: Marks) -> dict[str, Any]:
        return dict(marks)

    def how_to(self, poll: "Poll") -> str:
        return _("Choose one answer.")

    def in_words(self, poll: "Poll", options: "Sequence[Option]", marks: Marks) -> list[Said]:
        if not marks.get("answer"):
            return []
        lines = [Said(_("Your answer"), ANSWERS[poll.method][marks["answer"]])]
        return [*lines, Said(_("In your words"), marks["why"])] if marks.get("why") else lines

    def counted(self, rules: FixedRules, ballots: Sequence[Marks]) -> Outcome:
        return count(self.counting, [_answer(one) for one in ballots], rules.beforehand).as_json()

    def result(self, poll: "Poll", options: "Sequence[Option]", outcome: Outcome) -> dict[str, Any]:
        votes: dict[str, int] = next((step["votes"] for step in outcome["steps"] if step["what"] == "counted"), {})
        return {"bars": [(label, votes.get(answer, 0)) for answer, label in ANSWERS[self.method].items()]}

    def titles(self, options: "Sequence[Option]", outcome: Outcome) -> dict[str, str]:
        return {answer: str(label) for answer, label in ANSWERS[self.method].items()}

    def header(self, rules: FixedRules) -> list[str]:
        return ["answer"]

    def line(self, rules: FixedRules, marks: Marks) -> list[str]:
        return [_answer(marks)]


def _answer(marks: Marks) -> str:
    return str(marks.get("answer") or "abstain")
