"""`manage.py load_samples`: makes the demo person with the sample project, where the settings allow one."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from builder.services.demo import EMAIL, make_demo, rest_demo


class Command(BaseCommand):
    help = "Makes the demo person with the sample project. Safe to run again."

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        if not settings.PLAINSPARK_DEMO:
            rest_demo()
            self.stdout.write("No demo person here: PLAINSPARK_DEMO is off.")
            return
        make_demo()
        self.stdout.write(f'The samples belong to {EMAIL}: choose "Try it" on the first page to sign in as them.')
