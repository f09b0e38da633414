"""Conversations for tests, and votes cast by people of whom some think alike."""

from rapport.deciding.models import Conversation, OpinionVote, Participant
from rapport.deciding.tests.made_votes import made_votes
from rapport.listening.models import Channel


def people_vote(conversation: Conversation, *, groups: int = 2, people: int = 80, seed: int = 3) -> list[Participant]:
    """Everybody votes on most statements as is usual in their group; then the map is drawn."""
    statements = list(conversation.statements.all())
    votes, _group_of = made_votes(people, len(statements), max(7, len(statements) - 4), groups, seed)
    someone = Participant.objects.bulk_create(
        [Participant(process=conversation.process, channel=Channel.WEB) for _one in range(people)]
    )
    OpinionVote.objects.put(
        [
            OpinionVote(statement=statements[column], participant=someone[row], vote=vote)
            for row, column, vote in zip(votes.row.tolist(), votes.column.tolist(), votes.vote.tolist(), strict=True)
        ]
    )
    conversation.draw()
    return someone
