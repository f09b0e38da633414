"""Sessions in the words of schema.org, for search engines and for whoever gathers what is on in a town."""

import json
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from rapport.places.models import Branch
from rapport.programs.models import Access, Band, Form, Session, Setting

_AGES = {Band.AGES_0_5: "0-5", Band.AGES_6_11: "6-11", Band.AGES_12_18: "12-18", Band.ADULTS: "19-"}
_CHILDREN = {Band.AGES_0_5, Band.AGES_6_11}
_SUBTYPES = (  # by the topic's slug; the first that fits
    ({"reading", "novels", "poetry", "comics", "folk-tales", "writing", "storytime"}, "LiteraryEvent"),
    ({"film", "films", "movies", "film-and-tv"}, "ScreeningEvent"),
    ({"arts-and-making", "arts", "photography"}, "VisualArtsEvent"),
    ({"music"}, "MusicEvent"),
    ({"theatre", "theater", "performing-arts"}, "TheaterEvent"),
    ({"cooking", "food"}, "FoodEvent"),
    ({"games", "crafts", "textiles", "living-together"}, "SocialEvent"),
)
# https://schema.org/accessibilityFeature is for works; an event says it in words and, where there is one, by name.
_FEATURES = {
    Access.CAPTIONS: "captions",
    Access.SIGN_LANGUAGE: "signLanguage",
    Access.LARGE_PRINT: "largePrint",
    Access.STEP_FREE: "wheelchairAccessible",
    Access.HEARING_LOOP: "hearingLoop",
}


def structured(session: Session) -> SafeString:
    """As a block of data in the page: no script runs in it, and nothing in it can end it."""
    words = json.dumps(event(session), ensure_ascii=False)
    safe = words.replace("<", "\\u003C").replace(">", "\\u003E").replace("&", "\\u0026")
    return mark_safe(f'<script type="application/ld+json">{safe}</script>')


def event(session: Session, topics: "set[str] | None" = None) -> dict[str, Any]:
    off, url = session.called_off, settings.HOUSE.address + session.get_absolute_url()
    if topics is None:
        topics = set(session.program.topics.values_list("slug", flat=True))
    seating = getattr(session, "seating", None)
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": subtype(session, topics),
        "@id": url,
        "url": url,
        "name": str(session),
        "description": str(session.about or session.program.about),
        "startDate": timezone.localtime(session.starts_at).isoformat(),
        "endDate": timezone.localtime(session.ends_at).isoformat(),
        "eventStatus": f"https://schema.org/{'EventCancelled' if off else 'EventScheduled'}",
        "eventAttendanceMode": f"https://schema.org/{_mode(session)}EventAttendanceMode",
        "location": _locations(session),
        "inLanguage": session.language,
        "typicalAgeRange": _AGES.get(Band(session.audience)) if session.audience in Band.values else None,
        "isAccessibleForFree": not session.cost,
        "offers": _offer(session, url),
        "organizer": {"@type": "Library", "name": settings.HOUSE.library, "url": settings.HOUSE.address},
        "accessibilityFeature": [_FEATURES.get(Access(code), code) for code in session.access if code in Access.values],
        "maximumAttendeeCapacity": session.capacity,
        "remainingAttendeeCapacity": max(0, seating.free) if seating else None,
    }
    return {name: value for name, value in said.items() if value not in (None, "", [])}


def subtype(session: Session, topics: set[str]) -> str:
    """The type of schema.org that says most of it: there is none for libraries."""
    if session.audience in _CHILDREN:
        return "ChildrensEvent"
    by_topic = next((name for slugs, name in _SUBTYPES if slugs & topics), None)
    if by_topic:
        return by_topic
    return "SocialEvent" if session.form == Form.CLUB else "EducationEvent"


def _mode(session: Session) -> str:
    if session.setting == Setting.VIRTUAL:
        return "Online"
    return "Mixed" if session.is_hybrid else "Offline"


def _locations(session: Session) -> Any:
    online = {"@type": "VirtualLocation", "url": settings.HOUSE.address + session.get_absolute_url()}
    if session.setting == Setting.VIRTUAL:
        return online
    place = _place(session.branch, session)
    return [place, online] if session.is_hybrid else place


def _place(branch: Branch | None, session: Session) -> dict[str, Any]:
    if branch is None:
        return {"@type": "Place", "name": session.where, "address": session.where}
    said: dict[str, Any] = {"@type": "Library", "name": session.where, "address": branch.address or str(branch)}
    if branch.latitude is not None and branch.longitude is not None:
        said["geo"] = {"@type": "GeoCoordinates", "latitude": branch.latitude, "longitude": branch.longitude}
    return said


def _offer(session: Session, url: str) -> dict[str, Any]:
    if session.cost:
        return {"@type": "Offer", "url": url, "description": str(session.cost)}
    seating = getattr(session, "seating", None)
    is_full = seating is not None and seating.free <= 0
    stock = f"https://schema.org/{'SoldOut' if is_full else 'InStock'}"
    return {"@type": "Offer", "price": 0, "priceCurrency": "USD", "availability": stock, "url": url}
