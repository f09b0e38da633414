"""Where somebody lives: a street with a number, or a box at the post office."""

import re
from collections.abc import Iterator

from .letters import CAPITAL

_EN = (
    r"\b(?:(?:Flat|Apt\.?|Apartment|Unit|Suite) ?\w{1,4}, )?"
    rf"\d{{1,5}}[A-Za-z]?,? (?:{CAPITAL}[\w'’.\-]*,? ){{1,3}}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Way|Court|Ct|Place|Pl|Square|Sq|Terrace|"
    r"Crescent|Close|Gardens|Grove|Hill|Row)\b\.?"
    rf"(?:,? (?i:flat|apt\.?|apartment|unit|suite|floor) ?#?\w+)?(?:,? {CAPITAL}\w+(?:,? [A-Z]{{2}})? "
    rf"\d{{5}}(?:-\d{{4}})?)?"
)
_EN_BOX = r"\b(?i:p\.?\s?o\.?\s?box) \d+"
_UK_POST = r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"
_ES = (
    r"\b(?i:calle|c/|avenida|avda\.?|av\.|plaza|pza\.?|paseo|camino|carretera|ronda|travesía)\s?"
    rf"(?:(?:de|del|la|las|los|el) )*(?:{CAPITAL}[\w'’.\-]*(?: (?:de|del|la|las|los|y))*,? ?){{1,4}}"
    r"(?:,? ?(?:n\.?[ºo°]|núm\.?|número))? ?\d{1,4}\w?"
    rf"(?:,? ?\d{{1,2}}\.?[ºª°](?: ?(?:izq|dcha|[A-Z])\b\.?)?)?(?:,? \d{{5}} {CAPITAL}\w+)?"
)
_ES_BOX = r"\b(?i:apartado(?: de correos)?) \d+"
_DE = (
    rf"\b(?:(?:{CAPITAL}[\w\-]*(?i:straße|strasse|str\.|weg|platz|gasse|allee|ufer|ring|damm|markt|steig|stieg))"
    rf"|(?:{CAPITAL}[\w\-]+ (?:Straße|Strasse|Str\.|Platz|Weg|Allee|Ufer|Ring|Damm|Gasse))"
    rf"|(?:(?!Im Jahr)(?:Am|An der|An den|Im|In der|Auf dem|Auf der|Zum|Zur|Unter den) {CAPITAL}[\w\-]+))"
    rf" \d{{1,4}} ?[a-z]?\b(?! (?:Uhr|{CAPITAL}))(?:,? \d{{5}} {CAPITAL}[\w\-]+)?"
)
_DE_BOX = r"\bPostfach \d[\d ]*\d"
_AR_NUMBER = r"(?:،? ?(?:رقم|بناية|مبنى|منزل|بيت|شقة|عمارة) \d{1,4}| \d{1,4}(?=\s*(?:$|[،,.؛]|و|في |قرب )))"
_AR = rf"(?:(?:حي|منطقة) [^\W\d]+،? )?شارع(?: [^\W\d]+){{0,3}}{_AR_NUMBER}+"
_AR_BOX = r"ص\.? ?ب\.? ?:? ?\d+"

_SHAPES = [re.compile(one) for one in (_EN, _EN_BOX, _UK_POST, _ES, _ES_BOX, _DE, _DE_BOX, _AR, _AR_BOX)]


def addresses(words: str) -> Iterator[tuple[int, int]]:
    for shape in _SHAPES:
        for match in shape.finditer(words):
            yield match.span()
