"""The help is made from the language: every sentence and every message has its place in it."""

from string import Formatter

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from compiler.messages import CATALOGUE
from compiler.sentences import SENTENCES

pytestmark = pytest.mark.django_db


def test_every_sentence_is_in_the_help(client: Client) -> None:
    shown = client.get(reverse("help")).content.decode()
    for sentence in SENTENCES:
        assert escape(sentence.title) in shown
        assert escape(sentence.summary) in shown
        assert escape(sentence.example) in shown


def test_every_message_has_a_page_that_the_list_links_to(client: Client) -> None:
    listed = client.get(reverse("help_messages")).content.decode()
    for code, entry in CATALOGUE.items():
        address = reverse("help_message", args=[code])
        assert f'href="{address}"' in listed
        shown = client.get(address).content.decode()
        assert escape(entry.title) in shown


def test_a_message_is_found_in_small_letters_and_an_unknown_one_is_not(client: Client) -> None:
    code = next(iter(CATALOGUE))
    assert client.get(reverse("help_message", args=[code.lower()])).status_code == 200
    assert client.get(reverse("help_message", args=["X999"])).status_code == 404


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_what_is_said_has_no_slots_left(client: Client, code: str) -> None:
    shown = client.get(reverse("help_message", args=[code])).content.decode()
    said = shown[shown.index("notice__body") : shown.index("help__around")]
    for _, slot, _, _ in Formatter().parse(CATALOGUE[code].words):
        assert slot is None or f"{{{slot}}}" not in said
