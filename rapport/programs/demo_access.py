"""What people in the demo town asked for to take part: some arranged, some to be found still."""

from datetime import timedelta

from django.utils import timezone

from rapport.people.models import Person
from rapport.programs.models import AccommodationRequest, Aid, AidState, Program, Session, Worked


def ask(programs: dict[str, Program], by: Person) -> None:
    now = timezone.now()
    coming = {name: program.sessions.coming(now).first() for name, program in programs.items()}
    over = {name: program.sessions.filter(ends_at__lt=now).last() for name, program in programs.items()}
    if session := coming.get("film"):
        made = _asked(
            session, [Aid.SIGN_LANGUAGE, Aid.PLACE], "Rosa", "ASL. I would like to see the screen and the interpreter."
        )
        task = made.tasks.get(aid=Aid.PLACE)
        task.see_to(owner=by)
        task.settle(AidState.ARRANGED, "A seat in the second row, on the left, has your name on it.", by=by)
        made.tasks.get(aid=Aid.SIGN_LANGUAGE).see_to(owner=by, provider="County interpreters")
    if session := coming.get("computer"):
        _asked(session, [Aid.LARGE_PRINT], "Edith", "")
    if session := over.get("film"):
        _over(session, by)


def _asked(session: Session, aids: list[Aid], name: str, words: str, days: int = 2) -> AccommodationRequest:
    at = min(timezone.now(), session.starts_at) - timedelta(days=days)
    email = f"{name.lower()}@example.org"
    return AccommodationRequest.objects.ask(session, aids, at=at, words=words, name=name, email=email, language="en")


def _over(session: Session, by: Person) -> None:
    made = _asked(session, [Aid.LISTENING], "Omar", "", days=6)
    task = made.tasks.get()
    task.see_to(owner=by, provider="Our own receivers", cost=0)
    task.settle(AidState.ARRANGED, "Ask for the receiver at the desk: it is charged.", by=by, at=session.starts_at)
    made.thank(Worked.YES, "I heard every word.")
