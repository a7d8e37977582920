"""A short run of the fuzzer, of which `make fuzz` is the long one, and tests that it would notice a broken law."""

from pathlib import Path

import pytest

from compiler import Project
from tests.fuzz import laws
from tests.fuzz.campaign import Failure, input_of, keep, try_range
from tests.fuzz.corpus import corpus
from tests.fuzz.laws import Broken, broken_law
from tests.fuzz.minimising import minimised

SEED = 20_260_301
INPUTS = 1_500


def test_every_page_of_the_corpus_keeps_the_laws() -> None:
    broken = {text: law for text in corpus().texts if (law := broken_law(text, thorough=True, slow=20)) is not None}
    assert not broken


@pytest.mark.parametrize("first", range(0, INPUTS, 500))
def test_changed_pages_keep_the_laws(first: int) -> None:
    failures = try_range(SEED, first, 500)
    assert not [f"input {each.number} of seed {SEED}: {each.broken.law}\n{each.broken.detail}" for each in failures]


def test_the_same_seed_gives_the_same_inputs() -> None:
    assert [input_of(5, number) for number in range(20)] == [input_of(5, number) for number in range(20)]
    assert len({input_of(5, number) for number in range(20)}) > 15


def test_what_is_raised_breaks_a_law(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(_project: Project) -> None:
        raise KeyError("price")

    monkeypatch.setattr(laws, "run_examples", run)
    broken = broken_law("Function: Try\n")
    assert broken is not None
    assert broken.law.startswith("raises KeyError")


def test_formatting_that_never_settles_breaks_a_law(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laws, "format_text", lambda text, _project: text + "Note: again.\n")
    assert broken_law("Function: Try\n") == Broken(
        "formatting again changes nothing",
        "--- once\nFunction: Try\nNote: again.\n\n--- twice\nFunction: Try\nNote: again.\nNote: again.\n",
    )


def test_what_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(_project: Project) -> None:
        while True:
            pass

    monkeypatch.setattr(laws, "run_examples", run)
    monkeypatch.setattr(laws, "_HANG", 0.2)
    broken = broken_law("Function: Try\n")
    assert broken is not None
    assert broken.law == "hangs"


def test_failing_inputs_are_made_small() -> None:
    text = "Function: Try\nNeeds a price (money).\nSet the BUG to 1.\nStop.\n"
    assert minimised(text, lambda tried: "BUG" in tried) == "BUG"


def test_failing_inputs_are_kept(tmp_path: Path) -> None:
    failure = Failure(3, 14, Broken("a law", "why"), "Function: \ud800\n")
    path = keep(failure, tmp_path)
    assert path.read_bytes() == b"Function: \xed\xa0\x80\n"
    assert "python -m tests.fuzz --seed 3 --only 14" in path.with_suffix(".txt").read_text()
