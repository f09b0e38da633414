"""Small words that carry no subject, and the ways people write that they have nothing to say."""

import unicodedata

_STOP = {
    "en": """a about above actually after again all almost also although always am an and another any anyone
        anything are aren't as at away back be because been before being between both but by came can can't
        cannot come could couldn't did didn't do does doesn't doing don't done down during each either else
        enough ever every everyone everything few for from further get gets getting give given go goes going
        good got had hadn't has hasn't have haven't having he her here hers him his how however i i'd i'll i'm
        i've if in into is isn't it it's its itself just keep know last least less let like little long lot
        lots made make makes many may maybe me might mine more most much must my myself need needs never next
        no nor not now of off often on once one ones only or other others our ours out over own per perhaps
        please put quite rather really said same say see seem seems shall she should shouldn't since so some
        someone something sometimes soon still such take than that that's the their theirs them then there
        there's these they they're thing things think this those though through to together too took two under
        until up upon us use used using very want wanted wants was wasn't way we we're we've well went were
        weren't what when where whether which while who whole whom whose why will with within without won't
        would wouldn't yes yet you you're your yours""",
    "es": """a ahora al algo alguien algún alguna algunas alguno algunos allí ante antes aquí así aún aunque
        bajo bastante bien cada casi como cómo con contra cosa cosas cual cuál cuando cuándo cuanto da dar de
        debe deben debería deberían del demás desde después donde dónde dos durante e el él ella ellas ellos
        en entre era eran es esa esas ese eso esos está están estamos estar estas este esto estos estoy fue
        fueron gusta gustaría ha hace hacen hacer hacia han has hasta hay haya he hemos hoy incluso la las le
        les lo los más me menos mi mis mismo mucha muchas mucho muchos muy nada ni ningún no nos nosotros
        nuestra nuestro nunca o otra otras otro otros para pero poco por porque por qué puede pueden puedo
        pues que qué quien quién quiero se sea sean según ser será si sí sido siempre sin sobre solo sólo son
        soy su sus también tan tanto te tener tenemos tengo tiene tienen toda todas todavía todo todos tu tus
        un una unas uno unos usted ustedes va van vamos vez veces voy y ya yo""",
    "ar": """في من على إلى الى عن مع هذا هذه ذلك تلك التي الذي الذين ما ماذا لا لم لن ليس ليست هو هي هم نحن أنا
        انا أنت كان كانت يكون تكون قد كل بعض أي اي أن ان إن أو او و ثم بل لكن لأن لان حتى إذا اذا كما كيف متى أين
        اين هل يا عند عندما بعد قبل بين غير فقط جدا جداً أيضا ايضا منذ خلال حول له لها لهم لنا لي به بها فيه فيها
        منه منها عليه عليها هناك هنا يوجد توجد شيء يجب يمكن أكثر اكثر أقل نريد أريد اريد نحتاج كثيرا كثيراً مثل لو""",
    "de": """ab aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bin bis bitte
        bzw da damit dann das dass dein dem den denn der des deshalb die dies diese diesem diesen dieser dieses
        doch dort du durch ein eine einem einen einer eines einfach einige er es etwas euch für gab ganz geben
        gegen geht gibt gut habe haben hat hatte hätte hier hin ich ihm ihn ihnen ihr ihre im immer in ins ist
        ja jede jeden jeder jetzt kann kein keine keinen können könnte leider machen mal man mehr mein meine
        mich mir mit muss müssen nach nicht nichts noch nun nur ob oder ohne schon sehr sein seine seit sich
        sie sind so sogar soll sollte sollten sondern sonst über um und uns unser unsere unter viel viele vielen
        vom von vor war wäre waren warum was weil weiter welche wenn wer werden wie wieder wir wird wo wurde
        würde zu zum zur zwei zwischen""",
    "fr": """a afin ai ainsi alors après assez au aucun aucune aujourd'hui aussi autre autres aux avant avec avez
        avoir avons beaucoup bien bon c'est ça car ce ceci cela celle celui ces cet cette ceux chaque chez comme
        comment dans de depuis des deux devrait doit donc dont du elle elles en encore entre est et étaient
        était être eu fait faire faut fois il ils j'ai j'aime je jamais jusqu la là le les leur leurs lors lui
        ma mais me même mes mieux moi moins mon n'est ne ni non nos notre nous on ont ou où par parce pas peu
        peut peuvent plus plusieurs pour pourquoi pouvoir puis qu'il quand que quel quelle quelque quelques qui
        quoi s'il sa sans se sera serait ses si son sont sous souvent sur ta te tes toi ton toujours tous tout
        toute toutes très trop tu un une vers vos votre vous y""",
    "it": """a abbiamo ai al alla alle anche ancora avere bene c'è che chi ci come con così cosa cui da dai dal dalla
        dei del della delle di dopo dove e è ed era essere fa fare gli ha hanno ho i il in io la le lei li lo loro
        lui ma mi mia mio molto ne nei nel nella no noi non nostra nostro o ogni per perché più poco può quando
        quella quello questa questo qui se sei si sia sono sta su sua sul sulla suo tra troppo tutti tutto un una
        uno vi voi vorrei""",
    "pt": """a ao aos as até com como da das de dela dele depois do dos e é ela elas ele eles em entre era essa esse
        esta está estão este eu foi gostaria há isso isto já lá mais mas me mesmo meu minha muito muitos na nas
        não nem no nos nós nossa nosso o os ou para pela pelo pode por porque quando que quem se sem ser seu sua
        são só também te tem têm ter tudo um uma umas uns você vocês""",
    "nl": """aan al alle als altijd andere ben bij daar dan dat de der deze die dit doen door dus een en er ge geen
        goed graag had heb hebben heeft hem het hier hij hoe hun ik in is ja je jullie kan kunnen maar me meer
        men met mij mijn moet moeten na naar niet niets nog nu of om omdat ons onze ook op over te tegen toch toen
        tot u uit uw van veel voor waar was wat we wel werd wie wij wil worden wordt zal ze zeer zich zij zijn zo
        zonder zou""",
    "pl": """a aby ale bardzo bez bo by być było był była co czy dla do gdy gdzie go i ich ile im ja jak jako jest
        jestem już każdy kiedy kto która które który lub ma mają mi mnie może można mu my na nam nas nie niż o od
        on ona one oni oraz po pod przed przez przy są się tak także tam te tego tej ten to też tu tylko tym w we
        więcej wszystko z za ze że żeby""",
    "tr": """ama ancak bana bazı ben beni bir biraz biri biz bize bu buna bunu çok çünkü da daha de değil diye en
        gibi hem hep her hiç için ile ise kadar ki kim mi mı mu mü nasıl ne neden o olan olarak olduğu olsa olsun
        onu sadece sen siz şey şu tüm var ve veya ya yok""",
    "ru": """а без более бы был была были было быть в вам вас весь во вот все всё вы где да для до его ее её если есть
        ещё еще же за здесь и из или им их к как когда кто ли мне можно мы на надо нам нас не нет ни но ну о об он
        она они оно от очень по под при с со так также там то тоже только ты у уже что чтобы это этот я""",
    "zh": "的 了 是 在 我 我们 我們 你 他 她 们 們 有 和 也 都 很 不 就 要 会 會 可以 这 這 那 个 個 吗 嗎 呢 吧 一",
    "ja": "の に は を た が で て と し れ さ ある いる も する から な こと です ます ました して この その",
    "ko": "이 그 저 것 수 등 및 더 좀 너무 정말 있는 있습니다 합니다 있어요 없는 같아요 좋겠어요",
    "th": "ที่ และ ใน มี เป็น ของ ให้ ได้ จะ ไม่ ว่า กับ มาก ค่ะ ครับ",
}

# A phrase may hold these ("story time"), but alone they tell nothing.
_WEAK = """time times day days people person feel felt feeling able tiempo día días gente persona personas vez وقت يوم
    ناس الناس zeit tag tage leute menschen temps jour jours gens personne personnes tempo dia dias pessoas tijd dag
    mensen"""

# Said alone, or beside the fillers below, these mean: no comment.
_NOTHING = """nothing none no nope nah nil na n/a nada ninguno ninguna ningún nop لا لاشيء لاشئ شيء شئ يوجد
    nichts nein keine keiner kein nix rien non aucun aucune néant ras niente nulla nessuno nessuna nenhum
    nenhuma não niets nee geen niks nic nie brak yok hayır hiçbir hiç нет ничего ніц
    なし 特になし 無し ない ありません 特にありません 없음 없습니다 없어요 无 無 没有 沒有 暂无 ไม่มี ไม่"""

_FILLERS = """a at all really much else to add i thank you thanks thankyou comment comments further other not that
    of can think could be the moment for now this time have know idea applicable more say xx x
    de momento gracias por ahora más que añadir aplica tengo sin comentarios comentario nada muchas en absoluto
    شكرا شكراً لكم تعليق تعليقات حاليا لدي عندي danke zu sagen weiter hinzuzufügen bemerkungen anmerkung mehr
    merci signaler dire ajouter à grazie da aggiungere obrigado obrigada bedankt teşekkürler şey спасибо"""

# These alone say nothing either, though each of their words could belong to a real sentence.
_PHRASES = {
    "i don't know", "don't know", "i do not know", "can't think of anything", "i can't think of anything",
    "cannot think of anything", "sin comentarios", "sin comentario", "no comment", "no comments", "no sé", "no se",
    "je ne sais pas", "weiß nicht", "weiss nicht", "ich weiß nicht", "keine ahnung", "لا أعرف", "لا اعرف",
    "not applicable", "no aplica", "s o", "k a", "n a", "r a s",
}  # fmt: skip


def bare(word: str) -> str:
    """The word as it is compared: one form of letters, no Arabic vowel signs, one kind of apostrophe."""
    plain = unicodedata.normalize("NFKC", word).lower().replace("’", "'").replace("ـ", "")
    return "".join(c for c in plain if not "\u064b" <= c <= "\u0652")


STOP_WORDS: dict[str, frozenset[str]] = {code: frozenset(map(bare, text.split())) for code, text in _STOP.items()}
ALL_STOP_WORDS: frozenset[str] = frozenset().union(*STOP_WORDS.values())
WEAK_WORDS: frozenset[str] = frozenset(map(bare, _WEAK.split()))
NOTHING: frozenset[str] = frozenset(map(bare, _NOTHING.split()))
FILLERS: frozenset[str] = frozenset(map(bare, _FILLERS.split()))
EMPTY_PHRASES: frozenset[str] = frozenset(map(bare, _PHRASES))
