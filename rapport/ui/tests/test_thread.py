import datetime

from rapport.ui.thread import Knot, draw, seven, summary

STORY = [
    Knot("Amina spoke", "done", datetime.date(2026, 9, 3), "Nowhere to sit", "/voices/7/", "listen"),
    Knot("Benches on weekdays", "declined", words="The school needs the yard", stage="decide"),
    Knot("Reading garden", "present", stage="deliver", actor="Chen"),
]


def test_the_small_thread_has_seven_knots_in_the_order_of_the_loop() -> None:
    knots = seven(STORY)

    assert [knot.stage for knot in knots] == ["listen", "understand", "decide", "deliver", "measure", "report", "told"]
    assert [knot.state for knot in knots] == ["done", "owed", "declined", "present", "owed", "owed", "owed"]


def test_of_several_knots_in_a_stage_the_present_one_shows() -> None:
    knots = seven([Knot("Trial", "present", stage="deliver"), Knot("First talk", "done", stage="deliver")])

    assert knots[3].state == "present"


def test_those_who_do_not_look_are_told_in_words() -> None:
    words = summary(seven(STORY))

    assert words == "1 of 7 steps done: Decided (declined), Done (now)"
    assert f'aria-label="{words}"' in draw(STORY, "small")


def test_a_story_opens_to_its_words_and_leads_on() -> None:
    page = draw(STORY, "large")

    assert page.count("<li") == 3
    assert "Nowhere to sit" in page
    assert 'href="/voices/7/"' in page
    assert '<time datetime="2026-09-03">' in page


def test_a_declined_knot_stands_open_so_that_its_reason_is_read() -> None:
    declined = draw(STORY, "large").split('class="knot knot--declined"')[1]

    assert declined.index("<details") < declined.index(" open>") < declined.index("The school needs the yard")


def test_what_people_wrote_cannot_become_markup() -> None:
    page = draw([Knot("<b>x</b>", "done", words="<script>", url="javascript", stage="listen")], "large")

    assert "<script>" not in page
    assert "<b>x</b>" not in page


def test_a_thread_without_knots_says_that_the_story_starts_here() -> None:
    assert "The story starts here." in draw([], "large")
    assert draw([], "spine").count("<li") == 0


def test_the_thread_has_no_inline_style_or_script() -> None:
    for size in ("small", "large", "spine"):
        page = draw(STORY, size)  # type: ignore[arg-type]
        assert "style=" not in page
        assert "onclick" not in page
