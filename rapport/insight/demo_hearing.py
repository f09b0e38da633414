"""Whom the demo town wants to hear, where they are met, whom its survey misses, and a quarter's numbers."""

from datetime import timedelta

from django.utils import timezone

from rapport.community.models import Band
from rapport.insight.models import HeedingKind, MissedGroup, Release, Segment, SegmentKind, WhereaboutsKind
from rapport.insight.models.release import quarter_of
from rapport.insight.reaching.looking import look
from rapport.insight.reaching.releasing import release
from rapport.people.models import Person

_SEGMENTS = [
    ("age", "65plus", SegmentKind.BAND, WhereaboutsKind.PARTNER, {
        "en": "The tea at the Harbour centre, Tuesdays at three; ask for Rosa",
        "es": "El té del centro del Puerto, los martes a las tres",
        "ar": "جلسة الشاي في مركز الميناء، الثلاثاء الساعة الثالثة"}),
    ("language", "ar", SegmentKind.LANGUAGE, WhereaboutsKind.LANGUAGE, {
        "en": "Amina and the women's circle on Mill Street, in Arabic",
        "es": "Amina y el círculo de mujeres de Mill Street, en árabe",
        "ar": "أمينة وحلقة النساء في شارع ميل، بالعربية"}),
    ("vehicle", "none", SegmentKind.ACCESS, WhereaboutsKind.PLACE, {
        "en": "The bus station, before eight in the morning",
        "es": "La estación de autobuses, antes de las ocho",
        "ar": "محطة الحافلات قبل الثامنة صباحاً"}),
]  # fmt: skip


def fill(*, by: Person) -> None:
    for dimension, slug, kind, how, where in _SEGMENTS:
        band = Band.objects.filter(dimension__slug=dimension, slug=slug).first()
        if band:
            segment, _is_new = Segment.objects.get_or_create(
                band=band, defaults={"name": band.name, "kind": kind, "by": by}
            )
            segment.meet(where, kind=how, by=by)
    Segment.objects.new_here(by=by)
    look()
    missed = MissedGroup.objects.unheeded().first()
    if missed and MissedGroup.objects.unheeded().count() > 1:
        missed.heed(HeedingKind.ACTION, "Ben takes the questions to them on Tuesday, on paper and large.", by=by)
    last = quarter_of(quarter_of(timezone.localdate()) - timedelta(days=1))
    if not Release.objects.filter(quarter=last).exists():
        release(last, by=by)
