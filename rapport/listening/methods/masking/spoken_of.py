"""People who are spoken of: a name by what it does, whose it is, who is thanked or told, and how a text ends.

English, Spanish and German. In English and Spanish a word with a capital inside a sentence is seldom anything but a
name; German writes all nouns so, and there more has to stand beside it. In small letters a name is taken only where
hardly anything else can stand.
"""

import re

from .letters import CAPITAL, NAME, WORD

_INITIALS = rf"(?:{CAPITAL}\.(?:-{CAPITAL}\.)? ?){{1,3}}{WORD}"
_SIGNED = rf"(?:{_INITIALS}|{NAME}(?: {CAPITAL}\.)?)"
_SMALL = r"(?:[od]['’])?[^\W\d_]{3,}(?:[-'’][^\W\d_]+)*"

_DID = (
    r"helped|told|said|showed|explained|found|gave|taught|waived|fixed|brought|stayed|listened|carried|promised|"
    r"answered|shouted|let (?:me|us)|made (?:me|us)|sorted|printed|walked|deserves|works|smiled|knew|remembered|"
    r"(?:is|was) (?:so|very|really|always|incredibly|such) \w+"
)
_WHERE = r"(?:from|at|in|on|behind) (?:the|your) [\w' ]{3,24}"
_ES_DID = (
    r"(?:me|nos|le|les) (?:dijo|ayud[óa]|explic[óa]|encontró|dio|enseñó|atendió|ley[óe]|prometió|trajo|mostró|"
    r"acompañó|buscó|gritó|consiguió|imprimió)|explica (?:muy )?bien|fue (?:muy|tan) \w+|es (?:muy|tan) \w+"
)
_DE_DID = (
    r"(?:hat|haben) (?:mir|uns|ihm|ihr|mich|meine[mnrs]?|unsere[mnr]?|seine[mn]?|ihre[mn]?)|"
    r"(?:sagte|erklärte|zeigte|half|versprach) (?:mir|uns|meine[mnr])|erklärt (?:alles|so|sehr|gut)|hat Lob"
)
_DE_WHERE = r"(?:von der|vom|aus der|aus dem|an der|in der|am) [\w-]+(?: [\w-]+)?"
_KIN = (
    r"husband|wife|son|daughter|brother|sister|mother|father|mom|mum|dad|nan|gran|grandma|grandpa|grandmother|"
    r"grandfather|grandson|granddaughter|aunt|uncle|cousin|niece|nephew|friend|neighbou?r|partner|baby|kid|"
    r"girl|boy|twins|child|children"
)
_ES_KIN = (
    r"hij[oa]s?|marido|espos[oa]|mujer|herman[oa]|vecin[oa]|amig[oa]|madre|padre|mamá|papá|abuel[oa]|niet[oa]|prim[oa]|"
    r"sobrin[oa]|suegr[oa]|bebé|niñ[oa]|gemel[oa]s|novi[oa]|tí[oa]"
)
_DE_KIN = (
    r"(?:schwieger|groß|stief|ur)?(?:tochter|sohn|mutter|vater|eltern)|mann|frau|bruder|schwester|oma|opa|nachbarin|nachbar|"
    r"freundin|freund|enkelin|enkel|tante|onkel|cousine|cousin|kinder|zwillinge|neffe|nichte"
)
_GOES_ON = (
    r"is|was|has|had|loves?|loved|wants?|wanted|likes?|liked|needs?|can|cannot|can't|does|did|goes|comes|came|would|"
    r"will|got|lost|asked|cried|said|reads?"
)
_ES_GOES_ON = (
    r"es|era|está|estaba|tiene|quiere|quería|necesita|puede|va|viene|ama|adora|perdió|lee|pidió|dijo|lloró|no|se|fue"
)
_DE_GOES_ON = (
    r"ist|war|hat|möchte|will|wollte|braucht|kann|liebt|mag|geht|kommt|liest|fragt|hatte|sagt|weint|darf|muss|würde"
)
_NOT_SMALL = (
    r"(?!(?:\w+(?:ing|ly|ed)|who|also|really|never|always|still|just|only|then|and|now|either|there|here|often|sometimes|usually|"
    r"probably|that|she|he|both|too|has|had|was|is|absolutely|simply|actually|already|que|también|siempre|nunca|ya|"
    r"aún|todavía|casi|solo|sólo|realmente|ahora|ella|él|no|tampoco|apenas|quien|auch|immer|nie|noch|nur|jetzt|"
    r"schon|wirklich|leider|sehr|oft|manchmal|und|die|der|gerade|selbst|sogar|hier|da|so|mayor|menor|pequeñ[oa])\b)"
)
_NOT_AFTER_CALLED = (
    r"(?!(?:not|on|in|the|wrong|spelled|a|an|under|too|also|listed|never|missing|still|mal|no|el|la|los|las|un|una|"
    r"nicht|falsch|der|die|das|ein|eine|auch|so|by|to|up|back|off)\b)"
)
_ENDS = (
    r"love|lots of love|all the best|best|best wishes|kind regards|warm regards|regards|warmly|sincerely|yours|"
    r"yours (?:truly|sincerely|faithfully)|many thanks|thanks|thank you|cheers|hugs|gratefully|"
    r"un (?:fuerte |gran )?abrazo|con (?:mucho )?cariño|besos|un beso|(?:un )?saludos?(?: cordial(?:es)?)?|"
    r"afectuosamente|atentamente|cordialmente|gracias|muchas gracias|"
    r"herzlichst?|hochachtungsvoll|alles liebe|alles gute|danke|vielen dank|lg|vg|mfg|"
    r"(?:mit )?(?:liebe[nr]?|viele[nr]?|beste[nr]?|herzliche[nr]?|freundliche[nr]?|schöne[nr]?) gr(?:ü|ue)(?:ß|ss)e?n?"
)
_NO_END = (
    r"(?!(?:for|the|to|from|and|your|you|all|everyone|everybody|team|library|a|an|in|at|of|so|again|very|de|del|para|a|"
    r"al|por|y|todos|todo|equipo|cordial|cordiales|aus|an|von|für|alle|euch|dem|der|und|nochmals?|bis|im|"
    r"anticipad\w*|mil)\b)"
)
_THANKED = (
    r"(?:thanks|thank you|kudos|shout[- ]?outs?|props|praise|credit|bravo|hats off|congratulations|compliments)"
    r"(?: so much| very much| again)?,?(?: to| for)? |well done,? |bless "
)
_ES_THANKED = (
    r"(?:gracias|felicidades|felicit\w+|enhorabuena|agrade\w+|saludos|un aplauso|bravo)(?: mucho| también)?,?"
    r"(?: a| para|,) "
)
_DE_THANKED = r"(?:Dank|Danke|danke|Lob|Kompliment|Gruß|Grüße|Bravo|Applaus)(?: geht)? an "

_PRAISED = (
    r"excellent|wonderful|great|brilliant|amazing|lovely|fantastic|helpful|kind|patient|professional|rude|exceptional|"
    r"outstanding|friendly|supportive|considerate|understanding|knowledgeable|caring|terrific|awesome|superb|nice|"
    r"impatient|unfriendly|unhelpful|good|fabulous|incredible|(?:the|an?|our|my) \w+"
)
_ES_PRAISED = (
    r"excelente|maravillos[oa]|encantador[a]?|genial|estupend[oa]|amable|simpátic[oa]|paciente|antipátic[oa]|"
    r"grosero|grosera|atent[oa]|un encanto|un sol|una joya|la mejor|el mejor|fantástic[oa]|increíble"
)
_DE_PRAISED = (
    r"super|toll|großartig|freundlich|hilfsbereit|geduldig|nett|klasse|spitze|wunderbar|unfreundlich|ungeduldig|lieb|"
    r"sehr \w+|immer \w+|so \w+|ein Schatz|eine Perle|die Beste|der Beste"
)
_WORK = (
    r"librarian|coordinator|nurse|therapist|tutor|assistant|manager|receptionist|volunteer|guard|cleaner|janitor|"
    r"caretaker|teacher|instructor|storyteller|clerk|supervisor|psychologist|physio|coach|host|lady|guy|man|woman"
)
_BY_WHOM = (
    r"(?:seen|visited|contacted|told|helped|served|assisted|taught|led|run|shown|explained|advised|phoned|called|greeted|"
    r"welcomed|read|given|organised|organized|met|looked after|treated)(?: \w+){0,2} by"
)

CUES = [
    re.compile(one)
    for one in (
        # what somebody did
        rf"\b(?P<name>{NAME})(?:,? {_WHERE},?)? (?:{_DID})\b",
        rf"\b(?P<name>{NAME}) {_WHERE} (?:\w+ed|stayed|was|is|has)\b",
        rf"\b(?P<name>{NAME})(?:, (?:la|el) (?:del?|de la|de los) [\w ]{{3,24}},)? (?:{_ES_DID})\b",
        rf"\b(?P<name>{NAME}), (?:la|el) (?:del|de la|de los|chica|chico|bibliotecari[oa])\b",
        rf"(?:^|[.!?:,\n] ?|\bund )(?P<name>{NAME})(?: {_DE_WHERE})? (?:{_DE_DID})\b(?! \w+ gefallen)",
        rf"(?:^|[.!?] )(?P<name>{NAME}) {_DE_WHERE} (?:hat|ist|war|sagte|half)\b",
        rf"(?:^|[.!?:,;\n] ?|\b(?:and|when|because|if|think|but|as|that|after|before|since) )(?P<name>{NAME})"
        rf"(?:,? (?:and|&) {WORD})? (?:is|was|has been|are|were|have been) (?:\w+ly |very |so |always |both )?"
        rf"(?:{_PRAISED})\b",
        rf"(?:^|[.!?:,;\n] ?|\b(?:y|pero|porque|que) )(?P<name>{WORD}) (?:es|fue|estuvo|ha sido) "
        rf"(?:muy |tan |siempre )?"
        rf"(?:{_ES_PRAISED})\b",
        rf"(?:^|[.!?:,;\n] ?)(?P<name>{WORD}) (?:ist|war) (?:{_DE_PRAISED})\b",
        rf"\b(?:when|because|if|after|before|since|until|When|Because|If|After|Before) (?P<name>{NAME}) "
        rf"(?:came|phoned|rang|called|visited|saw|went|left|spoke|started|did|does|has|had|looked|works?|reads?)\b",
        rf"(?<=[a-z,] )(?:with|With) (?P<name>{NAME})",
        rf"\b{_BY_WHOM} (?P<name>{NAME})",
        rf"\b(?i:grateful|thankful|indebted|spoke|speak|talk|talking|talked|listened|listen) to (?P<name>{NAME})",
        rf"\b(?i:both|particularly|especially|recommend|namely|(?:the|your|our|my|an?|nurses?) (?:{_WORK})s?),? "
        rf"(?P<name>{NAME})",
        rf"\b(?:was|is) (?:called |named )?(?P<name>{WORD}), thank",
        rf"\b(?P<name>{NAME}),? (?:the|your|our|my) (?:\w+ )?(?:{_WORK})\b",
        rf"\b(?P<name>{NAME}) and (?:her|his) (?:team|colleagues?|staff)\b",
        rf"(?<=[a-záéíóúñ,] )(?:con) (?P<name>{NAME})",
        # who is thanked, met, told
        rf"\b(?i:{_THANKED})(?P<name>{NAME})",
        rf"\b(?i:{_ES_THANKED})(?P<name>{NAME})",
        rf"\b(?:{_DE_THANKED})(?P<name>{NAME})",
        rf"\b(?:[Dd]anke|[Gg]racias|[Tt]hanks|[Tt]hank you), (?P<name>{WORD})(?=[,!.])",
        rf"\b(?i:met|ring|phone|tell|asked|ask|thank|thanked|remind|invited?|praise|congratulate|keep) "
        rf"(?P<name>{NAME})",
        rf"\b(?i:d[íi]gan?le|digan|pregunten?|preguntad|llamen?|avisen?|avisad|conoc[íi]|saluden?) a (?P<name>{NAME})",
        rf"\b(?i:fragen sie|sagen sie|rufen sie|grüßen sie)(?: bitte)? (?P<name>{NAME})",
        rf"\b(?i:letter|parcel|package|hold|message|card|note|books?)s? (?:for|from|belonging to) (?P<name>{NAME})\b",
        # whose somebody is
        rf"\b(?P<name>{WORD})['’]s (?:{_KIN}|card|library card|account|hold|phone|number|house|desk|school)\b",
        rf"\b(?i:la|el|los|las|mi|su) (?:{_ES_KIN}) de (?P<name>{NAME})",
        rf"\b(?:[Dd]er|[Dd]ie|[Dd]as|[Mm]eine?|[Dd]en|[Dd]em) (?i:{_DE_KIN}) von (?P<name>{NAME})",
        rf"\b(?i:the|an?) (?:{_KIN}) of (?P<name>{NAME})",
        rf"\b(?i:my|our|your|his|her|their) (?:\w+ )?(?:{_KIN})(?:,| is| are)? (?:called |named )?(?P<name>{NAME})",
        rf"\b(?i:mis?|sus?|nuestr[oa]s?) (?:{_ES_KIN}),? (?P<name>{NAME})",
        rf"\b(?i:mein|unser|ihr|sein)e?[mnrs]? (?i:{_DE_KIN}),? (?P<name>{NAME})",
        rf"\b(?i:my|our) (?:\w+ )?(?:{_KIN}) (?P<name>{_NOT_SMALL}{_SMALL}) (?:{_GOES_ON})\b",
        rf"\b(?i:mis?|nuestr[oa]s?) (?:{_ES_KIN}) (?P<name>{_NOT_SMALL}{_SMALL}) (?:{_ES_GOES_ON})\b",
        rf"\b(?i:mein|unser)e?[mnr]? (?:{_DE_KIN}) (?P<name>{_NOT_SMALL}{_SMALL}) (?:{_DE_GOES_ON})\b",
        # how somebody is called
        rf"\b(?i:(?:{_KIN}|he|she|{_ES_KIN}|{_DE_KIN}) (?:is called|is named|se llama|hei(?:ß|ss)t)) "
        rf"(?P<name>{_NOT_AFTER_CALLED}{_SMALL})",
        rf"\b(?i:my name is|my name'?s|i'?m called|me llamo|mi nombre es|ich hei(?:ß|ss)e|mein name ist) "
        rf"(?P<name>{_NOT_AFTER_CALLED}{_SMALL})",
        rf"\b(?i:an? (?:certain|guy named|man named|woman named)|un tal|una tal|ein gewisser|eine gewisse) "
        rf"(?P<name>{NAME})",
        rf"\b(?i:(?:hi|hello|hey|hola|buenas|hallo|guten tag),? (?:its|it's|this is|aquí|soy|hier (?:ist|spricht|"
        rf"schreibt))) (?P<name>{_NOT_AFTER_CALLED}{_SMALL})(?:,| here| from| de| del| la| el| vom| von| aus)",
        rf"\b(?:I'm|I am|[Ss]oy|i'm|i am) (?P<name>(?!\w+(?:ish|ese)\b){NAME})(?=, | here\b| from (?:the|your)\b)",
        rf"\b(?i:hier (?:spricht|schreibt)) (?P<name>{NAME})",
        rf"^(?i:(?:hallo|guten tag|moin),? )?(?i:hier ist) (?P<name>{NAME})(?=,| vom| von| aus)",
        rf"(?:^|[.!?,] ?)(?:(?i:hi|hello|hey),? )?(?P<name>{_SIGNED}) here\b",
        rf"\b(?P<name>{NAME}) family\b",
        rf"\((?P<name>{NAME})(?:,? I think|,? creo|,? glaube ich|\?)",
        rf"\b(?:[Ii]ch|[Yy]o), (?P<name>{NAME}), ",
        rf"\b(?P<name>{NAME}),? (?:aged \d|\(\d{{1,2}}\))",
        rf"\b(?P<name>{NAME}), \d{{1,2}} (?:years old|años|Jahre)",
        rf"\b(?i:chic[oa] nuev[oa]|trabajador[a]? social|conserje|guardia|bibliotecari[oa] nuev[oa]), "
        rf"(?P<name>{NAME}),",
        rf"\b(?:Kollegin|Kollege|Mitarbeiterin|Mitarbeiter|Bibliothekarin|Hausmeister), (?P<name>{NAME}),",
        # how a text ends
        rf"(?:^|\n|[.!?] ?)[-–—] ?(?P<name>{_SIGNED})\s*$",
        rf"(?i:\b(?:signed|firmado|firma|gez\.?|unterschrift)):? (?P<name>{_SIGNED})",
        rf"(?:^|[\n.!?] ?)(?i:{_ENDS})[,!.]?\s+(?i:(?:your|tu|su|vuestra|eure?|ihre?|dein[e]?) )?"
        rf"(?P<name>{_SIGNED})\s*[.!]?$",
        rf"(?:^|[\n.!?] ?)(?i:{_ENDS})[,!.]?\s+(?P<name>{_NO_END}{_SMALL}(?: {_NO_END}{_SMALL}){{0,2}})\s*[.!]?$",
    )
]
