"""What the demo town speaks of now: a wish that is new and a theme that rises, in the digests of the last weeks."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django.utils import timezone, translation

from rapport.insight.digesting import last_whole_week, what_changed
from rapport.insight.models import Digest, DigestReader, Theme
from rapport.listening.models import Channel, Voice, VoiceKind
from rapport.people.models import Person
from rapport.places.models import Branch

_WEEKS = 6
_NEW = (  # (words, language): what nobody said before last week
    ("Could we borrow a sewing machine from the library, like a book?", "en"),
    ("A sewing machine that goes from house to house would save us all money.", "en"),
    ("My school play needs costumes and nobody here owns a sewing machine.", "en"),
    ("Is there a sewing machine that the library lends? I would mend our curtains.", "en"),
    ("I can show people how to thread a sewing machine, if you have one.", "en"),
    ("Lend things too: a drill, a tent, a sewing machine.", "en"),
    ("The repair evening was good. Next time bring a sewing machine, please.", "en"),
    ("¿Prestan máquinas de coser? En casa no cabe una.", "es"),
)
_RISING = (  # what more people say than in other weeks, of a theme that is there
    ("In the heat of this week nobody could sit in the garden. It has no shade at all.", "en"),
    ("Please put a sail over the benches in the garden before the next hot days.", "en"),
    ("The garden is lovely until eleven. Then the sun sends everybody in.", "en"),
    ("We brought our own umbrella to the reading garden. It should have trees.", "en"),
    ("Con este calor el jardín está vacío a mediodía. Hace falta sombra.", "es"),
    ("El banco del jardín quema. Un toldo bastaría.", "es"),
    ("لا يمكن الجلوس في الحديقة ظهراً من شدة الحر.", "ar"),
    ("The garden gate was open at noon and not one of the chairs was in the shade.", "en"),
    ("Two of us would plant a tree in the garden, if we may.", "en"),
)
_ANSWERS = {
    "en": "Thank you. Several of you said the same this week; we look into it and tell you what comes of it.",
    "es": "Gracias. Varias personas dijeron lo mismo esta semana; lo estudiamos y les contaremos qué resulta.",
    "ar": "شكراً لكم. قال عدد منكم الشيء نفسه هذا الأسبوع، وسننظر فيه ونخبركم بما يكون.",
}
_SHADE = "Shade in the garden"


def fill(cast: Mapping[str, Person]) -> None:
    week, by = last_whole_week(), cast["ben"]
    branches = list(Branch.objects.all())
    with translation.override("en"):
        shade = next((theme for theme in Theme.objects.current() if str(theme) == _SHADE), None)
    for number, (words, language) in enumerate(_NEW):
        _hear(words, language, number, branches[number % len(branches)], by)
    rising = [_hear(words, language, number, branches[0], by) for number, (words, language) in enumerate(_RISING)]
    if shade:
        shade.add([voice.pk for voice in rising], by=by)
    for before in range(_WEEKS, -1, -1):
        monday = week - timedelta(weeks=before)
        Digest.objects.write(monday, what_changed(monday))
    DigestReader.objects.get_or_create(person=cast["mona"])


def _hear(words: str, language: str, number: int, branch: Branch, by: Person) -> Voice:
    """Somebody said it last week, and most of it was answered already."""
    day = last_whole_week() + timedelta(days=number % 6)
    at = timezone.make_aware(datetime.combine(day, time(10 + number % 8, 7 * number % 60)))
    voice = Voice(
        kind=VoiceKind.SUGGESTION,
        words=words,
        language=language,
        branch=branch,
        channel=(Channel.WEB, Channel.KIOSK, Channel.POSTER)[number % 3],
        spoken_at=at,
    ).save_as_heard()
    voice.acknowledge(at=at + timedelta(hours=4))
    if number % 4:
        voice.answer(_ANSWERS[language], by=by, at=at + timedelta(days=1))
    return voice
