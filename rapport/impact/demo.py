"""What the demo town has reported back: things done, and one that could not be."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from rapport.impact.models import Headline, Report
from rapport.insight.models import Need
from rapport.people.models import Person

Said = dict[str, str]

REPORTS: dict[str, tuple[int, bool, Said, Said, Said]] = {  # topic: days ago, could, said, did, because
    "sunday": (
        200,
        True,
        {
            "en": "We work all week. Sunday is the only day when the whole family can come.",
            "es": "Trabajamos toda la semana. El domingo es el único día en que puede venir toda la familia.",
            "ar": "نعمل طوال الأسبوع، والأحد هو اليوم الوحيد الذي تستطيع فيه الأسرة كلها المجيء.",
        },
        {
            "en": "Riverside opens on Sundays from one to five. On most Sundays about ninety people come.",
            "es": "Riverside abre los domingos de una a cinco. Casi todos los domingos vienen unas noventa personas.",
            "ar": "تفتح ريفرسايد أيام الأحد من الواحدة إلى الخامسة، ويأتي في معظمها نحو تسعين شخصاً.",
        },
        {},
    ),
    "ramp": (
        95,
        True,
        {
            "en": "The side door has a step, and I cannot get my wheelchair in without help.",
            "es": "La puerta lateral tiene un escalón y no puedo entrar con la silla de ruedas sin ayuda.",
            "ar": "عند الباب الجانبي درجة، ولا أستطيع الدخول بالكرسي المتحرك من دون مساعدة.",
        },
        {
            "en": "Mill Street has a ramp and a door that opens by itself. Two of you tried it before it was finished.",
            "es": "Mill Street tiene una rampa y una puerta automática. Dos de ustedes la probaron antes del final.",
            "ar": "في ميل ستريت الآن منحدر وباب يفتح آلياً، وجرّبه اثنان منكم قبل اكتماله.",
        },
        {},
    ),
    "wifi": (
        100,
        False,
        {
            "en": "We do our forms in the car at night because there is no internet at home.",
            "es": "Hacemos los trámites en el coche de noche porque en casa no hay internet.",
            "ar": "نملأ استماراتنا في السيارة ليلاً لأنه لا إنترنت في البيت.",
        },
        {
            "en": "The wifi inside now stays on until closing, and twelve hotspots can be borrowed.",
            "es": "El wifi interior funciona hasta el cierre y se prestan doce puntos de acceso.",
            "ar": "تبقى الشبكة في الداخل تعمل حتى الإغلاق، ويمكن استعارة اثني عشر جهاز اتصال.",
        },
        {
            "en": "A mast for the car park costs 30,000, and the town plans its own in two years.",
            "es": "Una antena para el aparcamiento cuesta 30 000 y el municipio planea la suya en dos años.",
            "ar": "يكلف برج لموقف السيارات ٣٠٠٠٠، والبلدية تخطط لبرجها خلال عامين.",
        },
    ),
}


def fill(*, by: Person, needs: Mapping[str, Need]) -> None:
    for topic, (days, could, said, did, because) in REPORTS.items():
        if topic in needs:
            at = timezone.now() - timedelta(days=days)
            loop = needs[topic].loop
            Report.objects.publish(loop, said=said, did=did, because=because, could=could, by=by, at=at)
    Headline.objects.take()
