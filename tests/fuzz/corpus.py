"""The pages that are changed at random, and the pieces that changes put in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from compiler.messages import CATALOGUE
from compiler.nodes import SENTENCES
from compiler.reading.grammar import KEYWORDS
from compiler.reading.structure import PAGE_KINDS

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLES = ROOT.parent / "shared" / "examples"
"""Where the larger example programs lie on machines that have them."""

_LONGEST_SEED = 20_000

_HEADS = """Function: Parcel
Needs a weight (kg), several items, a speed (duration), an optional note (text), a day (date), a size (one of small, medium or large), a start (moment), an hour (time) and a rate (percentage).
An item has a name (text), a price (money), a quantity (whole number) and an exempt mark (yes/no).
Gives a price (money), a label (text), a count (whole number) and a list of names (text).
"""

LITERALS = (
    "0", "1", "-1", "-0", "00", "1,250.50", "1,2,3", "1.2.3", "999999999999999999", "1000000000000000000", "0.1", "1e5", ".5", "5.",
    "15%", "100 %", "0%", "-5%", "99999999999999999%", "$20", "$ 20", "-$5", "$-5", "$", "20 EUR", "€3.5", "20 XYZ", "₹1,00,000", "¥5",
    '""', '"text"', '"with {the price}"', '"{{x}}"', '"{"', '"}"', '"{the }"', '"', "“curly”", "'", '"a\nb"', '"a. b"', '"|"',
    "yes", "no", "1 March 2026", "31 February 2026", "2026-03-01", "2026-13-41", "1 March 0000", "0000-00-00", "9999-12-31", "29 February 2023",
    "9:00", "25:61", "9:5", "24:00", "9:00:05", "3 days", "1 day", "-3 days", "1.5 months", "90 min", "30 °C", "86 °F", "2.5 kg", "60 km/h",
    "5 kg m", "3 kg/kg", "2 m^2", "2 m²", "nothing", "2²", "٣", "५", "½", "Ⅷ", "1_000", "0x10", "١٢:٣٠",
)  # fmt: skip

WORDS = (
    "the", "a", "an", "its", "their", "it", "they", "item", "items", "price", "quantity", "result", "total", "and", "or", "not", "either", "both",
    "of", "where", "sorted by", "highest first", "rounded to 2 decimals", "rounded up", "to the nearest 0.05", "the sum of", "the average of",
    "the number of", "the first", "the last", "is", "is not", "is at least", "is between", "is one of", "is empty", "contains", "every", "any", "no",
    "plus", "minus", "times", "divided by", "+", "-", "×", "÷", "/", "*", "·", "the remainder of", "increased by 10%", "joined with", "in capitals",
    "the length of", "the days between", "days after", "months before", "the year of", "today", "now", "if", "otherwise", "otherwise if", "set", "to",
    "let", "be", "increase", "decrease", "by", "add", "remove", "from", "for each", "repeat", "until", "10 times", "stop with", "must be", "needs",
    "gives", "has", "several", "optional", "a list of", "one of", "means", "given", "when", "expect", "Example", "Example:", "with", "it stops",
    "choose", "by table", "the larger of", "the smaller of", "a new item with", "keep only", "then", "nothing", "Note:", "(", ")", ",", ".", ":", ";",
)  # fmt: skip

ODD_CHARACTERS = (
    "\0", "\x01", "\x07", "\x0b", "\x0c", "\x1b", "\x1c", "\x1f", "\x7f", "\x85", "\xa0", "\xad", "\u061c", "\u180e", "\u200b", "\u200c", "\u200d",
    "\u200e", "\u200f", "\u2028", "\u2029", "\u202a", "\u202e", "\u2060", "\u2066", "\u2069", "\u3000", "\ufeff", "\ufffd", "\uffff", "\ud800", "\udfff",
    "\U0001f600", "\U0001f468\u200d\U0001f469", "\U000e0041", "\U0010ffff", "é", "e\u0301", "İ", "ı", "ß", "ſ", "ﬁ", "K", "Å", "ǅ", "א", "ع", "漢", "１", "２０", "％", "＄",
    "（", "）", "，", "。", "：", "｜", "\u2215", "\u2212", "–", "—", "…", "•", "*", "|", "{", "}", "[", "]", "<", ">", "&", "\\", "#", "@", "~", "`", "^", "_", "=",
    "\t", "\r", "\r\n", "\n", "\n\n", "  ", "°", "²", "³", "µ", "’", "‘", "“", "”", "«", "»", "'", '"',
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Corpus:
    """Whole texts to begin with, and all lines and words in them."""

    texts: tuple[str, ...]
    lines: tuple[str, ...]
    words: tuple[str, ...]


@cache
def corpus() -> Corpus:
    """Everything there is to begin with: the examples, the samples, the catalogue's and the sentences' examples."""
    files = sorted((ROOT / "builder" / "samples").rglob("*.plain")) + sorted(EXAMPLES.glob("*.plain"))
    texts = [path.read_text(encoding="utf-8") for path in files]
    texts += [entry.example for entry in CATALOGUE.values() if entry.example and len(entry.example) < _LONGEST_SEED]
    texts += [_HEADS + sentence.example + "\n" for sentence in SENTENCES]
    texts.append(_HEADS + "".join(f"{sentence.example}\n" for sentence in SENTENCES))
    lines = sorted({line for text in texts for line in text.splitlines() if line.strip()})
    words = sorted(
        {word for line in lines for word in line.split()}
        | {word for keyword in KEYWORDS for word in keyword if isinstance(word, str)}
        | set(PAGE_KINDS)
    )
    return Corpus(tuple(texts), tuple(lines), tuple(words))
