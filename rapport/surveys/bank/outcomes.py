"""What good a program did: statements of our own, on the constructs that public libraries measure worldwide.

They are aligned with the four outcomes of PLA's Project Outcome (knowledge, confidence, application, awareness) and add
belonging and connection. They are not its wording, and a library that takes part in it can write its own in.
"""

from django.utils.translation import gettext_lazy as _

from rapport.surveys.methods import Kind, Question

from .writing import NONE, OTHER, QuestionSet, ask, choices, ends, lines

_AGREE = ends(
    "strongly disagree | muy en desacuerdo | لا أوافق إطلاقاً",
    "strongly agree | muy de acuerdo | أوافق تماماً",
    "neither | ni lo uno ni lo otro | محايد",
)
_THINKING_OF_TODAY = "Thinking of today: how much do you agree? | Pensando en hoy: ¿qué tan de acuerdo está? | بالنظر إلى اليوم: ما مدى موافقتك؟"


def _agreement(key: str, words: str, rows: str) -> Question:
    return ask(key, Kind.GRID, words, may_not_apply=True, ends=_AGREE, rows=lines(rows))


_DO_NEXT = ask(
    "do_next",
    Kind.LONG,
    "What will you do because of today? | ¿Qué hará gracias a lo de hoy? | ماذا ستفعل بفضل هذا اليوم؟",
)
_CHANGE = ask("change", Kind.LONG, "What should we change? | ¿Qué deberíamos cambiar? | ما الذي ينبغي أن نغيّره؟")

ADULTS = QuestionSet(
    "outcomes_adults",
    _("Outcomes: adults"),
    _("Right after a program; aligned with Project Outcome, in our own words"),
    (
        _agreement(
            "outcomes",
            _THINKING_OF_TODAY,
            """
knowledge | I learned something that is useful to me. | Aprendí algo que me es útil. | تعلّمت شيئاً يفيدني.
confidence | I feel more sure of myself using what I learned. | Me siento con más seguridad para usar lo que aprendí. | أشعر بثقة أكبر في استخدام ما تعلّمته.
application | I plan to use what I learned. | Pienso usar lo que aprendí. | أنوي استخدام ما تعلّمته.
awareness | I know more about what the library and its partners offer. | Sé más sobre lo que ofrecen la biblioteca y sus aliados. | أعرف أكثر عمّا تقدّمه المكتبة وشركاؤها.
belonging | I felt I belonged here. | Sentí que este es un lugar para mí. | شعرت بأنني أنتمي إلى هذا المكان.
connection | I talked with someone I did not know before. | Hablé con alguien a quien no conocía. | تحدّثت مع شخص لم أكن أعرفه.
""",
        ),
        _DO_NEXT,
        _CHANGE,
    ),
)

CAREGIVERS = QuestionSet(
    "outcomes_caregivers",
    _("Outcomes: parents and caregivers"),
    _("After story time and other programs for small children"),
    (
        _agreement(
            "outcomes_care",
            _THINKING_OF_TODAY,
            """
knowledge | I learned something I can share with my child. | Aprendí algo que puedo compartir con mi hijo. | تعلّمت شيئاً أستطيع أن أشاركه مع طفلي.
confidence | I feel more sure of myself helping my child to learn. | Me siento con más seguridad para ayudar a mi hijo a aprender. | أشعر بثقة أكبر في مساعدة طفلي على التعلّم.
application | I will spend more time reading, singing or talking with my child. | Pasaré más tiempo leyendo, cantando o hablando con mi hijo. | سأقضي وقتاً أكثر في القراءة أو الغناء أو الحديث مع طفلي.
awareness | I know more about what there is for families here. | Sé más sobre lo que hay aquí para las familias. | أعرف أكثر عمّا يُقدَّم للعائلات هنا.
belonging | We felt welcome. | Nos sentimos bienvenidos. | شعرنا بالترحيب.
connection | I talked with other parents or caregivers. | Hablé con otros padres o cuidadores. | تحدّثت مع آباء أو مقدّمي رعاية آخرين.
""",
        ),
        ask("care_next", Kind.LONG, "What will you try at home? | ¿Qué probará en casa? | ما الذي ستجرّبه في البيت؟"),
    ),
)


def _smiley(key: str, words: str) -> Question:
    faces = ends("no | no | لا", "yes | sí | نعم", "a little | un poco | قليلاً", top=3)
    return ask(key, Kind.SMILEY, words, high=3, ends=faces)


CHILDREN = QuestionSet(
    "outcomes_children",
    _("Outcomes: children, with smiley faces"),
    _("From six to eleven years; read aloud to the youngest"),
    (
        _smiley("child_fun", "Did you like it today? | ¿Te gustó hoy? | هل أعجبك اليوم؟"),
        _smiley("child_learned", "Did you learn something new? | ¿Aprendiste algo nuevo? | هل تعلّمت شيئاً جديداً؟"),
        _smiley(
            "child_again",
            "Will you do it again, here or at home? | ¿Lo harás otra vez, aquí o en casa? | هل ستفعله مرة أخرى، هنا أو في البيت؟",
        ),
        _smiley(
            "child_friends",
            "Did you play or talk with somebody new? | ¿Jugaste o hablaste con alguien nuevo? | هل لعبت أو تحدّثت مع شخص جديد؟",
        ),
        ask("child_best", Kind.SHORT, "What was the best thing? | ¿Qué fue lo mejor? | ما أفضل شيء؟"),
    ),
)

TEENS = QuestionSet(
    "outcomes_teens",
    _("Outcomes: teenagers"),
    _("Short, and without school words"),
    (
        _agreement(
            "outcomes_teen",
            _THINKING_OF_TODAY,
            """
knowledge | I found out something new. | Descubrí algo nuevo. | اكتشفت شيئاً جديداً.
confidence | I trust myself to do more than before. | Me atrevo a hacer más que antes. | أثق بنفسي أكثر من قبل.
application | I want to go on with it. | Quiero seguir con esto. | أريد أن أواصل.
awareness | I know what else I could do here. | Sé qué más podría hacer aquí. | أعرف ماذا يمكنني أن أفعل هنا أيضاً.
belonging | I could be myself. | Pude ser yo. | استطعت أن أكون على طبيعتي.
connection | I got to know somebody. | Conocí a alguien. | تعرّفت على شخص ما.
""",
        ),
        ask(
            "teen_next",
            Kind.LONG,
            "What should there be next? | ¿Qué debería haber la próxima vez? | ما الذي تريده في المرة القادمة؟",
        ),
    ),
)

VOLUNTEERS = QuestionSet(
    "outcomes_volunteers",
    _("Outcomes: volunteers"),
    _("After a season, or at the end of a task"),
    (
        _agreement("outcomes_volunteer",
            "Thinking of your time with us: how much do you agree? | Pensando en su tiempo con nosotros: ¿qué tan de acuerdo está?"
            " | بالنظر إلى الوقت الذي قضيته معنا: ما مدى موافقتك؟", """
knowledge | I learned something that is useful to me. | Aprendí algo que me es útil. | تعلّمت شيئاً يفيدني.
confidence | I knew what I had to do, and could do it. | Sabía lo que tenía que hacer y pude hacerlo. | عرفت ما عليّ فعله واستطعت القيام به.
application | What I did made a difference. | Lo que hice sirvió de algo. | ما قمت به أحدث فرقاً.
awareness | I can tell others what the library offers. | Puedo contar a otros lo que ofrece la biblioteca. | أستطيع أن أخبر الآخرين بما تقدّمه المكتبة.
belonging | I was part of the team. | Fui parte del equipo. | كنت جزءاً من الفريق.
connection | I got to know people I would not have met. | Conocí a personas que no habría conocido. | تعرّفت على أشخاص لم أكن لألتقي بهم.
"""),
        ask("volunteer_change", Kind.LONG, "What would make it easier to help? | ¿Qué haría más fácil ayudar? | ما الذي يسهّل المساعدة؟"),
    ),
)  # fmt: skip

FOLLOW_UP = QuestionSet(
    "outcomes_follow_up",
    _("Outcomes: weeks later"),
    _("Four to eight weeks after a program, to those who left an address"),
    (
        ask("used_it", Kind.SINGLE,
            "Have you used what you learned? | ¿Ha usado lo que aprendió? | هل استخدمت ما تعلّمته؟",
            choices=choices("""
often | Yes, several times | Sí, varias veces | نعم، عدة مرات
once | Yes, once | Sí, una vez | نعم، مرة واحدة
not_yet | Not yet | Todavía no | ليس بعد
no | No, and I will not | No, y no lo haré | لا، ولن أفعل
""")),
        _agreement("outcomes_later", "How much do you agree? | ¿Qué tan de acuerdo está? | ما مدى موافقتك؟", """
knowledge | I still know what I learned. | Todavía sé lo que aprendí. | ما زلت أذكر ما تعلّمته.
confidence | I feel more sure of myself than before the program. | Me siento con más seguridad que antes del programa. | أشعر بثقة أكبر مما كنت قبل البرنامج.
application | Something in my life has changed because of it. | Algo en mi vida cambió gracias a esto. | تغيّر شيء في حياتي بفضل ذلك.
awareness | I have used other things of the library since. | Desde entonces he usado otras cosas de la biblioteca. | استخدمت خدمات أخرى للمكتبة منذ ذلك الحين.
connection | I am still in touch with somebody I met there. | Sigo en contacto con alguien que conocí allí. | ما زلت على تواصل مع شخص التقيت به هناك.
"""),
        ask("changed", Kind.LONG, "What has changed for you? | ¿Qué ha cambiado para usted? | ما الذي تغيّر بالنسبة لك؟"),
        ask("helped", Kind.MULTIPLE, "What helped you most? | ¿Qué le ayudó más? | ما الذي ساعدك أكثر؟",
            choices=choices("""
people | The people who led it | Las personas que lo dirigieron | الأشخاص الذين أشرفوا عليه
others | The others who took part | Las demás personas que participaron | المشاركون الآخرون
practice | Trying it out there | Probarlo allí | التجربة هناك
material | What I could take home | Lo que pude llevarme a casa | ما أخذته إلى البيت
""", OTHER, NONE)),
    ),
)  # fmt: skip
