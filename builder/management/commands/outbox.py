"""`manage.py outbox`: prints mail that was kept instead of sent, for whoever runs the server."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from builder.models import OutboxMessage


class Command(BaseCommand):
    help = "Prints the newest mails that were kept instead of sent."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", nargs="?", help="only mail to this address")
        parser.add_argument("--last", type=int, default=5, help="how many mails (5)")

    def handle(self, *_arguments: Any, address: str | None, last: int, **_options: Any) -> None:
        mails = OutboxMessage.objects.all()
        if address:
            mails = mails.filter(recipient=address.strip().lower())
        newest = list(mails[:last])
        for mail in reversed(newest):
            self.stdout.write(f"{mail.created:%Y-%m-%d %H:%M} to {mail.recipient}: {mail.subject}\n\n{mail.text}\n")
        if not newest:
            self.stdout.write("There is no such mail.")
