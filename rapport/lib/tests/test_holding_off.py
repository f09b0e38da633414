import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import RequestFactory

from rapport.lib import proof
from rapport.lib.limits import limited
from rapport.lib.visitors import address_of, mark_of

pytestmark = pytest.mark.django_db


def solution_of(challenge: str) -> str:
    bits = int(challenge.split(".")[1])
    for number in range(1_000_000):
        digest = hashlib.sha256(f"{challenge}:{number}".encode()).digest()
        if int.from_bytes(digest, "big") >> (256 - bits) == 0:
            return str(number)
    raise AssertionError("no solution")


def test_the_fourth_attempt_of_three_is_one_too_many() -> None:
    assert [limited("somebody", "tell", "3/d") for _ in range(4)] == [False, False, False, True]
    assert not limited("somebody else", "tell", "3/d")


def test_an_address_is_not_in_its_mark_and_cannot_be_invented() -> None:
    request = RequestFactory().post("/", headers={"x-forwarded-for": "192.0.2.9"}, REMOTE_ADDR="192.0.2.1")

    assert address_of(request) == "192.0.2.1"
    assert "192.0.2" not in mark_of(request)


def test_a_solved_challenge_counts_once() -> None:
    challenge = proof.challenge()
    solution = solution_of(challenge)

    assert proof.is_solved(challenge, solution)
    assert not proof.is_solved(challenge, solution)


@pytest.mark.parametrize("made_up", ["", "x", "1.1.x.y", "ü", "1.0.aa." + "0" * 64])
def test_a_made_up_challenge_is_not_solved(made_up: str) -> None:
    assert not proof.is_solved(made_up, "0")
    assert not proof.is_old_enough(made_up)


@pytest.mark.django_db(transaction=True)
def test_of_forty_at_the_same_moment_just_ten_are_let_through() -> None:
    def attempt(_number: int) -> bool:
        try:
            return limited("somebody", "tell", "10/d")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        too_many = list(pool.map(attempt, range(40)))

    assert too_many.count(False) == 10


@pytest.mark.django_db(transaction=True)
def test_of_those_who_use_a_solved_challenge_at_the_same_moment_one_is_let_through() -> None:
    challenge = proof.challenge()
    solution = solution_of(challenge)

    def attempt(_number: int) -> bool:
        try:
            return proof.is_solved(challenge, solution)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(attempt, range(8))).count(True) == 1
