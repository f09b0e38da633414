"""A small questionnaire with one of everything that matters, as the tests of the area share it."""

from rapport.surveys.methods import (
    Choice,
    Comparison,
    Kind,
    Line,
    Page,
    Question,
    Questionnaire,
    Test,
)


def garden_questions() -> Questionnaire:
    """Two pages in English and Spanish: how often people come, what keeps them away, what matters, and a wish."""
    visits = Question(
        key="visits",
        kind=Kind.SINGLE,
        words={"en": "How often do you come?", "es": "¿Con qué frecuencia viene?"},
        choices=[
            Choice(code="weekly", words={"en": "Every week", "es": "Cada semana"}),
            Choice(code="rarely", words={"en": "Now and then", "es": "De vez en cuando"}),
            Choice(code="never", words={"en": "Never", "es": "Nunca"}),
        ],
        is_required=True,
        why_required={"en": "The next questions hang on it"},
    )
    barriers = Question(
        key="barriers",
        kind=Kind.MULTIPLE,
        words={"en": "What keeps you away?"},
        choices=[
            Choice(code="hours", words={"en": "The opening hours"}),
            Choice(code="far", words={"en": "It is too far"}),
            Choice(code="other", words={"en": "Something else"}, is_other=True),
            Choice(code="none", words={"en": "Nothing"}, is_alone=True),
        ],
        is_shuffled=True,
        when=Test("visits", Comparison.UNEQUAL, "weekly"),
    )
    services = Question(
        key="services",
        kind=Kind.GRID,
        words={"en": "How much do these matter, and how good are they?"},
        rows=[Line(key="wifi", words={"en": "Wi-Fi"}), Line(key="books", words={"en": "Books"})],
        aspects=[
            Line(key="importance", words={"en": "Matters to me"}),
            Line(key="performance", words={"en": "Is good"}),
        ],
        ends={"1": {"en": "not at all"}, "5": {"en": "very much"}},
        may_not_apply=True,
    )
    wish = Question(
        key="wish",
        kind=Kind.LONG,
        words={"en": "You come {visits}. What should the garden be?", "es": "¿Cómo debería ser el jardín?"},
    )
    return Questionnaire(
        title={"en": "The reading garden", "es": "El jardín de lectura"},
        languages=["en", "es"],
        pages=[Page(key="you", questions=[visits, barriers]), Page(key="garden", questions=[services, wish])],
    )
