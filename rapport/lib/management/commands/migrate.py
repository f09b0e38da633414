from typing import Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate


class Command(Migrate):
    help = f"{Migrate.help} Makes the table of the shared cache too."

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        call_command("createcachetable", verbosity=options["verbosity"], database=options["database"])
