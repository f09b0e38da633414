"""`rapport count BALLOTS --method stv --seats 3`: count ballots by a method, with an audit log of every stage."""

import json
from argparse import ArgumentParser
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from rapport.deciding.methods.ballot_files import is_blt, read_answers, read_blt, read_marks, read_ranks
from rapport.deciding.methods.ballots import METHODS, Beforehand, Marks, Ranked, Result, count


class Command(BaseCommand):
    help = "Count ballots (BLT or CSV) by a method: who is elected, in which order, and every step of the count."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ballots", type=Path)
        parser.add_argument("--method", required=True, choices=sorted(METHODS))
        parser.add_argument("--seats", type=int, help="How many are elected (else as the file says, or one)")
        parser.add_argument("--quorum", type=int, default=0, help="So many ballots make the vote count")
        parser.add_argument("--majority", default="1/2", help="The share that is needed, such as 2/3")
        parser.add_argument("--most", type=int, help="The highest score, or the dots that each voter has (5)")
        parser.add_argument("--objections", type=int, default=0, help="So many objections do not stand in the way")
        parser.add_argument("--seed", default="", help="The published seed of the lots for ties")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **asked: Any) -> None:
        try:
            ballots, seats = _read(asked["ballots"], asked["method"])
            rules = Beforehand(
                seats=seats if asked["seats"] is None else asked["seats"],
                quorum=asked["quorum"],
                seed=asked["seed"],
                majority=_share(asked["majority"]),
                most=asked["most"],
                objections=asked["objections"],
            )
            result = count(asked["method"], ballots, rules)
        except (OSError, ValueError) as problem:
            raise CommandError(
                _("These ballots cannot be counted: %(why)s") % {"why": problem}, returncode=2
            ) from problem
        if asked["json"]:
            self.stdout.write(json.dumps(result.as_json(), ensure_ascii=False))
        else:
            self._say(result)

    def _say(self, result: Result) -> None:
        for step in result.steps:
            facts = {name: value for name, value in step.items() if name not in {"step", "what"}}
            self.stdout.write(f"{step['step']:3}. {step['what']}: {json.dumps(facts, ensure_ascii=False)}")
        if result.winners:
            self.stdout.write(_("Elected: %(names)s") % {"names": ", ".join(result.winners)})
        else:
            self.stdout.write(_("Nothing was decided (%(why)s).") % {"why": result.why})


def _read(path: Path, method: str) -> tuple[Ranked | Marks | list[str], int]:
    kind = METHODS[method].kind
    if kind == "answers":
        return read_answers(path), 1
    if kind == "marks":
        return read_marks(path, times=method == "times"), 1
    if is_blt(path):
        read = read_blt(path)
        return read.ballots, read.seats if method != "irv" else 1
    return read_ranks(path), 1


def _share(words: str) -> Fraction:
    try:
        share = Fraction(words)
    except (ValueError, ZeroDivisionError):
        raise ValueError(_("“%(words)s” is not a share") % {"words": words}) from None
    if not 0 <= share <= 1:
        raise ValueError(_("a share lies between 0 and 1"))
    return share
