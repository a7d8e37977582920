"""Files of pages: read as text with plain words for whatever is wrong with them, and written back whole."""

from __future__ import annotations

import codecs
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from compiler.cli.refusing import Refused

LARGEST_FILE = 4_000_000
"""Bytes. A source has at most 200,000 characters, so what is larger than this is no file of pages."""

_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file of pages. `text` has lines that end with a line feed; `line_end` and `encoding` are those of the file."""

    name: str
    text: str
    line_end: str = "\n"
    encoding: str = "utf-8"


def read_pages(names: Sequence[str]) -> list[PageFile]:
    """The files, each once. Raises Refused for the first that is no text."""
    return [read_page_file(name) for name in dict.fromkeys(names)]


def read_page_file(name: str) -> PageFile:
    """A file of pages. Raises Refused."""
    content = read_bytes(name, LARGEST_FILE)
    encoding = "utf-8-sig" if content.startswith(codecs.BOM_UTF8) else _MARKS.get(content[:2], "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Refused(
            f"{name} is not text that I can read: in line {line} there are bytes that are no letters. "
            "If it is a text, save it with the encoding UTF-8."
        ) from None
    if "\0" in text:
        raise Refused(f"{name} does not hold text. Name a file with pages, as a text editor saves it.")
    line_end = next((end for end in ("\r\n", "\n", "\r") if end in text), "\n")
    return PageFile(name, text.replace("\r\n", "\n").replace("\r", "\n"), line_end, encoding)


def read_bytes(name: str, largest: int) -> bytes:
    """The content of a file. Raises Refused when it cannot be read or is too large."""
    with _file_problems(name, "read"), open(name, "rb") as file:
        content = file.read(largest + 1)
    if len(content) > largest:
        raise Refused(f"{name} is too large: I read files of at most {largest / 1_000_000:,.0f} MB here.")
    return content


def write_page_file(file: PageFile, text: str) -> None:
    """Puts another text into a file of pages, with the line ends and the encoding that it had. Raises Refused."""
    content = text.replace("\n", file.line_end).encode(file.encoding)
    path = Path(os.path.realpath(file.name))

    def write(new: Path) -> None:
        new.write_bytes(content)
        shutil.copymode(path, new)

    write_whole(path, write)


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Lets `write` fill a new file beside `path`, which then takes its place: never half a file. Raises Refused."""
    with _file_problems(str(path), "written"):
        if path.is_dir():
            raise IsADirectoryError
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
        os.close(handle)
        try:
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(temporary, 0o666 & ~mask)
            write(Path(temporary))
            os.replace(temporary, path)
        finally:
            Path(temporary).unlink(missing_ok=True)


@contextmanager
def _file_problems(name: str, done: str) -> Iterator[None]:
    """Turns what the system says about a file into words."""
    try:
        yield
    except FileNotFoundError:
        raise Refused(f"There is no file or folder {name}.") from None
    except IsADirectoryError:
        raise Refused(f"{name} is a folder. Please name a file.") from None
    except NotADirectoryError:
        raise Refused(f"{name} cannot be there: a part of it is a file and not a folder.") from None
    except PermissionError:
        raise Refused(f"{name} cannot be {done}: you are not allowed to.") from None
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Refused(f"{name} cannot be {done}: {error.strerror or 'the system does not say why'}.") from None
    except ValueError:
        raise Refused("A file cannot have such a name.") from None
