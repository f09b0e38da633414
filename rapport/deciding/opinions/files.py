"""A conversation as the files of Polis, out and in."""

import csv
import io
import secrets
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from rapport.deciding.methods.opinion_map import Votes
from rapport.deciding.methods.polis_files import (
    Comment,
    UnreadableVotes,
    read_comments,
    read_votes,
    write_comments,
    write_matrix,
    write_votes,
)
from rapport.deciding.models import Conversation, Fate, OpinionVote, Participant, Statement
from rapport.deciding.opinions.drawing import draw_of
from rapport.deciding.opinions.matrix import matrix_of
from rapport.lib.unpacking import TooMuchInside, measure
from rapport.listening.models import Channel
from rapport.people.models import Person

LARGEST = 50_000_000
_MODERATED = {Fate.ACCEPTED: 1, Fate.WAITING: 0, Fate.REJECTED: -1}


def exported(conversation: Conversation) -> bytes:
    """A zip of comments.csv, votes.csv, participants-votes.csv and summary.csv; people's ids are drawn anew each time.

    `rapport opinion_map` on these files draws the same map; what to type stands in summary.csv.
    """
    matrix = matrix_of(conversation)
    group_of = draw_of(matrix, conversation).group_of if len(matrix.votes.vote) else None
    ids = _ids(len(matrix.people))
    votes = Votes(ids, matrix.votes.statements, matrix.votes.start, matrix.votes.column, matrix.votes.vote)
    name_of = dict(zip(matrix.people, ids, strict=True))
    comments = [_comment(one, name_of) for one in _counted(conversation)]
    written: dict[str, int] = {}
    for one in comments:
        written[one.author] = written.get(one.author, 0) + 1
    parts = {name: io.StringIO() for name in ("comments.csv", "votes.csv", "participants-votes.csv", "summary.csv")}
    write_comments(parts["comments.csv"], comments)
    write_votes(parts["votes.csv"], votes)
    write_matrix(parts["participants-votes.csv"], votes, group_of, written)
    _write_summary(parts["summary.csv"], conversation, votes, comments)
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text.getvalue())
    return whole.getvalue()


def _ids(how_many: int) -> list[str]:
    drawn = set[str]()
    while len(drawn) < how_many:
        drawn.add(secrets.token_hex(6))
    found = list(drawn)
    secrets.SystemRandom().shuffle(found)
    return found


def _counted(conversation: Conversation) -> list[Statement]:
    return list(conversation.statements.prefetch_related("votes"))


def _comment(one: Statement, name_of: Mapping[int, str]) -> Comment:
    cast = [vote.vote for vote in one.votes.all()]
    return Comment(
        id=str(one.number),
        text=one.original,
        author=name_of.get(one.author_id or 0, ""),
        agrees=cast.count(1),
        disagrees=cast.count(-1),
        moderated=_MODERATED[Fate(one.standing)],
    )


def _write_summary(file: io.StringIO, conversation: Conversation, votes: Votes, comments: list[Comment]) -> None:
    command = (
        "rapport opinion_map --votes votes.csv --comments comments.csv"
        f" --fewest {settings.HOUSE.threshold} --seed {conversation.seed_of_map}"
    )
    out = csv.writer(file, lineterminator="\n")
    out.writerow(("topic", str(conversation)))
    out.writerow(("conversation-description", str(conversation.about)))
    out.writerow(("voters", len(votes.participants)))
    out.writerow(("voters-in-conv", len(votes.participants)))
    out.writerow(("commenters", len({one.author for one in comments if one.author})))
    out.writerow(("comments", len(comments)))
    out.writerow(("votes", len(votes.vote)))
    out.writerow(("draw-it-again", command))


@dataclass
class Brought:
    """What was read in files of Polis, and what of it is refused."""

    comments: list[Comment] = field(default_factory=list)
    votes: Votes | None = None
    refused: list[str] = field(default_factory=list)

    @property
    def people(self) -> int:
        return len(self.votes.participants) if self.votes else 0

    @property
    def cast(self) -> int:
        return len(self.votes.vote) if self.votes else 0


def read(upload: "File[bytes]", longest: int) -> Brought:
    """A zip of an export, or one of its files. Raises UnreadableVotes."""
    with TemporaryDirectory() as folder:
        paths = _unpacked(upload, Path(folder))
        if not paths:
            raise UnreadableVotes(_("There is neither comments.csv nor votes.csv nor participants-votes.csv in it."))
        brought = Brought()
        if "comments.csv" in paths:
            _take_comments(brought, read_comments(paths["comments.csv"]), longest)
        votes = paths.get("votes.csv") or paths.get("participants-votes.csv")
        try:
            brought.votes = read_votes(votes) if votes else None
        except ValueError as problem:
            raise UnreadableVotes(str(problem)) from problem
    known = {one.id for one in brought.comments}
    lacking = [name for name in brought.votes.statements if name not in known] if brought.votes else []
    if lacking:
        told = _("Votes on statements whose words are not in comments.csv are left out: %(ids)s")
        brought.refused.append(told % {"ids": ", ".join(lacking[:20])})
    return brought


def _take_comments(brought: Brought, comments: list[Comment], longest: int) -> None:
    seen = set[str]()
    for line, one in enumerate(comments, 2):
        text = " ".join(one.text.split())
        why = ""
        if not text:
            why = _("it has no words")
        elif len(text) > 1000:
            why = _("it has more than 1,000 characters")
        elif one.id in seen:
            why = _("its number stands there twice")
        if why:
            brought.refused.append(_("comments.csv, row %(row)s: %(why)s") % {"row": line, "why": why})
        else:
            seen.add(one.id)
            brought.comments.append(one)


def _unpacked(upload: "File[bytes]", folder: Path) -> dict[str, Path]:
    wanted = {"comments.csv", "votes.csv", "participants-votes.csv"}
    name = (upload.name or "").lower()
    if not name.endswith(".zip"):
        kind = next((one for one in ("participants-votes.csv", "comments.csv", "votes.csv") if name.endswith(one)), "")
        if not kind:
            return {}
        (folder / kind).write_bytes(upload.read())
        return {kind: folder / kind}
    found: dict[str, Path] = {}
    try:
        measure(upload, most=LARGEST * 6)  # type: ignore[arg-type]  # an upload reads like any file
        with zipfile.ZipFile(upload) as archive:
            for member in archive.namelist():
                base = next((one for one in sorted(wanted, key=len, reverse=True) if member.lower().endswith(one)), "")
                if base and base not in found:
                    (folder / base).write_bytes(archive.read(member))
                    found[base] = folder / base
    except (TooMuchInside, zipfile.BadZipFile) as problem:
        raise UnreadableVotes(_("This zip is broken, or larger than it should be.")) from problem
    return found


@transaction.atomic
def take(conversation: Conversation, brought: Brought, *, by: Person, language: str) -> int:
    """Add all statements and votes of the files, as those of new participants; how many votes were taken.

    Statements that stand here already with the same words take the votes of theirs.
    """
    here = {text.casefold(): one for one in conversation.statements.all() for text in one.words.values()}
    last = conversation._last_number()
    keys: dict[str, int] = {}
    for one in brought.comments:
        text = " ".join(one.text.split())
        statement = here.get(text.casefold())
        if statement is None:
            last += 1
            standing = {1: Fate.ACCEPTED, 0: Fate.WAITING, -1: Fate.REJECTED}[one.moderated]
            statement = here[text.casefold()] = Statement.objects.create(
                conversation=conversation, number=last, words={language: text}, language=language,
                standing=standing, by=by,
            )  # fmt: skip
        keys[one.id] = statement.pk
    taken = _take_votes(conversation, brought.votes, keys, language) if brought.votes else 0
    conversation.ask_for_drawing()
    return taken


def _take_votes(conversation: Conversation, votes: Votes, keys: Mapping[str, int], language: str) -> int:
    process = conversation.process
    people = Participant.objects.bulk_create(
        [Participant(process=process, channel=Channel.IMPORT, language=language) for _one in votes.participants],
        batch_size=1000,
    )
    cast = {
        (keys[votes.statements[column]], people[row].pk): vote
        for row, column, vote in zip(votes.row.tolist(), votes.column.tolist(), votes.vote.tolist(), strict=True)
        if votes.statements[column] in keys
    }
    OpinionVote.objects.put([OpinionVote(statement_id=s, participant_id=p, vote=v) for (s, p), v in cast.items()])
    return len(cast)
