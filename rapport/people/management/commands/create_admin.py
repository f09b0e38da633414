import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from rapport.people.models import Person, Role


class Command(BaseCommand):
    help = "Makes somebody an administrator. Without a password they sign in by a code sent to their address."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")
        parser.add_argument("--password-stdin", action="store_true", help="Read a password from standard input.")

    @transaction.atomic
    def handle(self, *, email: str, name: str, password_stdin: bool, **options: Any) -> None:
        try:
            validate_email(email)
            password = sys.stdin.readline().rstrip("\n") if password_stdin else None
            if password_stdin:
                validate_password(password or "")
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        person = Person.objects.filter(email=email.strip().lower()).first()
        person = person or Person.objects.create_user(email, name=name)
        if password:
            person.set_password(password)
            person.save(update_fields=["password"])
        person.appoint(Role.ADMINISTRATOR, by=None)
        self.stdout.write(f"{person.email} is an administrator.")
        if not password:
            self.stdout.write("To sign in, ask for a code on the sign-in page; it comes by mail.")
