"""A questionnaire with a question of every kind, in English and Arabic, for whatever must lay all of them out."""

from rapport.surveys.methods import Choice, Comparison, Kind, Line, Page, Question, Questionnaire, Test

_SQUARES = [(0.0, "North", "الشمال"), (52.0, "South", "الجنوب")]


def _choice(code: str, en: str, ar: str, **more: bool) -> Choice:
    return Choice(code=code, words={"en": en, "ar": ar}, **more)  # type: ignore[arg-type]


def _places() -> list[Choice]:
    return [
        Choice(
            code=en.lower(),
            words={"en": en, "ar": ar},
            shape=[[[4.0, top + 4], [96.0, top + 4], [96.0, top + 44], [4.0, top + 44]]],
        )
        for top, en, ar in _SQUARES
    ]


def everything() -> Questionnaire:
    visits = [_choice("weekly", "Every week", "كل أسبوع"), _choice("rarely", "Now and then", "أحيانًا")]
    visits.append(_choice("never", "Never", "أبدًا"))
    barriers = [_choice("hours", "The opening hours", "ساعات العمل"), _choice("far", "It is too far", "إنها بعيدة")]
    barriers += [_choice("bus", "No bus on Sunday", "لا حافلة يوم الأحد")]
    barriers += [_choice("other", "Something else", "شيء آخر", is_other=True)]
    ends = {"1": {"en": "not at all", "ar": "إطلاقًا"}, "5": {"en": "very much", "ar": "كثيرًا"}}
    lines = [Line(key="wifi", words={"en": "Wi-Fi", "ar": "الإنترنت"})]
    lines += [Line(key="books", words={"en": "Books and films to borrow", "ar": "كتب وأفلام للإعارة"})]
    aspects = [Line(key="importance", words={"en": "Matters to me", "ar": "يهمني"})]
    aspects += [Line(key="performance", words={"en": "Is good here", "ar": "جيد هنا"})]
    order = [
        _choice("shade", "Shade", "الظل"),
        _choice("seats", "Seats", "المقاعد"),
        _choice("water", "Water", "الماء"),
    ]
    first = [
        Question(
            key="visits", kind=Kind.SINGLE, words={"en": "How often do you come?", "ar": "كم مرة تأتي؟"}, choices=visits
        ),
        Question(
            key="barriers",
            kind=Kind.MULTIPLE,
            words={"en": "What keeps you away?", "ar": "ما الذي يمنعك من المجيء؟"},
            choices=barriers,
            most="3",
            when=Test("visits", Comparison.EQUAL, "never"),
        ),
        Question(
            key="welcome",
            kind=Kind.SCALE,
            words={"en": "How welcome do you feel?", "ar": "ما مدى شعورك بالترحيب؟"},
            ends=ends,
            may_not_apply=True,
        ),
        Question(
            key="mood", kind=Kind.SMILEY, words={"en": "How was it today?", "ar": "كيف كان اليوم؟"}, low=1, high=5
        ),
        Question(
            key="services",
            kind=Kind.GRID,
            words={"en": "How much do these matter to you, and how good are they?", "ar": "ما أهمية ما يلي وما جودته؟"},
            rows=lines,
            aspects=aspects,
            ends=ends,
            may_not_apply=True,
        ),
    ]
    second = [
        Question(
            key="told",
            kind=Kind.INFORMATION,
            words={
                "en": "The garden behind the library is being planned now.",
                "ar": "يجري الآن تخطيط الحديقة خلف المكتبة.",
            },
        ),
        Question(
            key="priorities",
            kind=Kind.RANKING,
            words={"en": "What should the garden have first?", "ar": "ما الذي يجب توفيره أولًا؟"},
            choices=order,
        ),
        Question(
            key="household",
            kind=Kind.NUMBER,
            words={"en": "How many people live with you?", "ar": "كم شخصًا يعيش معك؟"},
            least="1",
            most="20",
        ),
        Question(
            key="since", kind=Kind.DATE, words={"en": "Since when have you lived here?", "ar": "منذ متى تعيش هنا؟"}
        ),
        Question(
            key="street", kind=Kind.SHORT, words={"en": "Which street is near you?", "ar": "ما الشارع القريب منك؟"}
        ),
        Question(
            key="wish",
            kind=Kind.LONG,
            words={
                "en": "You come {visits}. What should the garden be?",
                "ar": "تأتي {visits}. كيف يجب أن تكون الحديقة؟",
            },
        ),
        Question(key="part", kind=Kind.PLACE, words={"en": "Where do you live?", "ar": "أين تسكن؟"}, choices=_places()),
        Question(
            key="agreed",
            kind=Kind.CONSENT,
            words={"en": "May we quote your words without your name?", "ar": "هل يمكننا اقتباس كلماتك دون اسمك؟"},
        ),
    ]
    return Questionnaire(
        title={"en": "The reading garden", "ar": "حديقة القراءة"},
        welcome={"en": "Ten minutes that decide what is planted.", "ar": "عشر دقائق تقرر ما سيُزرع."},
        thanks={"en": "Thank you.", "ar": "شكرًا لك."},
        languages=["en", "ar"],
        pages=[
            Page(key="you", title={"en": "You and the library", "ar": "أنت والمكتبة"}, questions=first),
            Page(key="garden", title={"en": "The garden", "ar": "الحديقة"}, questions=second),
        ],
    )
