"""How somebody comes to take part, and what they show for it: the same thing shown twice is the same participant."""

from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest

from rapport.deciding.methods.cards import plain
from rapport.deciding.models import Card, CodeCard, MailCode, Participant, Process, ProofKind
from rapport.deciding.ways_in import channel_of, participant_of
from rapport.listening.models import Channel, Voice
from rapport.loop.models import Speaker
from rapport.people.models import Person


class ShownByAnother(Exception):
    """Somebody with another account has shown this before."""


@dataclass
class Coming:
    """Somebody at the door of a process; `known` is the participant that this browser has been so far."""

    process: Process
    channel: str
    known: Participant | None = None
    person: Person | None = None
    language: str = ""

    @classmethod
    def by(cls, request: HttpRequest, process: Process) -> "Coming":
        return cls(
            process=process,
            channel=channel_of(request),
            known=participant_of(request, process),
            person=request.user if request.user.is_authenticated else None,
            language=getattr(request, "LANGUAGE_CODE", ""),
        )

    def as_they_are(self) -> Participant:
        return self.known or Participant.objects.join(
            self.process, channel=self.channel, person=self.person, language=self.language
        )

    def with_mail(self, code: MailCode, figures: str) -> Participant | None:
        """Nobody where the figures are wrong, too late, or were tried too often."""
        if code.process_id != self.process.pk or not code.use(figures):
            return None
        participant = self._showing(ProofKind.MAIL, code.email)
        if code.wants_news:
            participant.hear(Speaker.objects.reached_at(email=code.email, language=code.language))
        return participant

    def with_card(self, number: str) -> Participant | None:
        """Nobody where the library does not know such a card. The number itself is not kept."""
        if not Card.objects.knows(number):
            return None
        return self._showing(ProofKind.CARD, plain(number))

    def with_code(self, typed: str) -> Participant | None:
        """A code card, one's own code from an earlier visit, or the code of something that one told the library."""
        code = plain(typed)
        return self._with_code_card(code) or self._again(code) or self._with_voice(code)

    def _with_code_card(self, code: str) -> Participant | None:
        if not CodeCard.objects.filter(process=self.process, code=code, stopped_at=None).exists():
            return None
        return self._showing(ProofKind.CODE_CARD, code)

    @transaction.atomic
    def _again(self, code: str) -> Participant | None:
        participant = Participant.objects.filter(process=self.process, code=code).first()
        return participant and self._as_one(participant)

    def _with_voice(self, code: str) -> Participant | None:
        """What was told before the process opened counts: nobody gets a second vote by telling something more."""
        told = Voice.objects.filter(code=code, held_at=None, spoken_at__lt=self.process.opening.at)
        voice = told.select_related("speaker").first()
        if voice is None:
            return None
        mail = voice.speaker.email if voice.speaker else ""
        return self._showing(ProofKind.MAIL, mail) if mail else self._showing(ProofKind.VOICE, code)

    @transaction.atomic
    def _showing(self, kind: ProofKind, value: str) -> Participant:
        """Whoever showed this before; else the one who is here, known from now on by what they show."""
        holder = Participant.objects.who_showed(self.process, kind, value)
        if holder is None:
            me = self.as_they_are()
            holder = me.show(kind, value)
            if holder == me:
                return me
            if self.known is None and self.person is None:
                me.delete()  # somebody showed it elsewhere at this very moment
        return self._as_one(holder)

    def _as_one(self, holder: Participant) -> Participant:
        """What was done in this browser before goes along. On a kiosk somebody else may have stood here."""
        me = self.known or (self.as_they_are() if self.person else None)
        if me is None or me == holder or self.channel == Channel.KIOSK:
            return holder
        if me.person_id is None:
            holder.absorb(me)
            return holder
        if holder.person_id is not None:
            raise ShownByAnother
        me.absorb(holder)
        return me
