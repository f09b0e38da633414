"""A questionnaire with each kind of question, in English and Arabic, for the tests of pages."""

from rapport.surveys.methods import Choice, Comparison, Kind, Line, Page, Question, Questionnaire, Test


def every_kind() -> Questionnaire:
    """Four pages: about visits (a question opens another), what people think, words and figures, and about oneself."""
    return Questionnaire(
        title={"en": "Your library in five years", "ar": "مكتبتك بعد خمس سنوات", "en-x-easy": "Your library"},
        welcome={"en": "Tell us what you need. We plan the next five years with it.", "ar": "أخبرنا بما تحتاجه."},
        thanks={"en": "We read every answer.", "ar": "نقرأ كل إجابة."},
        languages=["en", "ar", "en-x-easy"],
        pages=[
            Page(key="visits", title={"en": "Your visits", "ar": "زياراتك"}, questions=_visits()),
            Page(key="views", title={"en": "What you think", "ar": "رأيك"}, questions=_views()),
            Page(key="words", title={"en": "In your words", "ar": "بكلماتك"}, questions=_words()),
            Page(key="you", title={"en": "About you", "ar": "عنك"}, questions=_about_you()),
        ],
    )


def _visits() -> list[Question]:
    comes = Question(
        key="comes",
        kind=Kind.SINGLE,
        words={"en": "Do you come to the library?", "ar": "هل تأتي إلى المكتبة؟"},
        choices=[
            Choice(code="yes", words={"en": "Yes", "ar": "نعم"}),
            Choice(code="no", words={"en": "No, or hardly ever", "ar": "لا، أو نادرًا"}),
        ],
        is_required=True,
        why_required={"en": "we ask you other things then", "ar": "لأننا نسألك بعدها أسئلة أخرى"},
    )
    barriers = Question(
        key="barriers",
        kind=Kind.MULTIPLE,
        words={"en": "What keeps you away?", "ar": "ما الذي يمنعك؟"},
        choices=[
            Choice(code="hours", words={"en": "The opening hours", "ar": "ساعات العمل"}),
            Choice(code="welcome", words={"en": "I do not feel welcome", "ar": "لا أشعر بالترحيب"}),
            Choice(code="other", words={"en": "Something else", "ar": "شيء آخر"}, is_other=True),
            Choice(code="none", words={"en": "Nothing", "ar": "لا شيء"}, is_alone=True),
        ],
        when=Test("comes", Comparison.EQUAL, "no"),
    )
    welcome = Question(
        key="welcome", kind=Kind.SMILEY, words={"en": "How was your last visit?", "ar": "كيف كانت زيارتك الأخيرة؟"}
    )
    return [comes, barriers, welcome]


def _views() -> list[Question]:
    services = Question(
        key="services",
        kind=Kind.GRID,
        words={"en": "How much do these matter to you, and how good are they?", "ar": "ما مدى أهمية هذه الخدمات؟"},
        rows=[
            Line(key="wifi", words={"en": "Wi-Fi", "ar": "الإنترنت"}),
            Line(key="books", words={"en": "Books and magazines", "ar": "الكتب والمجلات"}),
        ],
        aspects=[
            Line(key="importance", words={"en": "Matters to me", "ar": "يهمني"}),
            Line(key="performance", words={"en": "Is good", "ar": "جيد"}),
        ],
        ends={"1": {"en": "not at all", "ar": "أبدًا"}, "5": {"en": "very much", "ar": "جدًا"}},
        may_not_apply=True,
    )
    quiet = Question(
        key="quiet",
        kind=Kind.SCALE,
        words={"en": "It is quiet enough to read", "ar": "المكان هادئ بما يكفي"},
        ends={"1": {"en": "not at all", "ar": "أبدًا"}, "5": {"en": "very much", "ar": "جدًا"}},
        may_not_apply=True,
    )
    corners = Question(
        key="corner",
        kind=Kind.PICTURE,
        words={"en": "Where would you like to sit?", "ar": "أين تود أن تجلس؟"},
        choices=[
            Choice(code="window", words={"en": "At the window", "ar": "عند النافذة"}),
            Choice(code="garden", words={"en": "In the garden", "ar": "في الحديقة"}),
        ],
    )
    first = Question(
        key="first",
        kind=Kind.RANKING,
        words={"en": "What should come first?", "ar": "ما الذي يجب أن يأتي أولًا؟"},
        choices=[
            Choice(code="garden", words={"en": "A garden", "ar": "حديقة"}),
            Choice(code="hours", words={"en": "Longer hours", "ar": "ساعات أطول"}),
            Choice(code="tools", words={"en": "Tools to borrow", "ar": "أدوات للإعارة"}),
        ],
    )
    return [services, quiet, corners, first]


def _words() -> list[Question]:
    return [
        Question(
            key="note",
            kind=Kind.INFORMATION,
            words={"en": "These last questions are short.\n\nAll may be left out.", "ar": "هذه الأسئلة الأخيرة قصيرة."},
        ),
        Question(key="wish", kind=Kind.LONG, words={"en": "What do you wish for?", "ar": "ماذا تتمنى؟"}, most="300"),
        Question(key="heard", kind=Kind.SHORT, words={"en": "How did you hear of us?", "ar": "كيف سمعت عنا؟"}),
        Question(
            key="household",
            kind=Kind.NUMBER,
            words={"en": "How many people live with you?", "ar": "كم شخصًا يعيش معك؟"},
            least="0",
            most="20",
        ),
        Question(
            key="since", kind=Kind.DATE, words={"en": "Since when do you come?", "ar": "منذ متى تأتي؟"}, most="today"
        ),
    ]


def _about_you() -> list[Question]:
    square = [[5.0, 5.0], [48.0, 8.0], [46.0, 60.0], [8.0, 55.0]]
    other = [[50.0, 8.0], [95.0, 20.0], [90.0, 80.0], [48.0, 62.0]]
    return [
        Question(
            key="area",
            kind=Kind.PLACE,
            words={"en": "Where do you live?", "ar": "أين تسكن؟"},
            choices=[
                Choice(code="river", words={"en": "By the river", "ar": "قرب النهر"}, shape=[square]),
                Choice(code="hill", words={"en": "On the hill", "ar": "على التل"}, shape=[other]),
            ],
        ),
        Question(
            key="age",
            kind=Kind.SINGLE,
            words={"en": "How old are you?", "ar": "كم عمرك؟"},
            help={"en": "Only if you like.", "ar": "فقط إن أردت."},
            dimension="age",
            choices=[
                Choice(code="young", words={"en": "Under 65", "ar": "أقل من 65"}, band="under65"),
                Choice(code="old", words={"en": "65 or older", "ar": "65 أو أكثر"}, band="65plus"),
            ],
        ),
        Question(
            key="agreed",
            kind=Kind.CONSENT,
            words={"en": "You may quote my words without my name.", "ar": "يمكنكم اقتباس كلامي دون اسمي."},
        ),
    ]
