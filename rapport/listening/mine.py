"""What somebody with an account told the library, on their own page: all they left their address with."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from rapport.listening.models import Voice
from rapport.loop.models import Speaker
from rapport.loop.stories import loops_of_many, small_threads
from rapport.people.models import Person

SHOWN = 20


def my_voices(request: HttpRequest | None, person: Person) -> str:
    told = Voice.objects.filter(speaker__in=Speaker.objects.behind(person)).select_related("branch")
    voices = list(told.order_by("-spoken_at", "-pk")[:SHOWN])
    loops = loops_of_many("listening.voice", [voice.pk for voice in voices])
    dots = small_threads(loop for few in loops.values() for loop in few)
    rows = [(voice, [(loop, dots[loop.pk]) for loop in loops.get(voice.pk, [])]) for voice in voices]
    return render_to_string("listening/mine.html", {"rows": rows}, request)
