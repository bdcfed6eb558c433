"""Publish the board with whatever changes what it says, and let nothing else suffer by it."""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest

from tests.pipeline.rounds import a_year_of_work
from tests.shell import NIAGA, PASAR, TODAY, Office
from workbook_tools.board.render import PASSING
from workbook_tools.errors import CannotWrite
from workbook_tools.inbox import Stillness, look
from workbook_tools.ledger.turn import TurnLost
from workbook_tools.pipeline.board import publish_board
from workbook_tools.pipeline.heartbeat import Heartbeat
from workbook_tools.pipeline.look import DEBOUNCE, Looker, Memory
from workbook_tools.pipeline.session import Session, open_session
from workbook_tools.pipeline.sightings import Lingering, load_sightings
from workbook_tools.problems.sentences.waiting import UNWATCHED

NOW = datetime(2020, 4, 3, 9, tzinfo=ZoneInfo("Asia/Jakarta"))


@pytest.fixture(scope="module")
def worked(template_office: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Give an office after two triwulan of work; only to be copied."""
    office = template_office.copied(tmp_path_factory.mktemp("papan") / "ruang #1 100%")
    a_year_of_work(office)
    return office


@pytest.fixture
def after(worked: Office, tmp_path: Path) -> Office:
    """Give an office after two triwulan of work."""
    return worked.copied(tmp_path / "ruang #1 100%")


def links(office: Office) -> list[str]:
    """Give the links of the board that lead to files."""
    return re.findall(r'href="(\.\.[^"]*)"', office.board().read_text("utf-8"))


def test_every_link_of_the_board_leads_to_a_file(after: Office) -> None:
    found = [unquote(link) for link in links(after)]
    assert len(found) > 5
    assert [link for link in found if not (after.board().parent / link).is_file()] == []


def test_a_rebuild_gives_the_same_board_byte_by_byte(after: Office) -> None:
    before = after.board().read_bytes()
    shutil.rmtree(after.board().parent)
    assert after.says("rebuild", today="2021-05-05").code == 0
    assert after.board().read_bytes() == before


def test_the_day_of_consolidation_changes_no_byte_of_the_board(after: Office) -> None:
    before = after.board().read_bytes()
    assert after.says("consolidate", "--year", "2020", today="2022-02-02").code == 0
    assert after.board().read_bytes() == before


def test_a_board_that_says_nothing_new_is_not_written_again(after: Office) -> None:
    before = after.board().stat()
    assert after.says("consolidate", "--year", "2020").code == 0
    assert after.board().stat().st_mtime_ns == before.st_mtime_ns


def test_issuing_forms_shows_who_is_asked(office: Office) -> None:
    assert office.says("issue", "--year", "2020", "--period", "TW3", today="2020-09-30").code == 0
    assert "0 dari 21 formulir" in office.board().read_text("utf-8")


def test_a_stranger_that_changes_no_master_is_on_the_board(office: Office) -> None:
    office.drop(PASAR, office.filled(PASAR))
    office.says("ingest")
    office.drop(NIAGA, b"<html>", name="foto <b>rapat.xlsx")
    office.says("ingest")
    assert "foto &lt;b&gt;rapat.xlsx" in office.board().read_text("utf-8")


def test_a_file_left_behind_in_the_inbox_is_on_the_board_but_not_in_the_audit(
    office: Office,
) -> None:
    office.drop(PASAR, office.filled(PASAR))
    office.says("ingest")
    office.drop(PASAR, b"x", name="5A1C9E00")
    office.says("ingest", today=TODAY)
    office.says("ingest", today="2020-04-20")
    passing = PASSING.search(office.board().read_bytes())
    assert passing is not None
    assert b"kabid-pasar/5A1C9E00" in passing[0]
    assert office.says("verify", today="2020-04-20").document["findings"] == []


def test_a_board_that_cannot_be_written_keeps_no_master_from_being_written(office: Office) -> None:
    shutil.rmtree(office.board().parent, ignore_errors=True)
    office.board().parent.parent.mkdir(exist_ok=True)
    office.board().parent.write_bytes(b"a file where the folder should be")
    office.drop(PASAR, office.filled(PASAR))
    said = office.says("ingest")
    assert said.code == 2
    assert "papan" in said.err
    assert office.master().is_file()


def test_a_master_that_cannot_be_written_keeps_no_board_from_being_written(office: Office) -> None:
    office.master().parent.parent.mkdir(exist_ok=True)
    office.master().parent.write_bytes(b"a file where the folder should be")
    office.drop(PASAR, office.filled(PASAR))
    assert office.says("ingest").code == 2
    assert b"s-diterima" in office.board().read_bytes()


def test_without_a_watcher_a_file_on_its_way_is_said_to_be_watched_by_nobody(
    office: Office,
) -> None:
    office.drop(PASAR, office.filled(PASAR)[:5000])
    assert office.says("issue", "--year", "2020", "--period", "TW3", today="2020-09-30").code == 0
    assert UNWATCHED in office.board().read_text("utf-8")


class Watched:
    """A watcher's looks at an office, one by one, on a clock of our own."""

    def __init__(self, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        self.office = office
        self.now = 0.0
        self.written = 0
        workspace = office.workspace
        self.memory = Memory(Stillness(0.3), load_sightings(workspace))
        heart = Heartbeat(workspace, lambda: NOW)
        self._looker = Looker(workspace, lambda: NOW, lambda _: None, heart, self.memory)
        monkeypatch.setattr(
            "workbook_tools.pipeline.look.time", SimpleNamespace(monotonic=lambda: self.now)
        )
        monkeypatch.setattr("workbook_tools.pipeline.look.publish_board", self._write)

    def _write(self, session: Session, waiting: Sequence[Lingering]) -> None:
        self.written += 1
        publish_board(session, waiting)

    def look(self, *, after: float) -> str:
        """Look once more some seconds later, and give what the board says then."""
        self.now += after
        self._looker.look(look(self.office.workspace.inbox))
        return self.office.board().read_text("utf-8")


@pytest.fixture
def watched(office: Office, monkeypatch: pytest.MonkeyPatch) -> Watched:
    """Give an office with one look behind it."""
    watched = Watched(office, monkeypatch)
    watched.look(after=0)
    return watched


def test_the_board_follows_what_comes_to_lie_in_the_inbox_and_goes(watched: Watched) -> None:
    lying = watched.office.drop(PASAR, b"", name="kosong.xlsx")
    assert lying.name not in watched.look(after=1)
    assert lying.name in watched.look(after=DEBOUNCE + 1)
    lying.unlink()
    watched.look(after=1)
    assert lying.name not in watched.look(after=DEBOUNCE + 1)
    assert watched.written == 2


def test_a_file_that_only_lies_there_has_the_board_written_once(watched: Watched) -> None:
    watched.office.drop(PASAR, b"", name="kosong.xlsx")
    for _ in range(20):
        watched.look(after=DEBOUNCE)
    assert watched.written == 1


def test_a_file_on_its_way_in_has_no_board_written_for_itself(watched: Watched) -> None:
    path = watched.office.drop(PASAR, b"", name="kiriman.xlsx")
    watched.look(after=1)
    path.write_bytes(watched.office.filled(PASAR))
    watched.look(after=1)
    watched.look(after=1)
    assert "tanda-terima" in watched.look(after=1)
    watched.look(after=DEBOUNCE + 1)
    assert watched.written == 0


def test_what_lay_there_when_the_board_was_written_leaves_it_again(watched: Watched) -> None:
    lying = watched.office.drop(PASAR, b"", name="kosong.xlsx")
    watched.office.drop(NIAGA, watched.office.filled(NIAGA))
    watched.look(after=1)
    watched.look(after=1)
    assert lying.name in watched.look(after=1)
    lying.unlink()
    watched.look(after=1)
    assert lying.name not in watched.look(after=DEBOUNCE + 1)


def test_who_has_lost_the_turn_leaves_the_board_alone(
    after: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    after.board().write_bytes(b"the newer board of another machine")

    def lost(_: Session) -> None:
        raise TurnLost

    monkeypatch.setattr(Session, "confirm", lost)
    with (
        open_session(after.workspace, NOW, registry=after.registry) as session,
        pytest.raises(TurnLost),
    ):
        publish_board(session, ())
    assert after.board().read_bytes() == b"the newer board of another machine"


def test_trouble_with_the_ledger_is_over_only_when_it_can_be_opened_again(
    watched: Watched, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(*_: object, **__: object) -> None:
        raise CannotWrite("Ledger tidak dapat dihubungi.")

    watched.office.drop(PASAR, watched.office.filled(PASAR), name="a.xlsx")
    with monkeypatch.context() as patched, caplog.at_level(logging.WARNING):
        patched.setattr("workbook_tools.pipeline.look.open_session", unreachable)
        for _ in range(3):
            watched.look(after=1)
        watched.office.root.joinpath("inbox", PASAR, "a.xlsx").unlink()
        watched.memory.behind = False  # as it is where nothing was on its way
        for _ in range(3):
            watched.look(after=1)
    assert [record.getMessage() for record in caplog.records] == [
        "Ledger tidak dapat dihubungi. Akan dicoba lagi."
    ]
    with caplog.at_level(logging.WARNING):
        watched.look(after=1)
    assert caplog.records[-1].getMessage() == "Keadaan pulih."
