"""What followers are told of phases: that one begins, and once, before people have chosen, that there is still time."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rapport.deciding.models import Notice, Participant, Phase, PhaseKind, Poll, Proof, ProofKind, Turnout
from rapport.deciding.models.participant import ParticipantQuerySet, digest
from rapport.lib.later import can_wait
from rapport.loop.models import Speaker, Turn
from rapport.messaging.models import Letter

REMIND_BEFORE = timedelta(days=3)
LEAST_OPEN = timedelta(days=2)  # whoever was told of it yesterday needs no reminder today


@can_wait
def announce_phases(now: datetime | None = None) -> int:
    """Tell what is new. Run twice, or by two at once, each thing is told once; answers with how many notices."""
    now = now or timezone.now()
    running = Phase.objects.open(now).public().filter(process__decision__closing=None)
    running = running.select_related("process__decision__loop", "process__decision__branch", "process__opening")
    begun = running.exclude(notices__kind=Notice.Kind.BEGAN)
    ending = running.filter(kind=PhaseKind.CHOOSE, closes_at__lte=now + REMIND_BEFORE, opens_at__lte=now - LEAST_OPEN)
    told = [announce(phase) for phase in begun]
    told += [remind(phase) for phase in ending.exclude(notices__kind=Notice.Kind.ENDS_SOON)]
    return sum(told)


def announce(phase: Phase, *, at: datetime | None = None) -> bool:
    """Tell everyone who follows that this part has begun; not beside the word that the question itself is asked."""
    try:
        with transaction.atomic():
            notice = Notice.objects.create(phase=phase, kind=Notice.Kind.BEGAN, at=at or timezone.now())
            process = phase.process
            if process.was_asked_before or phase.opens_at > process.opening.at:
                loop = process.decision.loop
                notice.told = loop.heard.to_be_told().count()
                notice.save(update_fields=["told"])
                loop.record(Turn.WENT_ON, _words(phase), by=None, thing=process.decision, at=at)
    except IntegrityError:
        return False  # somebody else has told it at this very moment
    return True


def _words(phase: Phase) -> dict[str, str]:
    words = {}
    for language in settings.HOUSE.languages:
        with translation.override(language):
            said = {"phase": str(phase), "day": date_format(phase.last_day, "DATE_FORMAT")}
            words[language] = _("%(phase)s: until %(day)s") % said
    return words


def remind(phase: Phase) -> bool:
    """Write once to those who follow and have not voted; where there is no vote, nobody is written to."""
    if not Poll.objects.filter(phase=phase).exists():
        return False
    voted = Turnout.objects.filter(poll__phase=phase)
    try:
        with transaction.atomic():
            notice = Notice.objects.create(phase=phase, kind=Notice.Kind.ENDS_SOON)
            have_voted = Participant.objects.filter(pk__in=voted.values("participant"))
            for speaker in _not_yet(phase, have_voted):
                _write(phase, speaker)
                notice.told += 1
            notice.save(update_fields=["told"])
    except IntegrityError:
        return False
    return True


def _not_yet(phase: Phase, have_voted: ParticipantQuerySet) -> list[Speaker]:
    """Whoever voted is known by the speaker, by the account, or by the address that they showed."""
    speakers = set(have_voted.values_list("speaker", flat=True))
    people = set(have_voted.values_list("person", flat=True))
    shown = set(Proof.objects.filter(participant__in=have_voted, kind=ProofKind.MAIL).values_list("digest", flat=True))
    heard = phase.process.decision.loop.heard.to_be_told().select_related("speaker").order_by("pk")
    return [
        one.speaker
        for one in heard
        if one.speaker.email
        and one.speaker_id not in speakers
        and (one.speaker.person_id is None or one.speaker.person_id not in people)
        and digest(phase.process, one.speaker.email) not in shown
    ]


def _write(phase: Phase, speaker: Speaker) -> None:
    decision = phase.process.decision
    stop = reverse("messaging:stop", args=[speaker.secret])
    with translation.override(speaker.language):
        words = {
            "question": decision.question,
            "phase": phase,
            "day": date_format(phase.last_day, "DATE_FORMAT"),
            "url": settings.HOUSE.address + decision.get_absolute_url(),
            "library": settings.HOUSE.library,
        }
        Letter.objects.write(
            f"deciding.ends:{phase.pk}:{phase.last_day:%Y%m%d}:{speaker.pk}",
            subject=_("Until %(day)s you can choose: %(question)s") % words,
            text=render_to_string("deciding/letters/ends_soon.txt", words),
            language=speaker.language,
            speaker=speaker,
            branch=decision.branch,
            stop_url=f"{settings.HOUSE.address}{stop}?loop={decision.loop_id}",
        )
