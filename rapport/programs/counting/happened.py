"""What happened, read out of the database as the plain values that the statistics count."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.db.models import Exists, OuterRef, QuerySet, Sum
from django.utils import timezone

from rapport.places.models import Branch
from rapport.programs.methods.statistics import Audience, Happening, Kind, Place, Recording
from rapport.programs.models import Cancellation, Estimate, Form, PastCount, Session, Setting
from rapport.programs.models import Recording as PostedRecording

_KINDS = {
    Form.LIVE: Kind.SESSION,
    Form.CLUB: Kind.SESSION,
    Form.ONE_TO_ONE: Kind.ONE_TO_ONE,
    Form.SELF_DIRECTED: Kind.SELF_DIRECTED,
    Form.OUTREACH: Kind.OUTREACH,
}
_PLACES = {Setting.ONSITE: Place.ONSITE, Setting.OFFSITE: Place.OFFSITE, Setting.VIRTUAL: Place.NOWHERE}
SESSION, PAST, RECORDING = "session", "past", "recording"


def happened(first: date, last: date, branch: Branch | None = None) -> list[Happening]:
    """The dates of the period that are over, whatever ledger they belong to, and what sheets of earlier years say.

    Of one branch: without what was online only, which belongs to the library as a whole (FY 2024, element 608).
    """
    return [*_sessions(first, last, branch), *_past(first, last, branch)]


def recordings(first: date, last: date, branch: Branch | None = None) -> list[Recording]:
    """What was posted in the period; recordings too belong to the library as a whole."""
    if branch is not None:
        return []
    rows = PostedRecording.objects.filter(posted_on__range=(first, last)).prefetch_related("views")
    return [
        Recording(f"{RECORDING}-{one.pk}", one.posted_on, {view.platform: view.count for view in one.views.all()})
        for one in rows.order_by("posted_on", "pk")
    ]


def sessions_between(first: date, last: date) -> QuerySet[Session]:
    begins, ends = (timezone.make_aware(datetime.combine(day, at)) for day, at in ((first, time.min), (last, time.max)))
    return Session.objects.filter(starts_at__range=(begins, ends), ends_at__lt=timezone.now())


def _sessions(first: date, last: date, branch: Branch | None) -> Iterator[Happening]:
    rows = sessions_between(first, last)
    if branch is not None:
        rows = rows.filter(branch=branch).exclude(setting=Setting.VIRTUAL)
    rows = rows.annotate(
        heads=Sum("headcounts__count"),
        is_off=Exists(Cancellation.objects.filter(session=OuterRef("pk"))),
        guessed=Exists(Estimate.objects.filter(session=OuterRef("pk"))),
    )
    facts = ("pk", "starts_at", "audience", "setting", "form", "is_sponsored", "is_hybrid")
    for row in rows.order_by("starts_at", "pk").values(
        *facts, "heads", "online_count__count", "is_off", "guessed", "program__published_at"
    ):
        heads, afar = row["heads"], row["online_count__count"]
        if row["program__published_at"] is None and heads is None and afar is None:
            continue  # it was only ever planned
        nowhere = row["setting"] == Setting.VIRTUAL
        yield Happening(
            key=f"{SESSION}-{row['pk']}",
            day=timezone.localdate(row["starts_at"]),
            audience=Audience(row["audience"] or Audience.GENERAL.value),
            place=_PLACES[Setting(row["setting"])],
            in_person=None if nowhere else heads,
            online=(heads if afar is None else afar) if nowhere else afar,
            kind=_KINDS[Form(row["form"])],
            is_sponsored=row["is_sponsored"],
            took_place=not row["is_off"],
            is_hybrid=row["is_hybrid"] and not nowhere,
            is_estimate=row["guessed"],
        )


def _past(first: date, last: date, branch: Branch | None) -> Iterator[Happening]:
    rows = PastCount.objects.filter(first__range=(first, last))
    if branch is not None:
        rows = rows.filter(branch=branch).exclude(setting=Setting.VIRTUAL)
    for one in rows:
        nowhere = one.setting == Setting.VIRTUAL
        yield Happening(
            key=f"{PAST}-{one.pk}",
            day=one.first,
            audience=Audience(one.audience),
            place=_PLACES[Setting(one.setting)],
            in_person=None if nowhere else one.attendance,
            online=one.attendance if nowhere else None,
            times=one.events,
        )
