"""Every part in every state, for the page of parts. The words are those of the demo town."""

import datetime
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from rapport.ui.charts import Bar, Series, bars, line
from rapport.ui.forms import RadioCards, Sentence
from rapport.ui.listing import Column, Listing
from rapport.ui.parts import Crumb, Mark, Step, Tab
from rapport.ui.thread import Knot

KINDS = [("concern", "A concern"), ("question", "A question"), ("suggestion", "A suggestion"), ("praise", "Praise")]
BRANCHES = [("", "all branches"), ("riverside", "Riverside"), ("hillside", "Hillside")]


class Asking(forms.Form):
    kind = forms.ChoiceField(
        label="What is it?",
        choices=KINDS,
        widget=RadioCards(
            notes={"concern": "Something is not right", "suggestion": "Something could be better"},
            icons={
                "concern": "triangle-alert",
                "question": "message-circle",
                "suggestion": "lightbulb",
                "praise": "heart",
            },
        ),
    )
    words = forms.CharField(
        label="In your own words",
        help_text="Any language. We keep it as you write it.",
        widget=forms.Textarea,
        max_length=300,
    )
    branch = forms.ChoiceField(label="Which library?", choices=BRANCHES, required=False)
    email = forms.EmailField(label="E-mail", help_text="Only to answer you.", required=False)
    when = forms.DateField(label="When was it?", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    photo = forms.FileField(label="A photo", required=False)
    how = forms.MultipleChoiceField(
        label="How may we answer?",
        choices=[("mail", "By e-mail"), ("phone", "By phone"), ("code", "I will look with my code")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    public = forms.BooleanField(label="Others may read this", required=False, help_text="Without your name.")


class Narrowing(Sentence):
    app_label = forms.ChoiceField(label="show", choices=[("", "everything"), ("auth", "keys"), ("sessions", "visits")])
    first = forms.BooleanField(label="only the first")

    def narrow_first(self, rows: QuerySet[ContentType], value: bool) -> QuerySet[ContentType]:
        return rows.filter(pk__lte=3)


def story() -> list[Knot]:
    day = datetime.date(2026, 9, 3)
    after = datetime.timedelta
    said = "Amina wrote this at the Riverside kiosk."
    asked = "We asked, 212 people answered, and the yard will be open until eight."
    why_not = "The school uses the yard until three, so the benches come out after that."
    return [
        Knot("“There is nowhere to sit in the shade”", "done", day, said, "#", "listen"),
        Knot("A place outside that is cool", "done", day + after(9), "14 people said it.", "#", "understand", "Ben"),
        Knot(
            "Should the yard become a reading garden?", "done", day + after(30), asked, "#", "decide", "Library board"
        ),
        Knot("Benches in the yard on weekdays", "declined", day + after(33), why_not, "", "decide"),
        Knot("A garden on trial", "present", day + after(41), "Two of six weeks are over.", "#", "deliver", "Chen"),
        Knot("What came of it", "owed", stage="measure"),
        Knot("Everyone who spoke is told", "owed", stage="told"),
    ]


def loop() -> list[Knot]:
    names = ["Listen", "Understand", "Decide", "Deliver", "Measure", "Report back"]
    words = [
        "12 new voices",
        "3 themes to look at",
        "1 question open",
        "2 programs",
        "1 review due",
        "4 loops to close",
    ]
    states = ["done", "done", "present", "present", "owed", "owed"]
    return [Knot(n, s, words=w, url="#") for n, s, w in zip(names, states, words, strict=True)]  # type: ignore[arg-type]


def house_list(request: HttpRequest) -> Listing[ContentType]:
    columns = [
        Column("thing", "Thing", "name"),
        Column("area", "Area", "app_label", sort="app_label"),
        Column("number", "Number", "pk", sort="pk", number=True),
    ]
    rows = ContentType.objects.order_by("app_label", "model")
    return Listing(request, rows, columns=columns, filters=Narrowing, search=["model", "app_label"], per_page=8)


def everything() -> dict[str, Any]:
    now = timezone.now()
    wrong = Asking({"kind": "nonsense", "words": "", "email": "amina at home"})
    return {
        "story": story(),
        "short_story": story()[:2],
        "closed": [
            Knot("", "done", stage=s)
            for s in ("listen", "understand", "decide", "deliver", "measure", "report", "told")
        ],
        "refused": [
            Knot("", "done", stage="listen"),
            Knot("", "declined", stage="decide"),
            Knot("", "done", stage="told"),
        ],
        "loop": loop(),
        "asking": Asking(auto_id="ask_%s", initial={"kind": "suggestion"}),
        "wrong": wrong,
        "clocks": [
            now + datetime.timedelta(days=3),
            now + datetime.timedelta(hours=5),
            now - datetime.timedelta(days=2),
        ],
        "now": now,
        "crumbs": [Crumb("Desk", "#"), Crumb("Inbox", "#"), Crumb("Shade in the yard")],
        "tabs": [Tab("To answer", "#", True, 12), Tab("Waiting", "#", count=3), Tab("All", "#")],
        "steps": [Step("What", "done", "#"), Step("Where", "present"), Step("How to answer you", "owed")],
        "codes": ["en", "es", "ar"],
        "marks": [Mark("accessibility", "Step-free"), Mark("ear", "Hearing loop"), Mark("leaf", "Quiet hour")],
        "bars": bars(
            "What people wrote about",
            [Bar("Opening hours", 42), Bar("A place to sit in the shade", 31), Bar("Noise", 12), Bar("Toilets", None)],
            summary="Opening hours came up most often this autumn.",
            header=("Theme", "Voices"),
        ),
        "line": line(
            "Voices and answers",
            ["June", "July", "August", "September", "October"],
            [Series("Voices", [12, 30, 26, 41, 38]), Series("Answers", [8, 22, None, 39, 38])],
            summary="Since September nearly every voice was answered.",
            what="Month",
        ),
    }
