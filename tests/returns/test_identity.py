"""Send forms that are not what they say, or not where they belong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.reader.workbooks import parts_of, table, zipped
from tests.returns.cases import TRAINING
from tests.returns.desk import IN_TIME, Desk, Form, found
from tests.returns.paper import typed
from tests.returns.stamps import stamp_of, stamped
from workbook_tools.form.layout import LAYOUT_VERSION, STAMP_NAME, STAMP_PROPERTY, STEMPEL
from workbook_tools.form.stamp import Stamp, sign
from workbook_tools.problems.catalogue import describe

OTHER = "kasi-kelembagaan-pengawasan"


def signed(data: bytes, desk: Desk, change: Callable[[Stamp], Stamp]) -> bytes:
    """Change a form's stamp and sign it with the workspace's own key."""
    return stamped(data, sign(change(stamp_of(data)), desk.workspace.key()))


def form_of(desk: Desk, period: int = 1) -> Form:
    return desk.form(TRAINING, period)


def without_stamp(data: bytes) -> bytes:
    """Copy the sheets into a new workbook, as a person would: nothing of ours comes along."""
    parts = parts_of(data)
    text = stamp_of(data).text.encode()
    for name, part in parts.items():
        parts[name] = (
            part.replace(text, b"")
            .replace(STAMP_NAME.encode(), b"LAIN")
            .replace(STAMP_PROPERTY.encode(), b"lain")
        )
    return zipped(parts)


def test_t01_a_workbook_of_another_kind_is_not_ours(desk: Desk) -> None:
    outcome = desk.send(TRAINING, table([["Nama", "Jumlah"], ["a", 1.0]], sheet="Rekap"))

    assert outcome.status == "rejected"
    assert found(outcome) == [("T01", None), ("I01", None)]
    assert "“Rekap”" in describe(outcome.problems[0]).what


def test_i01_a_form_without_its_stamp_is_refused_and_refilled(desk: Desk) -> None:
    form = form_of(desk)

    outcome = desk.send(TRAINING, without_stamp(form.filled({"H8": 35})))

    assert outcome.status == "rejected"
    assert found(outcome) == [("I01", None)]
    again = desk.send(TRAINING, typed(desk.read(outcome.note), {"H8": 36}))
    assert again.status == "accepted"


def test_two_of_three_stamps_are_enough(desk: Desk) -> None:
    form = form_of(desk)
    parts = parts_of(form.filled())
    parts["docProps/custom.xml"] = parts["docProps/custom.xml"].replace(
        STAMP_PROPERTY.encode(), b"lain"
    )

    outcome = desk.send(TRAINING, zipped(parts))

    assert outcome.status == "accepted"
    assert outcome.problems == ()


def test_i02_a_unit_that_the_register_lost_is_named(desk: Desk) -> None:
    registry = desk.registry
    gone = replace(
        registry,
        positions=tuple(p for p in registry.positions if p.id != TRAINING),
        indicators=tuple(i for i in registry.indicators if i.unit != TRAINING),
    )
    data = form_of(desk).filled()

    outcome = desk.ruled(gone).send(TRAINING, data)

    assert outcome.status == "rejected"
    assert found(outcome) == [("I02", None)]
    assert f"“{TRAINING}”" in describe(outcome.problems[0]).what


def test_i03_the_folder_of_another_unit(desk: Desk) -> None:
    data = form_of(desk).filled()

    outcome = desk.send(OTHER, data)

    assert outcome.status == "rejected"
    assert found(outcome) == [("I03", None)]
    assert f"folder “{OTHER}”" in describe(outcome.problems[0]).what
    assert TRAINING in describe(outcome.problems[0]).remedy
    assert outcome.note is not None
    assert outcome.note.startswith(f"outbox/{OTHER}/ditolak/"), "where the sender looks"
    assert desk.send(TRAINING, data).status == "accepted"


def test_i04_a_triwulan_that_has_not_begun(desk: Desk) -> None:
    outcome = desk.send(TRAINING, form_of(desk, 4).filled(), day=IN_TIME[1])

    assert outcome.status == "rejected"
    assert found(outcome) == [("I04", None)]
    assert "Triwulan IV Tahun 2020, yang belum mulai" in describe(outcome.problems[0]).what


def test_i04_a_year_that_the_register_does_not_have(desk: Desk) -> None:
    data = form_of(desk).filled()
    later = (2021, 2022)
    agency = replace(desk.registry.agency, renstra_years=later)
    indicators = tuple(
        replace(one, targets=tuple(t for t in one.targets if t.year in later))
        for one in desk.registry.indicators
    )
    ruled = replace(desk.registry, agency=agency, indicators=indicators)

    outcome = desk.ruled(ruled).send(TRAINING, data)

    assert found(outcome) == [("I04", None)]
    assert outcome.status == "rejected"


def test_k05_a_closed_triwulan(desk: Desk) -> None:
    data = form_of(desk).filled()
    rules = replace(desk.registry.rules, closed_periods=("2020-TW1",))

    outcome = desk.ruled(replace(desk.registry, rules=rules)).send(TRAINING, data)

    assert outcome.status == "rejected"
    assert found(outcome) == [("K05", None)]
    assert desk.send(TRAINING, data, name="dibuka.xlsx").status == "accepted"


def test_i05_a_stamp_changed_by_hand(desk: Desk) -> None:
    form = form_of(desk)

    outcome = desk.send(TRAINING, stamped(form.filled(), replace(stamp_of(form.data), period=2)))

    assert outcome.status == "rejected"
    assert ("I05", None) in found(outcome)
    assert "diubah, atau berasal dari kantor lain" in describe(outcome.problems[0]).what


def test_i05_the_key_of_another_office(desk: Desk) -> None:
    form = form_of(desk)

    outcome = desk.send(TRAINING, stamped(form.filled(), sign(stamp_of(form.data), b"lain")))

    assert outcome.status == "rejected"
    assert found(outcome) == [("I05", None)]


@pytest.mark.parametrize(
    "change",
    [
        lambda stamp: replace(stamp, issue=9),
        lambda stamp: replace(stamp, digest="0" * 32),
        lambda stamp: replace(stamp, year=2021),
    ],
    ids=["issue", "digest", "year"],
)
def test_i05_a_form_that_never_went_out(desk: Desk, change: Callable[[Stamp], Stamp]) -> None:
    data = form_of(desk).filled()

    outcome = desk.send(TRAINING, signed(data, desk, change), day=date(2021, 4, 1))

    assert outcome.status == "rejected"
    assert found(outcome) == [("I05", None)]
    assert "tidak tercatat pernah diterbitkan" in describe(outcome.problems[0]).what


def test_i05_a_stamp_that_is_no_stamp(desk: Desk) -> None:
    outcome = desk.send(TRAINING, stamped(form_of(desk).filled(), "WBT1|rusak"))

    assert outcome.status == "rejected"
    assert found(outcome) == [("I05", None)]
    assert "tidak dapat dibaca" in describe(outcome.problems[0]).what


def test_i06_a_sheet_copied_into_the_form_of_another_triwulan(desk: Desk) -> None:
    first, second = form_of(desk, 1), form_of(desk, 2)
    other = stamp_of(second.data).text

    data = typed(first.filled(), {"B2": other}, sheet=STEMPEL)
    outcome = desk.send(TRAINING, data, day=IN_TIME[2])

    assert outcome.status == "rejected"
    assert found(outcome) == [("I06", None)]
    assert "lembar tersembunyi berbeda dengan yang di properti berkas" in (
        describe(outcome.problems[0]).what
    )


def test_t04_a_form_of_a_newer_program(desk: Desk) -> None:
    data = form_of(desk).filled()

    outcome = desk.send(
        TRAINING, signed(data, desk, lambda stamp: replace(stamp, layout=LAYOUT_VERSION + 1))
    )

    assert outcome.status == "rejected"
    assert found(outcome) == [("T04", None)]
    assert "Isian Anda tidak salah" in describe(outcome.problems[0]).remedy


def test_a_return_that_is_not_ours_gets_no_cell_problems(desk: Desk) -> None:
    form = form_of(desk)
    data = typed(form.filled(), {"H8": "banyak", "H9": None})

    outcome = desk.send(OTHER, data)

    assert found(outcome) == [("I03", None)]
