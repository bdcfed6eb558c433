"""Promise 8: a return is taken only for what our own stamp in it proves (ADR 4)."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.returns.cases import puts
from tests.returns.paper import remade, typed
from tests.returns.stamps import stamp_of, stamped
from tests.shell import LATER, NIAGA, PASAR, Office
from tests.trust.forgery import (
    PLACES,
    SENT,
    SUBSETS,
    Refused,
    Standing,
    accept_one,
    assert_untouched,
    judge_all,
    restamped,
    signed,
    standing,
    unstamped,
    without_signature,
)
from tests.trust.size import figure
from workbook_tools.form.stamp import Stamp, sign

Edit = Callable[[Stamp], str]


@pytest.fixture(scope="module")
def accepted_once(template_office: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Give an office that accepted one return of TW I; only to be copied."""
    office = template_office.copied(tmp_path_factory.mktemp("kantor") / "ruang")
    accept_one(office)
    return office


@pytest.fixture
def before(accepted_once: Office, tmp_path: Path) -> Standing:
    """Give an office that accepted one return, and what it looks like."""
    return standing(accepted_once.copied(tmp_path / "dalam" / "ruang"))


def filled(before: Standing, *, unit: str = PASAR, period: int = 1) -> bytes:
    """Fill a form with a figure that is in no master."""
    return before.office.filled(unit, {"H8": SENT + 1}, period=period)


def one(before: Standing, data: bytes, *, folder: str = PASAR, today: str = "") -> Refused:
    """Send one return on the day of its triwulan."""
    days = {"today": today} if today else {}
    (verdict,) = judge_all(before.office, {"palsu.xlsx": data}, folder=folder, **days).values()
    return verdict


EDITS: dict[str, tuple[Edit, list[str]]] = {
    "mark": (lambda s: s.text.replace("WBT1", "WBT2"), ["I05"]),
    "unit": (lambda s: without_signature(s, unit=NIAGA), ["I05", "I03"]),
    "unknown unit": (lambda s: without_signature(s, unit="kabid-pasir"), ["I05", "I03"]),
    "year": (lambda s: without_signature(s, year=2021), ["I05", "I04"]),
    "triwulan": (lambda s: without_signature(s, period=2), ["I05"]),
    "issue": (lambda s: without_signature(s, issue=2), ["I05"]),
    "layout": (lambda s: without_signature(s, layout=2), ["I05"]),
    "digest": (lambda s: without_signature(s, digest="0" * 32), ["I05"]),
    "signature": (lambda s: without_signature(s, signature="0" * 64), ["I05"]),
    "no signature": (lambda s: without_signature(s, signature=""), ["I05"]),
    "capital signature": (
        lambda s: without_signature(s, signature=s.signature.upper()),
        ["I05"],
    ),
    "a zero before the year": (lambda s: s.text.replace("|2020|", "|02020|"), ["I05"]),
    "a zero before the triwulan": (lambda s: s.text.replace("|TW1|", "|TW01|"), ["I05"]),
    "another key": (lambda s: sign(s, b"kantor lain").text, ["I05"]),
    "a word more": (lambda s: f"{s.text}|lagi", ["I05"]),
    "a word less": (lambda s: s.payload, ["I05"]),
    "a letter that nobody sees": (lambda s: f"{s.text}\u200b", ["I05"]),
    "letters of another script": (lambda s: s.text.replace("TW1", "ТW1"), ["I05"]),
    "no ascii": (lambda s: without_signature(s, signature="é" * 64), ["I05"]),
    "nothing of ours": (lambda _: "bukan cap", ["I05"]),
    "tags": (lambda _: "><sheet/>&amp;|", ["I05"]),
    "very long": (lambda s: s.text * 300, ["I05"]),
    "control characters": (
        lambda s: s.text.replace("|2020|", "_x0000_|2020_x000A_|"),
        ["I06", "I05"],  # only cells write them so
    ),
}


@pytest.mark.slow
def test_an_edited_stamp_is_refused_wherever_it_was_edited(before: Standing) -> None:
    data = filled(before)
    stamp = stamp_of(data)
    edited = {
        f"{name} {number}.xlsx": restamped(data, edit(stamp), places=subset)
        for name, (edit, _) in EDITS.items()
        for number, subset in enumerate(SUBSETS)
    }

    verdicts = judge_all(before.office, edited)

    assert {v.status for v in verdicts.values()} == {"rejected"}
    assert {name: v.errors for name, v in verdicts.items()} == {
        f"{name} {number}.xlsx": everywhere if subset == PLACES else ["I06"]
        for name, (_, everywhere) in EDITS.items()
        for number, subset in enumerate(SUBSETS)
    }
    assert_untouched(before)
    figure("edited stamps refused", len(edited))


def test_two_stamps_of_ours_that_disagree_are_refused_in_every_pair(before: Standing) -> None:
    office = before.office
    own = filled(before)
    others = {"niaga": office.form(NIAGA), "tw2": office.form(PASAR, 2)}

    verdicts = judge_all(
        office,
        {
            f"{name}{n}.xlsx": restamped(own, stamp_of(other).text, places=subset)
            for name, other in others.items()
            for n, subset in enumerate(SUBSETS[:-1])
        },
    )

    assert {tuple(v.errors) for v in verdicts.values()} == {("I06",)}
    assert_untouched(before)


@pytest.mark.parametrize("lost", SUBSETS)
def test_a_stamp_that_programs_left_in_one_place_is_enough(
    before: Standing, lost: tuple[str, ...]
) -> None:
    verdict = one(before, unstamped(filled(before), places=lost))

    if lost == PLACES:
        assert (verdict.status, verdict.errors) == ("rejected", ["I01"])
        assert_untouched(before)
    else:
        assert (verdict.status, verdict.errors) == ("accepted", [])


def test_the_form_of_another_unit_is_refused_and_told_to_both(before: Standing) -> None:
    verdict = one(before, filled(before, unit=NIAGA))

    assert (verdict.status, verdict.errors) == ("rejected", ["I03"])
    assert_untouched(before, told=(PASAR, NIAGA))


def readdressed(before: Standing) -> bytes:
    """Change unit line and keys of a form to those of another unit."""
    form = before.office.form(PASAR)
    book = openpyxl.load_workbook(io.BytesIO(form))
    sheet = book["Isian"]
    other = openpyxl.load_workbook(io.BytesIO(before.office.form(NIAGA)))["Isian"]
    rows = {
        cell.coordinate: str(cell.value).replace(PASAR, NIAGA)
        for cell in sheet["Q"]
        if cell.value and PASAR in str(cell.value)
    }
    assert rows
    return remade(filled(before), lambda b: puts({**rows, "A2": other["A2"].value})(b["Isian"]))


def test_a_readdressed_form_is_refused_in_both_folders(before: Standing) -> None:
    data = readdressed(before)
    new = without_signature(stamp_of(data), unit=NIAGA)
    whole = stamped(data, new)

    ours = one(before, whole)
    theirs = one(before, whole, folder=NIAGA)

    assert (ours.status, ours.errors) == ("rejected", ["I05", "I03"])
    assert ours.document["unit"] is None, "an unproven stamp speaks for nobody"
    assert (theirs.status, theirs.errors) == ("rejected", ["I05"])
    assert_untouched(before, told=(PASAR, NIAGA))


def test_a_readdressed_form_under_its_own_stamp_is_refused(before: Standing) -> None:
    verdict = one(before, readdressed(before))

    assert verdict.status == "rejected"
    assert set(verdict.errors) == {"N03", "T08", "T11"}
    assert_untouched(before)


def test_a_form_under_the_copied_stamp_of_another_unit_is_refused(before: Standing) -> None:
    data = restamped(filled(before), stamp_of(before.office.form(NIAGA)).text)

    verdict = one(before, data, folder=NIAGA)

    assert verdict.status == "rejected"
    assert {"T08", "T11"} <= set(verdict.errors)
    assert_untouched(before, told=(NIAGA,))


UNITS = {
    "parent": "../../../lain",
    "parent of Windows": "..\\..\\lain",
    "absolute": "/etc/cron.d/lain",
    "drive": "C:\\lain",
    "share": "\\\\server\\share\\lain",
    "address": "file:///lain",
    "nothing": "",
    "dot": ".",
    "NUL": "kabid-pasar_x0000_",
    "line": "kabid-pasar_x000A_lain",
    "long": "a" * 5000,
    "capital": "Kabid-Pasar",
    "all capitals": "KABID-PASAR",
    "another script": "kabid-p\u0430sar",
    "full width": "\uff4babid-pasar",
    "joined letters": "kabid\u2010pasar",
    "invisible": "kabid-pasar\u200b",
    "space": "kabid-pasar\u00a0",
    "trailing dot": "kabid-pasar.",
    "trailing slash": "kabid-pasar/",
    "stream": "kabid-pasar::$DATA",
    "wildcard": "kabid-*",
    "environment": "%TEMP%",
    "home": "~",
}
DEVICES = ("con", "nul", "aux", "com1", "a" * 100, "kabid-pasir")


def test_no_unit_in_a_stamp_ever_becomes_a_path(before: Standing) -> None:
    data = filled(before)
    files = {f"{n}.xlsx": name for n, name in enumerate(UNITS)}

    ours = judge_all(
        before.office,
        {f: restamped(data, signed(before.office, data, unit=UNITS[n])) for f, n in files.items()},
    )
    theirs = judge_all(
        before.office,
        {
            f: restamped(data, without_signature(stamp_of(data), unit=UNITS[n]))
            for f, n in files.items()
        },
        folder=NIAGA,
    )

    for verdict in (*ours.values(), *theirs.values()):
        assert verdict.status == "rejected"
        assert verdict.errors in (["I05"], ["I06", "I05"])
        assert verdict.document["unit"] in (PASAR, None)
    assert_untouched(before, told=(PASAR, NIAGA))
    figure("units in stamps that were no unit", 2 * len(UNITS))


@pytest.mark.parametrize("folder", [PASAR, NIAGA, "con"])
def test_a_unit_that_no_register_has_is_refused_though_the_key_signed_it(
    before: Standing, folder: str
) -> None:
    data = filled(before)

    verdicts = judge_all(
        before.office,
        {f"{u}.xlsx": restamped(data, signed(before.office, data, unit=u)) for u in DEVICES},
        folder=folder,
    )

    for name, verdict in verdicts.items():
        same = name == f"{folder}.xlsx"
        assert verdict.status == "rejected"
        assert verdict.errors == ["I02", "I05"] + ([] if same else ["I03"])
    assert_untouched(before, told=(PASAR, NIAGA, "tanpa-unit"))


@pytest.mark.parametrize(
    "folder", ["kabid-pasar ", "kabid\u2010pasar", "kabid-p\u0430sar", "pasar"]
)
def test_a_folder_that_only_looks_like_a_units_is_not_its_folder(
    before: Standing, folder: str
) -> None:
    verdict = one(before, filled(before), folder=folder)

    assert (verdict.status, verdict.errors) == ("rejected", ["I03"])
    (before.office.root / "inbox" / folder).rmdir()
    assert_untouched(before)


@pytest.mark.parametrize("folder", ["Kabid-Pasar", "KABID-PASAR"])
def test_a_folder_in_capitals_is_the_units_and_never_names_an_outbox(
    before: Standing, folder: str
) -> None:
    accepted = one(before, filled(before), folder=folder)
    refused = one(before, filled(before, unit=NIAGA), folder=folder)

    assert (accepted.status, accepted.document["unit"]) == ("accepted", PASAR)
    assert (refused.status, refused.errors) == ("rejected", ["I03"])
    assert str(refused.document["note"]).startswith(f"outbox/{PASAR}/ditolak/")
    assert not (before.office.root / "outbox" / folder).exists()


NAMES = (
    "..xlsx",
    "...xlsx",
    "..\\..\\lain.xlsx",
    "C:\\lain.xlsx",
    "CON.xlsx",
    "a\nb.xlsx",
    "a\u202exslx.exe.xlsx",
    " .xlsx",
    "%2e%2e%2flain.xlsx",
    "x" * 240 + ".xlsx",
    "=cmd|' C calc'!A0.xlsx",
    "<b>&amp;.xlsx",
)


def test_no_file_name_ever_becomes_a_path(before: Standing) -> None:
    verdicts = judge_all(
        before.office, {name: f"<html>{n}".encode() for n, name in enumerate(NAMES)}
    )

    assert {tuple(v.errors) for v in verdicts.values()} == {("B01",)}
    assert_untouched(before)
    for verdict in verdicts.values():
        note = str(verdict.document["note"])
        assert note.startswith(f"outbox/{PASAR}/ditolak/CATATAN_")
        assert (before.office.root / note).is_file()


def test_a_return_replayed_after_a_newer_issue_is_refused(before: Standing) -> None:
    office = before.office
    old = office.filled(PASAR, {"H8": Decimal(7)}, period=2)
    issued = office.says("issue", "--year", "2020", "--period", "TW2", "--unit", PASAR)
    assert [form["issue"] for form in issued.rows("forms")] == [2]
    assert one(before, filled(before, period=2), today=LATER).status == "accepted"
    after = standing(office)

    verdict = one(after, old, today=LATER)

    assert (verdict.status, verdict.errors) == ("rejected", ["K06"])
    assert_untouched(after)
    mended = (office.root / str(verdict.document["note"])).read_bytes()
    assert stamp_of(mended).issue == 2


def test_an_old_return_before_a_new_one_is_accepted_and_the_newest_counts(
    before: Standing,
) -> None:
    office = before.office
    old = office.filled(PASAR, {"H8": Decimal(7)}, period=2)
    office.says("issue", "--year", "2020", "--period", "TW2", "--unit", PASAR)

    assert one(before, old, today=LATER).status == "accepted"
    assert one(before, filled(before, period=2), today=LATER).status == "accepted"
    assert standing(office).figures != before.figures


def test_the_form_of_a_year_that_has_not_begun_is_refused(before: Standing) -> None:
    office = before.office
    office.says("issue", "--year", "2021", "--period", "TW1", "--unit", PASAR)
    form = (office.root / f"outbox/{PASAR}/formulir/IKI_{PASAR}_2021-TW1.xlsx").read_bytes()
    after = standing(office)

    verdict = one(after, typed(form, {"H8": SENT}))

    assert (verdict.status, verdict.errors) == ("rejected", ["I04"])
    assert_untouched(after)


def test_the_form_of_a_triwulan_that_has_not_begun_is_refused(before: Standing) -> None:
    verdict = one(before, filled(before, period=2), today="2020-03-31")

    assert (verdict.status, verdict.errors) == ("rejected", ["I04"])
    assert_untouched(before)


def test_the_form_of_a_closed_triwulan_is_refused(before: Standing) -> None:
    register = before.office.workspace.register
    book = openpyxl.load_workbook(register)
    row = next(r for r in book["Pengaturan"].iter_rows() if r[0].value == "periode_ditutup")
    row[1].value = "2020-TW1"
    book.save(register)
    after = standing(before.office)

    verdict = one(after, filled(after))

    assert (verdict.status, verdict.errors) == ("rejected", ["K05"])
    assert_untouched(after)


LOCKED: dict[str, tuple[dict[str, str | int], list[str], tuple[str, str]]] = {
    "target": ({"F8": 1}, ["T11"], ("1", "F8")),
    "target as text": ({"F8": "tidak ada"}, ["T11"], ("tidak ada", "F8")),
    "label": ({"D8": "Jumlah lain"}, ["T11"], ("Jumlah lain", "D8")),
    "indicator": ({"C8": "Indikator lain"}, ["T11"], ("Indikator lain", "C8")),
    "objective": ({"B8": "Sasaran lain"}, ["T11"], ("Sasaran lain", "B8")),
    "unit of measure": ({"E8": "miliar"}, ["T11"], ("miliar", "E8")),
    "earlier figure": ({"G8": 99}, ["T11"], ("99", "G8")),
    "unit line": ({"A2": "Unit lain"}, ["T11"], ("Unit lain", "A2")),
    "title": ({"A1": "Formulir lain"}, ["T11"], ("Formulir lain", "A1")),
    "very long label": ({"D8": "y" * 32_767}, ["T11"], ("y" * 32_767, "D8")),
    "key": ({"Q8": "kabid-pasar/99#a"}, ["N03", "T08"], ("kabid-pasar/99#a", "Q8")),
    "key of another unit": (
        {"Q8": f"{NIAGA}/01#a"},
        ["N03", "T08"],
        (f"{NIAGA}/01#a", "Q8"),
    ),
    "no key": ({"Q8": ""}, ["T08"], ("", "Q8")),
}


@pytest.mark.parametrize("name", LOCKED)
def test_what_was_locked_is_told_with_old_and_new_and_given_back_as_it_was(
    before: Standing, name: str
) -> None:
    cells, codes, (now, cell) = LOCKED[name]
    form = openpyxl.load_workbook(io.BytesIO(before.office.form(PASAR)))["Isian"]
    was = form[cell].value
    data = remade(
        filled(before), lambda b: puts({c: v or None for c, v in cells.items()})(b["Isian"])
    )

    verdict = one(before, data)

    assert verdict.status == "rejected"
    assert sorted(verdict.errors) == codes
    assert_untouched(before)
    problems = verdict.document["problems"]
    assert isinstance(problems, list)
    told = next(p for p in problems if p["code"] == codes[-1])
    assert told["cell"] == cell
    assert now[:200] in f"{told['found']} {told['message']}"
    mended = (before.office.root / str(verdict.document["note"])).read_bytes()
    assert openpyxl.load_workbook(io.BytesIO(mended))["Isian"][cell].value == was


def test_a_row_hidden_by_hand_is_refused(before: Standing) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book["Isian"].row_dimensions[8].hidden = True

    verdict = one(before, remade(filled(before), hide))

    assert (verdict.status, verdict.errors) == ("rejected", ["T13"])
    assert_untouched(before)
    mended = (before.office.root / str(verdict.document["note"])).read_bytes()
    sheet = openpyxl.load_workbook(io.BytesIO(mended))["Isian"]
    assert not sheet.row_dimensions[8].hidden
    assert sheet["H8"].value == int(SENT + 1), "what was typed there is seen again"


def test_a_stamp_signed_by_another_workspace_is_refused_whatever_it_says(
    before: Standing,
) -> None:
    data = filled(before)
    stamp = stamp_of(data)
    texts = {
        f"{n}.xlsx": sign(replace(stamp, **parts), b"kantor lain").text  # type: ignore[arg-type]
        for n, parts in enumerate(({}, {"issue": 2}, {"digest": "f" * 32}))
    }

    verdicts = judge_all(before.office, {n: restamped(data, t) for n, t in texts.items()})

    assert {tuple(v.errors) for v in verdicts.values()} == {("I05",)}
    assert_untouched(before)


def test_a_stamp_of_ours_for_a_form_that_never_went_out_is_refused(before: Standing) -> None:
    data = filled(before)
    texts = {
        "issue.xlsx": signed(before.office, data, issue=9),
        "digest.xlsx": signed(before.office, data, digest="f" * 32),
        "layout.xlsx": signed(before.office, data, layout=2),
    }

    verdicts = judge_all(before.office, {n: restamped(data, t) for n, t in texts.items()})

    assert {n: v.errors for n, v in verdicts.items()} == {
        "issue.xlsx": ["I05"],
        "digest.xlsx": ["I05"],
        "layout.xlsx": ["T04"],
    }
    assert_untouched(before)
