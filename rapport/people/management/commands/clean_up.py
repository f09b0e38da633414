from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from rapport.people.cleaning import clean_up


class Command(BaseCommand):
    help = "Remove what has been kept long enough (the worker does this every night)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say what would be removed")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        for name, count in clean_up(dry_run=dry_run).items():
            self.stdout.write(f"{count:>8}  {name}")
