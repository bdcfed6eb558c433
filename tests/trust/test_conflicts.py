"""Promise 11: where two files of one form differ, a person reads of both (K06)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import openpyxl
import pytest

from tests.returns.stamps import stamp_of
from tests.shell import NIAGA, PASAR, TODAY, Office
from tests.trust.size import figure, sized

ONE, OTHER = Decimal(3), Decimal(4)
PLAIN = f"IKI_{PASAR}_2020-TW1.xlsx"
STEM = PLAIN.removesuffix(".xlsx")
COPIES = (
    f"{STEM} (1).xlsx",
    f"{STEM} - Copy.xlsx",
    f"{STEM} - Copy (2).xlsx",
    f"{STEM} - Salinan.xlsx",
    f"{STEM}-PCNAME.xlsx",
    f"{STEM}-DESKTOP-4KF9Q2L.xlsx",
    f"{STEM} (PCNAME's conflicted copy 2020-04-03).xlsx",
    f"{STEM}.sync-conflict-20200403-101010-ABCDEFG.xlsx",
    f"Salinan {STEM}.xlsx",
    f"Copy of {STEM}.xlsx",
)
ORDERS = [*((PLAIN, copy) for copy in COPIES), *((copy, PLAIN) for copy in COPIES)]
both_orders = pytest.mark.parametrize(
    ("first", "second"),
    [pytest.param(*order, marks=pytest.mark.slow if n else ()) for n, order in enumerate(ORDERS)],
)
"""The first order at once, the others with the slow tests."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a person can read about one return."""

    status: str
    codes: list[str]
    sentences: dict[str, str]
    text: str
    receipt: str


def send(office: Office, name: str, data: bytes, *, folder: str = PASAR) -> Heard:
    """Drop one file, take it in, and read what its sender reads."""
    office.drop(folder, data, name=name)
    (arrival,) = office.says("ingest", today=TODAY).rows("arrivals")
    problems = arrival["problems"]
    assert isinstance(problems, list)
    read = {
        key: (office.root / str(arrival[key])).read_text("utf-8-sig") if arrival[key] else ""
        for key in ("note_text", "receipt")
    }
    return Heard(
        str(arrival["status"]),
        [p["code"] for p in problems],
        {p["code"]: p["message"] for p in problems},
        read["note_text"],
        read["receipt"],
    )


def counted(office: Office) -> object:
    """Give the figure of the only form that was returned, as the master shows it."""
    book = openpyxl.load_workbook(office.master(), read_only=True)
    head, *rows = book["Data"].iter_rows(values_only=True)
    row = next(row for row in rows if row[1] == PASAR)
    return row[head.index("tw1")]


@pytest.mark.parametrize("first", [PLAIN, COPIES[0], COPIES[-1]])
def test_the_same_bytes_count_once_and_the_first_file_is_named(office: Office, first: str) -> None:
    data = office.filled(PASAR, {"H8": ONE})
    assert send(office, first, data).codes == []

    for name in (PLAIN, *COPIES):
        office.drop(PASAR, data, name=name)
    arrivals = office.says("ingest", today=TODAY).rows("arrivals")

    assert len(arrivals) == len(COPIES) + 1
    for arrival in arrivals:
        problems = arrival["problems"]
        assert isinstance(problems, list)
        assert (arrival["status"], [p["code"] for p in problems]) == ("duplicate", ["K01"])
        assert f"“{first}”" in problems[0]["message"]
    assert counted(office) == ONE


@both_orders
def test_of_two_that_differ_the_later_counts_once_sound_and_each_names_both(
    office: Office, first: str, second: str
) -> None:
    assert send(office, first, office.filled(PASAR, {"H8": ONE})).codes == []

    rejected = send(office, second, office.filled(PASAR, {"H8": "banyak"}))

    assert (rejected.status, rejected.codes) == ("rejected", ["S03", "K06"])
    assert counted(office) == ONE
    assert rejected.sentences["K06"] in rejected.text
    assert f"kiriman ini (“{second}”) dan “{first}” (revisi 1" in rejected.sentences["K06"]
    assert f"Yang berlaku sekarang revisi 1 dari “{first}”" in rejected.sentences["K06"]
    assert (
        f"Yang berlaku tetap kiriman sebelumnya: revisi 1 dari “{first}”, masuk 3 April 2020"
        in rejected.text
    )

    later = send(office, second, office.filled(PASAR, {"H8": OTHER}))

    assert (later.status, later.codes) == ("accepted", ["K02", "K06"])
    assert counted(office) == OTHER
    assert later.sentences["K06"] in later.receipt
    assert later.sentences["K06"] == (
        f"Ada lebih dari satu berkas untuk formulir ini: kiriman ini (“{second}”) dan “{first}” "
        "(revisi 1, masuk 3 April 2020 pukul 09.00). Yang berlaku sekarang revisi 2 dari "
        f"“{second}”. Pastikan berkas itu yang dimaksud. Bila bukan, buka berkas yang benar, "
        "simpan lagi, lalu kirim."
    )
    assert "H8: 3 menjadi 4" in later.receipt


def test_both_sides_of_a_conflict_found_in_one_look_are_shown(office: Office) -> None:
    silent = 0
    chosen = COPIES[: sized(2, len(COPIES))]
    for number, copy in enumerate(chosen):
        ours = office.copied(office.root.parent / f"ruang {number}")
        ours.drop(PASAR, ours.filled(PASAR, {"H8": ONE}), name=PLAIN)
        ours.drop(PASAR, ours.filled(PASAR, {"H8": OTHER}), name=copy)
        arrivals = ours.says("ingest", today=TODAY).rows("arrivals")
        last = arrivals[-1]
        names = {str(a["file"]).rsplit("/", 1)[-1] for a in arrivals}
        assert names == {PLAIN, copy}
        receipt = (ours.root / str(last["receipt"])).read_text("utf-8-sig")
        assert all(f"“{name}”" in receipt for name in names)
        silent += not ("[K06]" in receipt and "[K02]" in receipt)
        assert counted(ours) == (ONE if str(last["file"]).endswith(f"/{PLAIN}") else OTHER)

    assert silent == 0
    figure("conflicts shown in one look, won in silence", f"{silent} of {len(chosen)}")


def test_a_copy_of_another_file_than_what_counts_names_both(office: Office) -> None:
    send(office, "a.xlsx", office.filled(PASAR, {"H8": ONE}))
    send(office, "b.xlsx", office.filled(PASAR, {"H8": OTHER}))

    third = send(office, "a (1).xlsx", office.filled(PASAR, {"H8": Decimal(5)}))

    assert third.codes == ["K02", "K06"]
    assert "“b.xlsx” (revisi 2" in third.sentences["K06"]
    assert "“a.xlsx” (revisi 1" in third.sentences["K06"]


def test_many_copies_are_told_with_the_newest(office: Office) -> None:
    *_, last = [
        send(office, f"a ({number}).xlsx", office.filled(PASAR, {"H8": Decimal(number)}))
        for number in range(1, 6)
    ]

    told = last.sentences["K06"]
    assert "“a (4).xlsx” (revisi 4" in told
    assert "“a (2).xlsx” (revisi 2" in told
    assert "“a (1).xlsx”" not in told


def test_a_return_under_a_name_of_its_own_replaces_without_a_conflict(office: Office) -> None:
    send(office, "isian.xlsx", office.filled(PASAR, {"H8": ONE}))

    revised = send(office, "isian final.xlsx", office.filled(PASAR, {"H8": OTHER}))
    same_name = send(office, "isian final.xlsx", office.filled(PASAR, {"H8": Decimal(5)}))

    assert revised.codes == ["K02"]
    assert same_name.codes == ["K02"]


def test_a_mended_correction_is_no_conflict(office: Office) -> None:
    office.drop(PASAR, office.filled(PASAR, {"H8": "banyak"}), name=PLAIN)
    (rejected,) = office.says("ingest").rows("arrivals")
    note = office.root / str(rejected["note"])
    send(office, PLAIN, office.filled(PASAR, {"H8": ONE}))

    assert stamp_of(note.read_bytes()).unit == PASAR
    assert send(office, note.name, office.filled(PASAR, {"H8": OTHER})).codes == ["K02"]


def test_copies_of_forms_of_two_units_are_no_conflict(office: Office) -> None:
    send(office, "isian.xlsx", office.filled(PASAR))

    assert send(office, "isian (1).xlsx", office.filled(NIAGA), folder=NIAGA).codes == []


def test_the_only_return_is_no_conflict_whatever_its_name(office: Office) -> None:
    heard = send(office, "Laporan (1) TW I - Copy.xlsx", office.filled(PASAR))

    assert (heard.status, heard.codes) == ("accepted", [])


def test_the_older_side_sent_again_is_told_what_counts(office: Office) -> None:
    old = office.filled(PASAR, {"H8": ONE})
    send(office, PLAIN, old)
    send(office, COPIES[0], office.filled(PASAR, {"H8": OTHER}))

    again = send(office, PLAIN, old)

    assert (again.status, again.codes) == ("duplicate", ["K01"])
    assert f"yang berlaku sekarang revisi 2 dari “{COPIES[0]}”" in again.sentences["K01"]
    assert "simpan lagi, lalu kirim" in again.sentences["K01"]
    # The sender finds it in the folder of the receipts, too.
    assert again.receipt.startswith("BERKAS INI SUDAH PERNAH MASUK DAN TIDAK DIHITUNG LAGI")
    assert again.sentences["K01"] in again.receipt
    assert counted(office) == OTHER
