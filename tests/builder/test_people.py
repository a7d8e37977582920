"""New people and the demo person: a workspace with something to run, once."""

import pytest
from django.core.management import call_command
from django.test import Client

from builder.access import visible_projects
from builder.models import LiveFunction, Membership, User
from builder.reading import read_project
from builder.services.demo import EMAIL, demo_user
from builder.services.people import welcome
from compiler import run_examples

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer() -> User:
    return User.objects.create_user("new@example.com", "x")


def test_a_new_person_finds_the_shop_with_functions_that_run(newcomer: User):
    welcome(newcomer)
    shop = visible_projects(newcomer).get()
    assert shop.name == "Shop"
    assert set(LiveFunction.objects.filter(project=shop).values_list("name", flat=True)) == {
        "Quantity discount",
        "Basket total",
    }


def test_the_sample_reads_without_a_message_and_its_examples_hold(newcomer: User):
    welcome(newcomer)
    reading = read_project(visible_projects(newcomer).get())
    assert reading.messages == ()
    results = run_examples(reading)
    assert len(results) == 4
    assert all(result.passed for result in results)


def test_a_person_is_welcomed_once(newcomer: User):
    welcome(newcomer)
    Membership.objects.filter(user=newcomer).delete()
    assert welcome(newcomer) is None
    assert not newcomer.memberships.exists()


@pytest.fixture
def demo(settings) -> None:
    settings.PLAINSPARK_DEMO = True
    call_command("load_samples", verbosity=0)


def test_trying_it_out_signs_in_as_the_demo_person(demo: None, client: Client):
    assert "Try it without an account" in client.get("/").content.decode()
    home = client.post("/demo/", follow=True)
    assert home.wsgi_request.user.email == EMAIL
    assert "Shop" in home.content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {"REMOTE_ADDR": "10.0.0.7"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
    ],
)
def test_only_who_sits_at_the_machine_tries_it_out(demo: None, client: Client, sent: dict[str, str]):
    assert "Try it without an account" not in client.get("/", **sent).content.decode()
    assert client.post("/demo/", **sent).status_code == 404
    assert client.post("/demo/", REMOTE_ADDR="::1").status_code == 302


def test_a_password_that_somebody_gave_the_demo_person_does_not_last(demo: None, client: Client):
    person = User.objects.get(email=EMAIL)
    person.set_password("somebody chose this")
    person.save()
    call_command("load_samples", verbosity=0)
    assert not User.objects.get(email=EMAIL).has_usable_password()


def test_the_demo_person_rests_where_there_is_no_demo(demo: None, client: Client, settings):
    client.post("/demo/")
    settings.PLAINSPARK_DEMO = False
    call_command("load_samples", verbosity=0)
    assert not User.objects.get(email=EMAIL).is_active
    assert client.get("/account/").status_code == 302
    settings.PLAINSPARK_DEMO = True
    call_command("load_samples", verbosity=0)
    assert demo_user() is not None


def test_samples_are_loaded_once(demo: None, settings):
    call_command("load_samples", verbosity=0)
    assert User.objects.filter(email=EMAIL).count() == 1
    assert visible_projects(User.objects.get(email=EMAIL)).count() == 1


def test_there_is_no_demo_person_where_the_setting_is_off(demo: None, client: Client, settings):
    settings.PLAINSPARK_DEMO = False
    assert demo_user() is None
    assert client.post("/demo/").status_code == 404
    assert "Try it" not in client.get("/").content.decode()


def test_nobody_signs_in_to_the_demo_account_by_password(demo: None, client: Client):
    for password in ("", "!", "demo"):
        client.post("/accounts/login/", {"login": EMAIL, "password": password})
        assert "_auth_user_id" not in client.session
