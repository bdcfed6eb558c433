"""What the benchmarks compare is the same work on the same returns, and is told as it was."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from benchmarks.__main__ import growth_rows
from benchmarks.measure import CommandFailed, Sample, run
from benchmarks.office import open_office, registry_of
from benchmarks.plot import draw
from benchmarks.results import Results, Row, Step, as_json, as_markdown
from benchmarks.wanted import CONCAT_ALL, HELP, Wanted
from benchmarks.whole import dropped, ingest, yardsticks
from tests.shell import call


@pytest.mark.parametrize(
    ("wanted", "ratio", "reached"),
    [
        (HELP, 4.0, "stretch"),
        (HELP, 6.0, "goal"),
        (HELP, 6.01, "not met"),
        (CONCAT_ALL, 8.0, "stretch"),
        (CONCAT_ALL, 3.0, "goal"),
        (CONCAT_ALL, 2.99, "not met"),
    ],
)
def test_a_ratio_reaches_what_lies_on_its_side(wanted: Wanted, ratio: float, reached: str) -> None:
    assert wanted.reached(ratio) == reached


def test_a_sample_tells_its_middle_and_its_ends() -> None:
    assert Sample((3.0, 1.0, 2.0)).words == "2.000 s (1.000 s-3.000 s, n=3)"


def test_a_command_that_fails_gives_no_figure() -> None:
    with pytest.raises(CommandFailed, match="ended with 3"):
        run([sys.executable, "-c", "raise SystemExit(3)"])


def test_a_process_is_measured_with_its_memory() -> None:
    measured = run(
        [sys.executable, "-c", "import time; x = bytearray(50_000_000); time.sleep(0.3)"]
    )
    assert measured.seconds > 0
    assert measured.peak > 50_000_000 or sys.platform == "win32"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells it")
def test_the_memory_of_a_process_is_not_that_of_the_one_that_measures() -> None:
    held = bytearray(b"x" * 150_000_000)
    measured = run([sys.executable, "-c", "import time; time.sleep(0.3)"])
    assert 0 < measured.peak < len(held)


def test_growth_compares_the_most_returns_with_the_usual_number() -> None:
    steps = [Step(100, 1.0, 100), Step(1000, 5.0, 200), Step(10_000, 60.0, 300)]
    assert [row.ratio for row in growth_rows(steps, 1000)] == [1.2, 1.5]
    assert growth_rows(steps[:2], 1000) == ()


def test_the_page_and_the_document_tell_the_same() -> None:
    row = Row(CONCAT_ALL, 4.0, "2.00 s", "8.00 s")
    results = Results(date(2026, 1, 2), 7, 1000, (row,), (Step(100, 1.0, 5_000_000),))
    assert "| pd.concat script / `ingest` of the same | 4.00 | >= 3 | >= 8 | goal |" in (
        as_markdown(results, plot="x.svg")
    )
    (told,) = json.loads(as_json(results))["rows"]
    assert (told["ratio"], told["reached"], told["ours"]) == (4.0, "goal", "2.00 s")


def test_the_plot_is_a_picture_of_every_step() -> None:
    drawn = ET.fromstring(draw([Step(100, 1.0, 10), Step(1000, 5.0, 20)]))  # noqa: S314 - our own text
    texts = [e.text for e in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert {"100", "1,000", "returns", "5 ms per return"} <= set(texts)


def test_an_office_of_many_agencies_has_a_register_without_faults(tmp_path: Path) -> None:
    office = open_office(tmp_path / "kantor", 90, seed=1)
    assert len(office.returns) == 90
    assert len({(r.unit, r.period) for r in office.returns}) == 90
    assert len(registry_of(2).form_units()) == 42
    checked = call("--workspace", str(office.workspace.root), "--json", "check")
    assert checked.code == 0


@pytest.mark.slow
def test_all_scripts_and_the_program_see_the_same_returns(tmp_path: Path) -> None:
    office = open_office(tmp_path / "kantor", 84, seed=3)
    root = dropped(office, tmp_path / "semua")
    yardsticks(root / "inbox", tmp_path)
    ingest(root)

    rows = openpyxl.load_workbook(tmp_path / "concat.xlsx").active
    assert rows is not None
    files = {row[-1] for row in rows.iter_rows(min_row=2, values_only=True)}
    assert files == {one.name for one in office.returns}
    said = call("--workspace", str(root), "--json", "status", "--year", "2020")
    counted = [unit["status"] for unit in said.rows("units")]
    sound = [one.unit for one in office.returns if one.is_sound]
    # The head's indicators are filled in with the IKU form, and count for two.
    assert counted.count("diterima") == len(sound) + sound.count("iku-dinas")
    assert 0 < counted.count("ditolak") < 84
