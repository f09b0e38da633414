import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from rapport.community import demo as community
from rapport.deciding import demo as deciding
from rapport.impact import demo as impact
from rapport.insight import demo as insight
from rapport.insight import demo_assessments as assessments
from rapport.insight import demo_audits as audits
from rapport.insight import demo_board as board
from rapport.insight import demo_hearing as hearing
from rapport.insight import demo_narratives as narratives
from rapport.lib.worker import Worker
from rapport.listening import demo as listening
from rapport.people import demo as people
from rapport.places import demo as places
from rapport.places.models import Branch
from rapport.programs import demo as programs
from rapport.programs import demo_balance as balance
from rapport.surveys import demo as surveys
from rapport.volunteering import demo as volunteering


class Command(BaseCommand):
    help = "Makes the demo town: three branches, a cast, and a year of life, always the same."

    def handle(self, **options: Any) -> None:
        if not settings.HOUSE.is_demo:
            raise CommandError("The demo town is only for RAPPORT_MODE=demo: it would stand among your own records.")
        if Branch.objects.exists():
            self.stdout.write("The demo town is there already.")
            return
        start = time.perf_counter()
        with transaction.atomic():
            self.live()
        Worker(once=True).work()
        self.stdout.write(f"The demo town is made in {time.perf_counter() - start:.1f} s.")

    def live(self) -> None:
        """A year of the town, each area through its own verbs, in the order of the loop."""
        branches = {branch.slug: branch for branch in places.fill()}
        cast = vars(people.fill())
        community.fill(branches, by=cast["ben"])
        topics = listening.fill(cast, branches)
        asked = surveys.fill(cast, branches)
        needs = insight.fill(cast, topics)
        insight.understand(cast, asked["needs"])
        decisions = deciding.fill(by=cast["ben"], ruled_by=cast["mona"], needs=needs)
        programs.fill(cast, branches, needs, decisions)
        balance.fill(by=cast["ben"])
        assessments.fill(cast, branches, needs)
        audits.fill(branches, cast)
        volunteering.fill(branches, by=cast["ben"])
        hearing.fill(by=cast["ben"])
        board.fill(cast, branches, needs, asked["needs"])
        impact.fill(by=cast["ben"], needs=needs)
        narratives.fill(cast)
