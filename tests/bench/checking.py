"""How long it takes to check and compile a project of a thousand sentences, and to check again after a change."""

from __future__ import annotations

import gc

from compiler import ReadingCache, Source, read
from compiler.targets.wasm import compile_wasm
from tests.bench.figures import Figure, best_seconds, seconds

SENTENCES = 1_000
PER_PAGE = 50


def page(number: int) -> str:
    """A page of fifty sentences: declarations, decisions, sums, and a call of the page before."""
    lines = [
        f"Function: Offer {number}",
        "Needs a price (money), a quantity (whole number) and a weight (kg).",
        f"Gives an amount {number} (money) and a remark (text).",
        'The quantity must be at least 1, otherwise "Order at least one."',
        f"Set the amount {number} to the price times the quantity.",
        'Set the remark to "plain".',
    ]
    if number:
        before = number - 1
        lines.append(
            f"Increase the amount {number} by the amount {before} of Offer {before} "
            "with the price and the quantity and the weight."
        )
    step = 0
    while len(lines) < PER_PAGE:
        step += 1
        lines.append(f"If the quantity is at least {step * 10}, decrease the amount {number} by {step}% of the price.")
        lines.append(f"Let the part {step} be the amount {number} divided by {step + 1}, rounded to 2 decimals.")
        lines.append(f'If the weight is more than {step} kg, set the remark to "heavier than {step}".')
        lines.append(f"Increase the amount {number} by the larger of the part {step} and ${step}.")
    return "\n".join(lines[:PER_PAGE]) + "\n"


def project() -> list[Source]:
    """The sources of a project of `SENTENCES` sentences."""
    return [Source(f"page-{number}", page(number)) for number in range(SENTENCES // PER_PAGE)]


def measure() -> list[Figure]:
    """Cold: the first reading of this process, with everything it prepares. Warm: as a server does it."""
    sources = project()
    cold = seconds(lambda: compile_wasm(_read(sources, None)))
    whole = best_seconds(lambda: compile_wasm(_read(sources, None)), 3)
    cache = ReadingCache()
    _read(sources, cache)
    gc.collect()
    times = []
    for change in range(20):
        at = change % len(sources)
        changed = list(sources)
        changed[at] = Source(sources[at].name, sources[at].text.replace("at least 10,", f"at least {11 + change},"))
        times.append(seconds(lambda now=changed: _read(now, cache)))
    again = sorted(times)[len(times) // 2]
    return [
        Figure(
            f"check and compile {SENTENCES:,} sentences",
            f"{whole:.2f} s",
            "≤ 1 s",
            whole <= 1,
            f"{cold:.2f} s the first time in a process",
        ),
        Figure(
            "check again after a change in one page",
            f"{again * 1000:.0f} ms",
            "≤ 50 ms",
            again <= 0.05,
            f"slowest of {len(times)}: {max(times) * 1000:.0f} ms",
        ),
    ]


def _read(sources: list[Source], cache: ReadingCache | None) -> object:
    found = read(sources, cache)
    wrong = [message for message in found.messages if message.severity == "error"]
    assert not wrong, (
        f"the generated project should have no mistakes: {wrong[0].text} ({wrong[0].source}:{wrong[0].line})"
    )
    assert len(found.plan.functions) == SENTENCES // PER_PAGE
    return found.plan
