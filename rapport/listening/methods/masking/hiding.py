from collections.abc import Iterable

from .finding import Found, Kind

LABELS: dict[str, dict[Kind, str]] = {
    "en": {
        Kind.EMAIL: "[mail address]",
        Kind.CARD: "[number]",
        Kind.PHONE: "[phone]",
        Kind.BIRTH: "[birthday]",
        Kind.ADDRESS: "[address]",
        Kind.NAME: "[name]",
    },
    "es": {
        Kind.EMAIL: "[correo]",
        Kind.CARD: "[número]",
        Kind.PHONE: "[teléfono]",
        Kind.BIRTH: "[fecha de nacimiento]",
        Kind.ADDRESS: "[dirección]",
        Kind.NAME: "[nombre]",
    },
    "de": {
        Kind.EMAIL: "[E-Mail]",
        Kind.CARD: "[Nummer]",
        Kind.PHONE: "[Telefon]",
        Kind.BIRTH: "[Geburtsdatum]",
        Kind.ADDRESS: "[Anschrift]",
        Kind.NAME: "[Name]",
    },
    "ar": {
        Kind.EMAIL: "[بريد]",
        Kind.CARD: "[رقم]",
        Kind.PHONE: "[هاتف]",
        Kind.BIRTH: "[تاريخ ميلاد]",
        Kind.ADDRESS: "[عنوان]",
        Kind.NAME: "[اسم]",
    },
}


def hidden(words: str, found: Iterable[Found], language: str = "en") -> str:
    """The words with a label in place of each stretch, in their own language where it is known."""
    labels = LABELS.get(language[:2], LABELS["en"])
    parts, end = [], 0
    for one in sorted(found, key=lambda one: one.start):
        parts += [words[end : one.start], labels[one.kind]]
        end = one.end
    return "".join([*parts, words[end:]])
