"""`rapport opinion_map --votes FILE`: who votes alike, what all agree on and what divides."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.deciding.methods.opinion_map import OpinionMap, Telling, draw_map
from rapport.deciding.methods.polis_files import UnreadableVotes, read_comments, read_votes


class Command(BaseCommand):
    help = "Draw the opinion map of votes on statements (agree, disagree, pass) from a Polis export."

    def add_arguments(self, parser: ArgumentParser) -> None:
        votes, comments = "votes.csv or participants-votes.csv", "comments.csv: the words, and what is moderated out"
        parser.add_argument("--votes", required=True, type=Path, metavar="FILE", help=votes)
        parser.add_argument("--comments", type=Path, metavar="FILE", help=comments)
        parser.add_argument("--groups", type=int, metavar="K", help="So many groups instead of the clearest number")
        parser.add_argument("--fewest", type=int, default=5, metavar="N", help="No group of fewer people than this")
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--compat", action="store_true", help="Count what is moderated out as Polis does")
        parser.add_argument("--anyway", action="store_true", help="Give groups even if they are not clear and stable")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **asked: Any) -> None:
        if asked["groups"] is not None and asked["groups"] < 2:
            raise CommandError(_("Groups begin at two."), returncode=2)
        try:
            votes = read_votes(asked["votes"])
            comments = read_comments(asked["comments"]) if asked["comments"] else []
            drawn = draw_map(
                votes,
                moderated_out=[one.id for one in comments if one.moderated < 0],
                k=asked["groups"],
                fewest=asked["fewest"],
                seed=asked["seed"],
                compat=asked["compat"],
                anyway=asked["anyway"],
            )
        except (OSError, UnicodeError, UnreadableVotes, ValueError) as problem:
            raise CommandError(_("This file cannot be read: %(why)s") % {"why": problem}, returncode=2) from problem
        texts = {one.id: one.text for one in comments}
        if asked["json"]:
            self.stdout.write(json.dumps(drawn.as_json(texts), ensure_ascii=False))
        else:
            self._say(drawn, texts)

    def _say(self, drawn: OpinionMap, texts: dict[str, str]) -> None:
        people, say = len(drawn.participants), self.stdout.write
        say(ngettext("%(n)s person voted.", "%(n)s people voted.", people) % {"n": f"{people:,}"})
        say(_in_words(drawn))
        for number, group in enumerate(drawn.groups, 1):
            words = ngettext("Group %(id)s, %(n)s person:", "Group %(id)s, %(n)s people:", group.size)
            self._list(words % {"id": number, "n": f"{group.size:,}"}, group.telling, texts)
        self._list(_("What all agree on:"), drawn.consensus, texts)
        self._list(_("What divides:"), drawn.divides, texts)

    def _list(self, title: str, found: tuple[Telling, ...], texts: dict[str, str]) -> None:
        self.stdout.write(f"\n{title}")
        sides = {"agree": _("agree"), "disagree": _("disagree")}
        for one in found:
            words = _("  %(count)s of %(seen)s %(side)s: %(text)s")
            facts = {"count": one.count, "seen": one.seen, "side": sides[one.side]}
            self.stdout.write(words % {**facts, "text": texts.get(one.statement, one.statement)})
        if not found:
            self.stdout.write(_("  nothing yet"))


def _in_words(drawn: OpinionMap) -> str:
    return {
        "": _("There are groups: clearer than chance, and the same whichever half of the statements one looks at."),
        "few": _("There are no groups to show: too few people have voted on enough statements."),
        "chance": _("There are no groups: people differ no more than chance would have it."),
        "unstable": _("There are no groups to rely on: other statements would have given others."),
    }[drawn.why_no_groups]
