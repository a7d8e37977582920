"""The command line as people use it, each time as a process of its own."""

import json
import os
import subprocess
import time
from pathlib import Path

import pytest

from tests.compiler.cli.conftest import MISTAKE, PLAINSPARK, Plainspark

EXAMPLES = Path(__file__).resolve().parents[4] / "shared" / "examples"
needs_examples = pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the example programs are not on this machine")

ITEMS = '[{"name": "pen", "price": 1.5, "gift_mark": false}, {"name": "book", "price": "$12", "gift mark": true}]'


# --- check ------------------------------------------------------------------------------------------------------------


def test_check_is_quiet_about_good_pages(plainspark: Plainspark, pages: Path) -> None:
    done = plainspark("check", "pages.plain")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "2 pages, nothing wrong.\n"


def test_check_says_where_and_what(plainspark: Plainspark, pages: Path) -> None:
    pages.write_text(MISTAKE)
    done = plainspark("check", "pages.plain")
    assert done.returncode == 1
    assert done.stdout.startswith("pages.plain:20:23: U402 ")
    assert done.stdout.count("\n") == 1
    assert done.stderr == "1 mistake in 2 pages.\n"


def test_check_does_not_fail_for_a_warning(plainspark: Plainspark, pages: Path) -> None:
    pages.write_text("Document: Order\nAn order has a date (date).\n")
    done = plainspark("check", "pages.plain")
    assert done.returncode == 0
    assert done.stdout.startswith("pages.plain:1:1: L801 ")


def test_several_files_are_one_project(plainspark: Plainspark, pages: Path) -> None:
    (pages.parent / "more.plain").write_text(
        "Function: Two parcels\nGives a price (money).\n"
        "Set the price to 2 times the price of Parcel price with a weight of 3 kg and a size of large.\n"
    )
    alone, together = plainspark("check", "more.plain"), plainspark("check", "more.plain", "pages.plain")
    assert alone.returncode == 1
    assert (together.returncode, together.stdout) == (0, "")
    done = plainspark("run", "pages.plain", "more.plain", "Two parcels")
    assert (done.returncode, done.stdout) == (0, "price = $40\n")


def test_a_file_named_twice_counts_once(plainspark: Plainspark, pages: Path) -> None:
    assert plainspark("check", "pages.plain", "pages.plain").returncode == 0


def test_hidden_characters_of_a_page_do_not_reach_the_terminal(plainspark: Plainspark, pages: Path) -> None:
    pages.write_text("Function: Try\nFrob \x1b[31mthe\x07 \u202ething.\n")
    done = plainspark("check", "pages.plain")
    assert done.returncode == 1
    assert done.stdout.count("\n") == done.stdout.count("pages.plain:") > 0
    assert not set("\x1b\x07\u202e") & set(done.stdout)


@needs_examples
@pytest.mark.parametrize("name", ["shop", "greenhouse", "contracts"])
def test_the_example_programs_have_only_pages_of_later_kinds_to_wait_for(plainspark: Plainspark, name: str) -> None:
    done = plainspark("check", str(EXAMPLES / f"{name}.plain"))
    assert done.returncode == 0
    assert done.stdout
    assert all(": L801 " in line for line in done.stdout.splitlines())


@needs_examples
def test_the_shop_passes_its_examples(plainspark: Plainspark) -> None:
    done = plainspark("test", str(EXAMPLES / "shop.plain"))
    assert done.returncode == 0
    assert "4 examples passed." in done.stderr


# --- run --------------------------------------------------------------------------------------------------------------


def test_run_prints_outputs_by_name(plainspark: Plainspark, pages: Path) -> None:
    done = plainspark("run", "pages.plain", "Parcel price", "weight=2 kg", "size=small")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "price = $12.50\nfragile mark = no\n"


def test_names_match_whatever_their_case_and_spaces(plainspark: Plainspark, pages: Path) -> None:
    done = plainspark("run", "pages.plain", " parcel   PRICE", "Weight=500 g", "SIZE=Large", "note=thin glass")
    assert (done.returncode, done.stdout) == (0, "price = $20\nfragile mark = yes\n")


def test_run_prints_json(plainspark: Plainspark, pages: Path) -> None:
    done = plainspark("run", "pages.plain", "Parcel price", "weight=2", "--json", "size=small")
    assert (done.returncode, done.stdout) == (0, '{"price":12.5,"fragile_mark":false}\n')


def test_lists_are_given_as_json(plainspark: Plainspark, pages: Path) -> None:
    done = plainspark("run", "pages.plain", "Order total", f"items={ITEMS}", "rate=10%")
    assert (done.returncode, done.stdout) == (0, "total = $14.85\n")


def test_inputs_as_json_text_file_or_standard_input(plainspark: Plainspark, pages: Path) -> None:
    said = f'{{"items": {ITEMS}, "rate": 10}}'
    (pages.parent / "inputs.json").write_text(said)
    ways = [
        plainspark("run", "pages.plain", "Order total", "--input", said),
        plainspark("run", "pages.plain", "Order total", "--input", "@inputs.json"),
        plainspark("run", "pages.plain", "Order total", "--input", "-", given=said),
    ]
    assert [(done.returncode, done.stdout) for done in ways] == [(0, "total = $14.85\n")] * 3


def test_a_run_that_stops_says_why(plainspark: Plainspark, pages: Path) -> None:
    done = plainspark("run", "pages.plain", "Parcel price", "weight=0", "size=small")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "There is nothing in the parcel.\n")
    done = plainspark("run", "pages.plain", "Parcel price", "weight=0", "size=small", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout) == {"error": {"code": "E901", "message": "There is nothing in the parcel."}}


def test_run_over_a_csv_file(plainspark: Plainspark, pages: Path) -> None:
    (pages.parent / "in.csv").write_text("Size,Weight,Shop\nsmall,2 kg,North\nlarge,0,South\nhuge,1,=1+1\n")
    done = plainspark("run", "pages.plain", "Parcel price", "--csv", "in.csv", "--out", "out.csv")
    assert done.returncode == 0, done.stderr
    assert "3 rows written to out.csv, 2 with a problem" in done.stderr
    rows = (pages.parent / "out.csv").read_text().splitlines()
    assert rows[0] == "Size,Weight,Shop,price,fragile mark,problem"
    assert rows[1] == "small,2 kg,North,12.5,no,"
    assert rows[2] == "large,0,South,,,There is nothing in the parcel."
    assert rows[3].startswith("huge,1,'=1+1,,,")
    assert {path.name for path in pages.parent.iterdir()} == {"pages.plain", "in.csv", "out.csv"}


def test_a_refused_csv_file_leaves_the_old_result_alone(plainspark: Plainspark, pages: Path) -> None:
    (pages.parent / "in.csv").write_text("Colour\nred\n")
    (pages.parent / "out.csv").write_text("yesterday")
    done = plainspark("run", "pages.plain", "Parcel price", "--csv", "in.csv", "--out", "out.csv")
    assert done.returncode == 1
    assert "weight" in done.stderr
    assert (pages.parent / "out.csv").read_text() == "yesterday"


# --- test -------------------------------------------------------------------------------------------------------------


def test_test_counts_what_passes(plainspark: Plainspark, pages: Path) -> None:
    done = plainspark("test", "pages.plain")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "2 examples passed.\n")


def test_test_says_which_example_fails_and_how(plainspark: Plainspark, pages: Path) -> None:
    pages.write_text(pages.read_text().replace("the price is $20.", "the price is $21."))
    done = plainspark("test", "pages.plain")
    assert done.returncode == 1
    assert done.stdout.startswith("pages.plain:10: Parcel price: ")
    assert "but the price is $20" in done.stdout
    assert done.stderr == "1 example passed, 1 failed.\n"


def test_test_fails_for_pages_with_mistakes(plainspark: Plainspark, pages: Path) -> None:
    pages.write_text(MISTAKE)
    done = plainspark("test", "pages.plain")
    assert done.returncode == 1
    assert "pages.plain:20:23: U402 " in done.stderr
    assert done.stderr.endswith("2 examples passed, and 1 mistake in the pages.\n")


def test_test_without_examples(plainspark: Plainspark, pages: Path) -> None:
    pages.write_text("Function: One\nGives a result (number).\nSet the result to 1.\n")
    done = plainspark("test", "pages.plain")
    assert (done.returncode, done.stderr) == (0, "There are no examples to try.\n")


# --- format -----------------------------------------------------------------------------------------------------------


def test_format_rewrites_the_file_once(plainspark: Plainspark, pages: Path) -> None:
    pages.write_text("Function: One\ngives result (number).\nSET RESULT TO 1\n")
    pages.chmod(0o640)
    assert plainspark("format", "--check", "pages.plain").stdout == "would change pages.plain\n"
    assert pages.read_text().startswith("Function: One\ngives result")
    done = plainspark("format", "pages.plain")
    assert (done.returncode, done.stdout) == (0, "changed pages.plain\n")
    assert pages.read_text() == "Function: One\nGives a result (number).\nSet the result to 1.\n"
    assert pages.stat().st_mode & 0o777 == 0o640
    done = plainspark("format", "pages.plain", "--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "Nothing to change.\n")


def test_format_check_fails_when_something_would_change(plainspark: Plainspark, pages: Path) -> None:
    pages.write_text("Function: One\ngives result (number).\nset the result to 1\n")
    assert plainspark("format", "pages.plain", "--check").returncode == 1


def test_format_keeps_line_ends_and_the_mark_of_windows(plainspark: Plainspark, pages: Path) -> None:
    pages.write_bytes("\ufeffFunction: One\r\ngives résumé (number).\r\nset the résumé to 1\r\n".encode())
    assert plainspark("format", "pages.plain").returncode == 0
    wanted = "\ufeffFunction: One\r\nGives a résumé (number).\r\nSet the résumé to 1.\r\n"
    assert pages.read_bytes().decode() == wanted


def test_format_follows_a_link(plainspark: Plainspark, pages: Path) -> None:
    pages.write_text("Function: One\ngives result (number).\nset the result to 1\n")
    (pages.parent / "link.plain").symlink_to(pages)
    assert plainspark("format", "link.plain").returncode == 0
    assert (pages.parent / "link.plain").is_symlink()
    assert "Gives a result" in pages.read_text()


# --- explain ----------------------------------------------------------------------------------------------------------


def test_explain_shows_each_sentence_with_its_values(plainspark: Plainspark, pages: Path) -> None:
    done = plainspark("explain", "pages.plain", "Order total", f"items={ITEMS}", "rate=10%")
    assert done.returncode == 0
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert lines[0].startswith("Order total, given the items")
    assert "1. line 17: Set the total to $0" in lines
    assert "Round 2 of 2." in done.stdout
    assert "→ total = $13.50" in lines
    assert lines[-1] == "total = $14.85"
    assert "(item" not in done.stdout


def test_explain_shows_where_it_stops(plainspark: Plainspark, pages: Path) -> None:
    done = plainspark("explain", "pages.plain", "parcel price", "--input", '{"weight": 0, "size": "small"}')
    assert done.returncode == 1
    assert "→ it stops here" in done.stdout
    assert done.stdout.endswith("It stopped: There is nothing in the parcel.\n")


# --- build ------------------------------------------------------------------------------------------------------------


def test_build_wasm_is_the_same_each_time(plainspark: Plainspark, pages: Path) -> None:
    done = plainspark("build", "pages.plain", "--target", "wasm", "--out", "made/here")
    assert (done.returncode, done.stdout) == (0, "made/here/pages.wasm\nmade/here/pages.layout.json\n")
    module = (pages.parent / "made/here/pages.wasm").read_bytes()
    assert module.startswith(b"\0asm")
    layout = json.loads((pages.parent / "made/here/pages.layout.json").read_text())
    assert [function["name"] for function in layout["functions"]] == ["Parcel price", "Order total"]
    plainspark("build", "pages.plain", "--target", "wasm", "--out", "again")
    assert (pages.parent / "again/pages.wasm").read_bytes() == module


def test_build_openapi(plainspark: Plainspark, pages: Path) -> None:
    done = plainspark("build", "pages.plain", "--target", "openapi", "--out", ".")
    assert (done.returncode, done.stdout) == (0, "openapi.json\n")
    document = json.loads((pages.parent / "openapi.json").read_text())
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {"/functions/parcel-price/run", "/functions/order-total/run"}


def test_build_refuses_pages_with_mistakes(plainspark: Plainspark, pages: Path) -> None:
    pages.write_text(MISTAKE)
    done = plainspark("build", "pages.plain", "--target", "wasm", "--out", "made")
    assert done.returncode == 1
    assert "U402" in done.stderr
    assert "to be mended" in done.stderr
    assert not (pages.parent / "made").exists()


# --- the whole --------------------------------------------------------------------------------------------------------


def test_help_is_for_people(plainspark: Plainspark) -> None:
    whole = plainspark("--help")
    assert whole.returncode == 0
    for command in ("check", "run", "test", "format", "explain", "build"):
        assert command in whole.stdout
        assert plainspark(command, "--help").stdout.startswith(f"usage: plainspark {command}")


def test_a_closed_pipe_ends_quietly(pages: Path) -> None:
    pages.write_text("".join(f"Document: Paper {number}\n" for number in range(3_000)))
    with subprocess.Popen([PLAINSPARK, "check", pages], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 1


def test_the_terminal_need_not_know_every_character(plainspark: Plainspark, pages: Path) -> None:
    pages.write_text("Function: Largeur\nGives a résumé (text).\nSet the résumé to “漢字”.\n", encoding="utf-8")
    done = plainspark("run", "pages.plain", "Largeur", PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert (done.returncode, done.stdout) == (0, "r\\xe9sum\\xe9 = \\u6f22\\u5b57\n")


def test_check_starts_fast(pages: Path) -> None:
    """Measured in processor time, as the machine may be busy; the best of three."""

    def seconds() -> float:
        before = os.times()
        subprocess.run([PLAINSPARK, "check", pages], check=True, capture_output=True)
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    began = time.monotonic()
    assert min(seconds() for _ in range(3)) < 1.0, f"three took {time.monotonic() - began:.1f} s"


def test_checking_needs_no_runtime(pages: Path) -> None:
    code = (
        "import sys; from compiler.cli import main; "
        "codes = main(['check', sys.argv[1]]), main(['test', sys.argv[1]]); "
        "assert codes == (0, 0); "
        "assert not {'runtime', 'wasmtime', 'pyarrow', 'django'} & set(sys.modules)"
    )
    subprocess.run([PLAINSPARK.with_name("python"), "-c", code, pages], check=True, cwd=pages.parent)
