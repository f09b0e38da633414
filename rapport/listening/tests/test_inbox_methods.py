from rapport.listening.methods.likeness import most_alike
from rapport.listening.methods.personal_data import looks_personal, pieces


def test_ways_to_reach_somebody_are_marked() -> None:
    words = "Write to amina@example.org or call +44 171 555 0199, my card is 4111 1111 1111 1111."

    marked = [(piece.text, piece.kind) for piece in pieces(words) if piece.kind]

    assert marked == [
        ("amina@example.org", "email"),
        ("+44 171 555 0199", "phone"),
        ("4111 1111 1111 1111", "card"),
    ]
    assert "".join(piece.text for piece in pieces(words)) == words


def test_dates_years_and_hours_are_not_personal() -> None:
    assert not looks_personal("Since 24.11.2026 you open at 9:30, and in 2025 it was 10-18 on 3 days")


def test_voices_that_share_rare_words_are_alike() -> None:
    others = ["Thank you for the story hour", "Bicycles block the ramp for my wheelchair", "The ramp is too steep"]

    found = most_alike("The ramp is blocked by bicycles, my wheelchair cannot pass", others)

    assert found[0][0] == 1
    assert 0 not in dict(found)


def test_nothing_is_like_a_voice_without_words() -> None:
    assert most_alike("!!", ["Hello there"]) == []
