"""A return is judged by the register that stood when it came; a rebuild gives what was given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import openpyxl
import pytest

from tests.shell import NIAGA, PASAR, Office
from workbook_tools.errors import CannotWrite
from workbook_tools.ledger.turn import Turn
from workbook_tools.pipeline import ingest, rulebook, session
from workbook_tools.pipeline.journal import reconcile
from workbook_tools.workspace import Workspace


def close_the_period(workspace: Workspace) -> None:
    """Let Perencanaan close triwulan I in the register."""
    book = openpyxl.load_workbook(workspace.register)
    row = next(r for r in book["Pengaturan"].iter_rows() if r[0].value == "periode_ditutup")
    row[1].value = "2020-TW1"
    book.save(workspace.register)


def full(*_: object, **__: object) -> None:
    """Fail as a full disk does."""
    raise CannotWrite("disk penuh")


def statuses(office: Office) -> list[object]:
    """Give what became of each arrival."""
    return [(row[1], row[7]) for row in office.ledger()["arrival"]]


def stands(office: Office) -> bool:
    """Tell whether a rebuild changes nothing of it."""
    before = statuses(office)
    assert office.says("rebuild").code == 0
    return statuses(office) == before


def test_what_came_before_the_register_was_edited_is_judged_by_the_one_before(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.drop(PASAR, office.filled(PASAR))
    with monkeypatch.context() as patched:
        patched.setattr(ingest, "settle", full)
        assert office.says("ingest").code == 2
    close_the_period(office.workspace)
    office.drop(NIAGA, office.filled(NIAGA))

    said = office.says("ingest")

    assert [row["status"] for row in said.rows("arrivals")] == ["accepted", "rejected"]
    assert office.says("verify").code == 0
    assert stands(office)


def test_a_register_edited_while_another_process_worked_judges_and_is_kept(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work = session._at_work

    @contextmanager
    def waiting(workspace: Workspace, wait: float) -> Iterator[Turn | None]:
        with at_work(workspace, wait) as turn:
            close_the_period(workspace)
            yield turn

    office.drop(PASAR, office.filled(PASAR))
    with monkeypatch.context() as patched:
        patched.setattr(session, "_at_work", waiting)
        said = office.says("ingest")

    assert [row["status"] for row in said.rows("arrivals")] == ["rejected"]
    assert stands(office)


def test_a_register_edited_at_the_last_moment_judges_what_it_is_kept_for(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def edited(opened: session.Session) -> None:
        close_the_period(opened.workspace)
        reconcile(opened)

    office.drop(PASAR, office.filled(PASAR))
    with monkeypatch.context() as patched:
        patched.setattr(rulebook, "reconcile", edited)
        said = office.says("ingest")

    assert [row["status"] for row in said.rows("arrivals")] == ["accepted"]
    assert stands(office)


def test_a_rebuild_takes_what_a_stopped_ingest_left_in_the_inbox(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.drop(PASAR, office.filled(PASAR), name="a.xlsx")
    office.drop(NIAGA, office.filled(NIAGA), name="b.xlsx")
    with monkeypatch.context() as patched:
        patched.setattr(ingest, "settle", full)
        assert office.says("ingest").code == 2
    office.drop(PASAR, office.filled(PASAR, {"H8": Decimal(3)}), name="baru.xlsx")

    assert office.says("rebuild").code == 0

    assert office.inbox() == ["kabid-pasar/baru.xlsx"]
    assert [row["number"] for row in office.says("ingest").rows("arrivals")] == [3]
    assert office.says("verify").document["findings"] == []


def test_a_rebuild_without_the_ledger_before_takes_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.drop(PASAR, office.filled(PASAR), name="a.xlsx")
    with monkeypatch.context() as patched:
        patched.setattr(ingest, "settle", full)
        assert office.says("ingest").code == 2
    for path in office.workspace.state.glob("ledger*"):
        path.unlink()

    assert office.says("rebuild").code == 0

    assert office.inbox() == ["kabid-pasar/a.xlsx"]
    said = office.says("ingest")
    assert [row["status"] for row in said.rows("arrivals")] == ["duplicate"]
