"""The words beside which a name stands, in English, Spanish and German; Arabic, without capitals, is for itself."""

import re

from .letters import NAME, WHOLE_NAME

_RELATED = (
    r"husband|wife|son|daughter|brother|sister|mother|father|mom|mum|dad|grandmother|grandfather|grandson|"
    r"granddaughter|"
    r"aunt|uncle|cousin|niece|nephew|neighbou?r|friend|partner|boyfriend|girlfriend|boss|teacher|doctor|nurse|"
    r"carer|colleague"
)
_STAFF = (
    r"librarian|staff member|volunteer|lady|gentleman|guy|woman|clerk|assistant|colleague|manager|supervisor|employee|"
    r"receptionist|janitor|caretaker|cleaner|security guard"
)
_ES_RELATED = (
    r"hij[oa]|marido|espos[oa]|mujer|herman[oa]|vecin[oa]|amig[oa]|compañer[oa]|madre|padre|abuel[oa]|niet[oa]|"
    r"tí[oa]|prim[oa]|"
    r"sobrin[oa]|novi[oa]|jef[ea]|suegr[oa]"
)
_ES_STAFF = (
    r"bibliotecari[oa]|emplead[oa]|chic[oa]|profesora?|"
    r"voluntari[oa]|trabajador[a]?|encargad[oa]|recepcionista|becari[oa]|conserje"
)
_DE_RELATED = (
    r"Tochter|Sohn|Mann|Frau|Mutter|Vater|Bruder|Schwester|Oma|Opa|Nachbarin|Nachbar|Freundin|Freund|Partnerin|"
    r"Partner|Enkelin|"
    r"Enkel|Tante|Onkel|Cousine|Cousin|Kollegin|Kollege|Chefin|Chef"
)
_DE_STAFF = (
    r"Mitarbeiterin|Mitarbeiter|Kollegin|Kollege|Kollegen|Bibliothekarin|Bibliothekar|Lehrerin|Lehrer|"
    r"Praktikantin|Praktikant|"
    r"Ehrenamtliche|Leiterin|Leiter|Hausmeisterin|Hausmeister"
)
_TITLES = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sr|Sra|Srta|Dra|D|Fr|Hr)\.? "

_BY = [
    # one word is enough
    rf"(?i:my name is|my name'?s|name ?:|i'?m called|signed:?|contact ?:|me llamo|mi nombre es|firmad[oa]:?|"
    rf"contacto ?:|conmigo ?:|"
    rf"mein name ist|ich hei(?:ß|ss)e|gez\.|kontakt ?:) (?P<name>{NAME})",
    rf"\b(?P<name>(?:Mr|Mrs|Ms|Mx|Dr|Prof|Sra|Srta|Sr|Dra)\b\.? {NAME})",
    rf"\b(?i:miss) (?P<name>{NAME})(?= (?:is|was|has|told|said))",
    rf"\b(?i:señora|señorita|señor) (?P<name>{NAME})",
    rf"\b(?P<name>(?:[Dd]on|[Dd]oña) {NAME})",
    rf"\b(?:Frau|Herrn?) (?:(?:Dr|Prof)\. )*(?P<name>{NAME})",
    rf"\b(?i:my|our|his|her) (?:\w+ )?(?:{_RELATED}),? (?P<name>{NAME})",
    rf"\b(?:{_RELATED}) (?i:is|was) (?:named|called) (?P<name>{NAME})",
    rf"\b(?i:{_STAFF}),? (?:named |called |is called )?(?P<name>{NAME})",
    rf"\b(?i:mis?|su|nuestr[oa]) (?:{_ES_RELATED}),? (?P<name>{NAME})",
    rf"\b(?i:la|el|una|un) (?:{_ES_STAFF}),? (?:que se llama |llamad[oa] )?(?P<name>{NAME})",
    rf"\b(?i:me atendi[óo]|me ayud[óo]|habl[ée] con|pregunt(?:e|en|ad) por|contact(?:e|en|ad) con) (?P<name>{NAME})",
    rf"\b(?i:mein|meine|meinen|meiner|meinem|unser|unsere|unseren|unserem) (?:{_DE_RELATED}) (?P<name>{NAME})",
    rf"\b(?i:der|die|dem|den) (?:{_DE_STAFF}) (?P<name>{NAME})",
    rf"\b(?i:ask for|speak to|speak with|contact|talk to|talked to|spoke to|spoke with) (?P<name>{NAME})",
    rf"\b(?i:regards|sincerely|best wishes|yours|cheers|un saludo|saludos|atentamente|cordialmente|(?:viele|"
    rf"liebe|beste) grüße),?\s+"
    rf"(?P<name>{NAME})\s*(?=$|[\n,.;])",
    rf"(?i:mit (?:freundlichen|besten|herzlichen|vielen) grüßen),?\s+(?P<name>{NAME})",
    # two words, because one might be anything
    rf"\b(?:I am|I'm|[Tt]his is|Soy|soy|[Ii]ch bin) (?P<name>{WHOLE_NAME})",
    rf"\b(?i:fragen sie|thanks to|thank you,?|gracias a|danke an) (?P<name>{WHOLE_NAME})",
    rf"(?P<name>{WHOLE_NAME}) (?:told me|helped me|said to me|shouted at|me dijo|me ayudó|hat mir|sagte mir)",
]
CUES = [re.compile(one) for one in _BY]

# Where a name cannot go on, and what is none although it is written so.
_NO_NAMES = """
    I The A An In On At My Our We You He She They It This That There Please And But Or For With To Of Is Was
    If When Why How
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August
    September
    October November December English Spanish German Arabic Polish French Deaf Library Branch Room Street Road Day
    Deutsch Englisch Arabisch Spanisch Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Januar
    Februar März Mai Juni Juli
    Oktober Dezember Sie Ihnen Ich Wir Er Es Das Der Die Ein Eine Und Bücher Buch Kinder Kindern Bibliothek Bücherei
    Doktor Professor El La Los Las Un Una Yo Biblioteca Lunes Martes
    """
NO_NAMES = frozenset(_NO_NAMES.split())
NOBODY = frozenset({"Quijote", "Holle", "der Ringe", "Seuss", "Juan Tenorio", "Dalloway", "Google", "Facebook"})
