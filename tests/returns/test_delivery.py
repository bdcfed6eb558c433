"""Send returns again, late, out of order, and to a program that fails."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell

from tests.returns.cases import TRAINING, Case, puts, works
from tests.returns.desk import Desk, found
from tests.returns.every_case import REJECTED
from tests.returns.paper import remade, typed, with_cells
from tests.returns.stamps import stamp_of
from workbook_tools.cli import cli
from workbook_tools.problems.catalogue import describe, group
from workbook_tools.problems.problem import Severity
from workbook_tools.registry.model import Kind, Registry
from workbook_tools.validation.judge import Examined, History, Judgement, conclude
from workbook_tools.validation.schema import Failure

FIRST = ("kasi-pemberdayaan-koperasi/01", "a")


def test_k01_the_same_file_again_changes_nothing(desk: Desk) -> None:
    data = desk.form(TRAINING, 1).filled()
    first = desk.send(TRAINING, data)

    again = desk.send(TRAINING, data, name="lagi.xlsx", day=date(2020, 4, 4))

    assert again.status == "duplicate"
    assert found(again) == [("K01", None)]
    assert describe(again.problems[0]).what == (
        "Berkas ini sama persis dengan “kiriman.xlsx” yang masuk pada 3 April 2020 pukul 09.00, "
        "yang sudah diterima."
    )
    assert again.receipt == first.receipt
    assert again.revision == 1
    assert not again.is_refused
    assert len(desk.submissions()) == 1


def test_k01_a_rejected_file_again_is_told_its_old_note(desk: Desk) -> None:
    data = desk.form(TRAINING, 1).filled({"H8": "banyak"})
    first = desk.send(TRAINING, data)

    again = desk.send(TRAINING, data, name="lagi.xlsx")

    assert again.status == "duplicate"
    assert found(again) == [("S03", "H8"), ("K01", None)]
    assert "lihat catatan nomor 1" in describe(again.problems[1]).what
    assert again.note == first.note
    assert again.is_refused


def test_k01_an_older_file_again_is_told_which_revision_counts(desk: Desk) -> None:
    form = desk.form(TRAINING, 1)
    data = form.filled({"H9": 90})
    desk.send(TRAINING, data)
    desk.send(TRAINING, form.filled({"H9": 91}))

    again = desk.send(TRAINING, data)

    assert again.status == "duplicate"
    assert describe(again.problems[0]).what.endswith(
        "sebagai revisi 1; yang berlaku sekarang revisi 2 dari “kiriman.xlsx”."
    )
    assert "simpan lagi, lalu kirim" in describe(again.problems[0]).remedy


def test_k02_a_second_return_names_what_it_changes(desk: Desk) -> None:
    form = desk.form(TRAINING, 1)
    desk.send(TRAINING, form.filled({"H9": 90}))

    again = desk.send(TRAINING, form.filled({"H8": 40}))

    assert again.status == "accepted"
    assert again.revision == 2
    assert found(again) == [("K02", None)]
    assert describe(again.problems[0]).what == (
        "Kiriman ini menggantikan revisi 1. Yang berubah: H8: 36 menjadi 40; H9: 90 menjadi 86."
    )
    assert desk.values(TRAINING, 1)[FIRST] == 40
    assert b"H8: 36 menjadi 40" in desk.read(again.receipt)


def test_k02_a_changed_text_is_named_by_its_cell(desk: Desk) -> None:
    form = desk.form(TRAINING, 1)
    desk.send(TRAINING, form.filled({"O8": "Laporan 1"}))

    again = desk.send(TRAINING, form.filled({"O8": "Laporan 2"}))

    assert found(again) == [("K02", None)]
    assert describe(again.problems[0]).what.endswith("Yang berubah: O8: teksnya.")


def test_k02_a_second_return_with_the_same_answers_says_so(desk: Desk) -> None:
    form = desk.form(TRAINING, 1)
    desk.send(TRAINING, form.filled())

    again = desk.send(TRAINING, form.filled({"C12": "Budi"}))

    assert describe(again.problems[0]).what == (
        "Kiriman ini menggantikan revisi 1. Semua isian sama."
    )


def test_k03_a_late_return_is_accepted_and_told_by_how_many_days(desk: Desk) -> None:
    outcome = desk.send(TRAINING, desk.form(TRAINING, 1).filled(), day=date(2020, 4, 8))

    assert outcome.status == "accepted"
    assert found(outcome) == [("K03", None)]
    assert describe(outcome.problems[0]).what == (
        "Kiriman ini terlambat 3 hari dari batas 5 April 2020."
    )


def test_the_due_day_itself_is_in_time(desk: Desk) -> None:
    outcome = desk.send(TRAINING, desk.form(TRAINING, 1).filled(), day=date(2020, 4, 5))

    assert outcome.problems == ()


def test_k06_an_older_issue_after_a_newer_one_is_refused(desk: Desk) -> None:
    old = desk.form(TRAINING, 2)
    desk.send(TRAINING, desk.form(TRAINING, 1).filled())
    new = desk.form(TRAINING, 2)
    day = date(2020, 7, 3)
    assert desk.send(TRAINING, new.filled({"H8": 10}), day=day).status == "accepted"

    late = desk.send(TRAINING, old.filled({"H8": 20}), day=day)

    assert late.status == "rejected"
    assert found(late) == [("K06", None)]
    assert describe(late.problems[0]).what == (
        "Kiriman ini memakai formulir terbitan ke-1, sedangkan kiriman dengan formulir terbitan "
        "ke-2 sudah diterima dan tetap berlaku (revisi 1 dari “kiriman.xlsx”)."
    )
    assert desk.values(TRAINING, 2)[FIRST] == 10
    mended = desk.read(late.note)
    assert stamp_of(mended).issue == 2, "only the newest issue can count"
    assert desk.send(TRAINING, typed(mended, {"O8": "Laporan"}), day=day).status == "accepted"
    assert desk.values(TRAINING, 2)[FIRST] == 20, "what was typed is carried over"


def test_k06_an_accepted_file_comes_back_after_a_newer_issue_was_returned(desk: Desk) -> None:
    day = date(2020, 7, 3)
    old = desk.form(TRAINING, 2).filled({"H8": 20})
    assert desk.send(TRAINING, old, day=day).status == "accepted"
    desk.send(TRAINING, desk.form(TRAINING, 1).filled())
    new = desk.form(TRAINING, 2).filled({"H8": 10})
    assert desk.send(TRAINING, new, day=day).status == "accepted"

    replayed = desk.send(TRAINING, old, day=day)
    again = desk.send(TRAINING, old, day=day)

    assert (replayed.status, found(replayed)) == ("rejected", [("K06", None)])
    assert (again.status, found(again)) == ("duplicate", [("K06", None), ("K01", None)])
    assert desk.values(TRAINING, 2)[FIRST] == 10


def test_k06_an_outdated_form_is_given_back_without_what_is_asked_no_more(desk: Desk) -> None:
    old = desk.form(TRAINING, 1)
    left = tuple(i for i in desk.registry.indicators if i.id != FIRST[0])
    fewer = desk.ruled(replace(desk.registry, indicators=left))
    new = fewer.form(TRAINING, 1)
    assert fewer.send(TRAINING, new.filled()).status == "accepted"

    late = fewer.send(TRAINING, old.filled({"H8": 20, "L8": "Peserta sedikit", "H9": 85}))

    assert late.status == "rejected"
    mended = load_workbook(io.BytesIO(fewer.read(late.note)))
    assert mended["Isian"]["H8"].value == 85, "the second indicator stands first now"
    listed = [row[1:3] for row in mended["Catatan"].iter_rows(values_only=True)]
    assert ("H8", "20") in listed
    assert ("L8", "Peserta sedikit") in listed


def test_g01_a_fault_of_the_program_keeps_the_file_and_blames_nobody(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = desk.form(TRAINING, 1).filled()
    path = desk.drop(TRAINING, data)
    other = desk.form("kabid-pasar", 1)
    desk.drop("kabid-pasar", other.filled())

    def failing(
        examined: Examined, failures: tuple[Failure, ...], *, history: History
    ) -> Judgement:
        form = examined.form
        if form is not None and form.content.unit == TRAINING:
            raise ZeroDivisionError
        return conclude(examined, failures, history=history)

    monkeypatch.setattr("workbook_tools.pipeline.settle.conclude", failing)
    root = str(desk.workspace.root)
    result = CliRunner().invoke(
        cli, ["--workspace", root, "--json", "--today", "2020-04-03", "ingest"]
    )

    assert result.exit_code == 3
    by_unit = {a["file"].split("/")[1]: a for a in json.loads(result.stdout)["arrivals"]}
    fault = by_unit[TRAINING]
    assert fault["status"] == "fault"
    assert [p["code"] for p in fault["problems"]] == ["G01"]
    assert "Ini bukan kesalahan Anda" in fault["problems"][0]["message"]
    assert f"nomor {fault['number']}" in fault["problems"][0]["message"]
    assert path.read_bytes() == data, "the file is kept"
    assert (
        desk.workspace.archive.joinpath("berkas", fault["sha256"][:2], fault["sha256"]).read_bytes()
        == data
    )
    assert by_unit["kabid-pasar"]["status"] == "accepted", "one bad file stops no other"
    monkeypatch.undo()
    assert desk.take_in(date(2020, 4, 3))[0].status == "accepted"


TWO_SCALES = "0,855 dapat berarti 0,855 persen atau 85,5 persen."


def with_a_share(registry: Registry) -> Registry:
    """Let the first indicator of the training unit ask for a percentage directly."""
    indicators = list(registry.indicators)
    at = next(n for n, i in enumerate(indicators) if i.id == FIRST[0])
    asked = replace(indicators[at].inputs[0], unit="persen", kind=Kind.PERCENT, decimals=2)
    indicators[at] = replace(
        indicators[at], satuan="persen", kind=Kind.PERCENT, inputs=(asked,), maximum=Decimal(100)
    )
    return replace(registry, indicators=tuple(indicators))


def test_s05_a_fraction_where_percent_is_asked(desk: Desk) -> None:
    desk = desk.ruled(with_a_share(desk.registry))
    form = desk.form(TRAINING, 1)

    outcome = desk.send(TRAINING, form.filled({"H8": Decimal("0.855")}))

    assert outcome.status == "rejected"
    assert found(outcome) == [("S05", "H8")]
    assert (
        describe(outcome.problems[0]).what == "0,855 dapat berarti 0,855 persen atau 85,5 persen."
    )
    mended = typed(desk.read(outcome.note), {"H8": Decimal("85.5")})
    assert desk.send(TRAINING, mended).status == "accepted"
    assert desk.values(TRAINING, 1)[FIRST] == Decimal("85.5")


def _as_percent(cell: Cell | MergedCell) -> None:
    cell.value = 0.855
    cell.number_format = "0.0%"


def test_s05_a_cell_formatted_as_percent(desk: Desk) -> None:
    desk = desk.ruled(with_a_share(desk.registry))

    form = desk.form(TRAINING, 1)
    data = remade(form.filled(), lambda book: _as_percent(book["Isian"]["H8"]))

    outcome = desk.send(TRAINING, data)

    assert found(outcome) == [("S05", "H8")]
    assert (
        describe(outcome.problems[0]).what == "0,855 dapat berarti 0,855 persen atau 85,5 persen."
    )


def wrong_in_ten_ways(desk: Desk) -> bytes:
    """Fill the form of a bidang with ten different mistakes."""
    form = desk.form("kabid-koperasi-ukm", 4)
    data = form.filled(
        {
            "H8": None,
            "H9": "12 dari 15",
            "H10": "1,250",
            "H11": "100 orang",
            "H12": 2000,
            "H14": "-",
            "H15": Decimal("10.5"),
            "H16": 200,
            "P8": "x" * 3000,
        }
    )
    data = with_cells(data, {"H17": ' t="e"><v>#REF!</v></c>', "H18": "><f>1+1</f></c>"})
    return remade(data, lambda book: puts({"F12": 13})(book["Isian"]))


def test_a_form_wrong_in_ten_ways_is_told_all_ten(desk: Desk) -> None:
    outcome = desk.send("kabid-koperasi-ukm", wrong_in_ten_ways(desk), day=date(2021, 1, 4))

    assert outcome.status == "rejected"
    assert sorted(found(outcome), key=str) == [
        ("N06", "H12"),
        ("N12", "L16"),
        ("N12", "N16"),
        ("S01", "H8"),
        ("S03", "H9"),
        ("S04", "H10"),
        ("S12", "H18"),
        ("S13", "H17"),
        ("S14", "H15"),
        ("S16", "P8"),
        ("S18", "H14"),
        ("S20", "H11"),
        ("T11", "F12"),
    ]
    assert desk.submissions() == ()
    assert sum(p.severity is Severity.ERROR for p in outcome.problems) == 13
    text = desk.read(outcome.note_text).decode("utf-8-sig")
    errors = group(p for p in outcome.problems if p.severity is Severity.ERROR)
    assert f"HARUS DIPERBAIKI ({len(errors)})" in text


@pytest.mark.parametrize("case", REJECTED[:3], ids=lambda case: case.name)
def test_nothing_of_a_rejected_return_replaces_what_was_accepted(desk: Desk, case: Case) -> None:
    form = desk.form(TRAINING, 1)
    desk.send(TRAINING, form.filled())
    before = desk.values(TRAINING, 1)

    outcome = desk.send(TRAINING, case.make(form))

    assert outcome.status == "rejected"
    assert outcome.problems != ()
    assert desk.values(TRAINING, 1) == before


def test_a_cell_that_cannot_be_read_is_not_also_blank_or_below_the_target(desk: Desk) -> None:
    outcome = desk.send(TRAINING, desk.form(TRAINING, 4).filled({"H8": "?"}), day=date(2021, 1, 4))

    assert found(outcome) == [("S03", "H8")]


def test_a_row_moved_keeps_its_people_and_figures(desk: Desk) -> None:
    form = desk.form(TRAINING, 1)
    data = works(lambda sheet: sheet.insert_rows(9))(form)

    outcome = desk.send(TRAINING, data)

    assert outcome.status == "accepted"
    text = desk.read(outcome.receipt).decode("utf-8-sig")
    assert "Pengisi: Siti Aminah" in text
    assert "NIP atasan: 197001011995011001" in text


def test_the_files_of_the_inbox_are_taken_away_once_archived(desk: Desk) -> None:
    path = desk.drop(TRAINING, desk.form(TRAINING, 1).filled({"H8": "banyak"}))

    (outcome,) = desk.take_in(date(2020, 4, 3))

    assert outcome.status == "rejected"
    assert not path.exists()


def test_a_triwulan_corrected_late_must_still_fit_its_year(desk: Desk) -> None:
    unit = "kasubbag-tu-upt-blud"
    texts = {"L8": "Gangguan jaringan", "N8": "Perbaikan"}
    forms = {period: desk.form(unit, period) for period in (1, 2)}
    day = date(2020, 7, 3)
    assert desk.send(unit, forms[2].filled({"H8": 9, **texts}), day=day).status == "accepted"

    outcome = desk.send(unit, forms[1].filled({"H8": 4, **texts}), day=day)

    assert outcome.status == "rejected"
    assert found(outcome)[0] == ("S15", "H8")
    assert "Jumlah seluruh triwulan 13" in describe(outcome.problems[0]).what
