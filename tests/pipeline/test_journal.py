"""Record what the journal tells and the ledger does not, reading no line twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.shell import Office
from workbook_tools.archive import Archive
from workbook_tools.ledger import ArrivalFacts
from workbook_tools.pipeline.arrival import arrival_event
from workbook_tools.pipeline.journal import reconcile
from workbook_tools.pipeline.rulebook import keep_register
from workbook_tools.pipeline.session import Session, open_session

NOW = datetime(2020, 4, 3, 2, tzinfo=UTC)


@pytest.fixture
def session(office: Office) -> Iterator[Session]:
    """Give a session on an office whose forms have gone out."""
    with open_session(office.workspace, NOW, registry=office.registry) as opened:
        yield opened


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note from which mark on the journal is read."""
    marks: list[int] = []
    news = Archive.news

    def noted(archive: Archive, mark: int) -> object:
        marks.append(mark)
        return news(archive, mark)

    monkeypatch.setattr(Archive, "news", noted)
    return marks


def journalled(session: Session, number: int) -> None:
    """Journal an arrival that the ledger never hears of."""
    facts = ArrivalFacts(number, "ab", f"inbox/{number}.xlsx", None, NOW, taken=True)
    session.append([arrival_event(facts)])


def test_an_arrival_that_only_the_journal_knows_is_recorded(session: Session) -> None:
    journalled(session, 1)
    reconcile(session)
    assert [row.file for row in session.ledger.arrivals()] == ["inbox/1.xlsx"]


def test_what_was_read_of_the_journal_is_not_read_again(session: Session, read: list[int]) -> None:
    reconcile(session)
    journalled(session, 1)
    reconcile(session)
    reconcile(session)
    assert read[0] == 0 < read[1] < read[2]
    assert len(session.ledger.arrivals()) == 1


def test_what_could_not_be_recorded_is_read_again(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    journalled(session, 1)
    with monkeypatch.context() as patched:
        patched.setattr(type(session.ledger), "arrive", refuse)
        with pytest.raises(OSError, match="penuh"):
            reconcile(session)
    reconcile(session)
    assert len(session.ledger.arrivals()) == 1


def refuse(*_: object) -> None:
    """Fail as a full disk does."""
    raise OSError(28, "penuh")


def test_a_ledger_that_has_become_an_older_one_is_told_everything_again(session: Session) -> None:
    journalled(session, 1)
    reconcile(session)
    with session.ledger._write() as connection:
        connection.exec_driver_sql("delete from arrival")
    reconcile(session)
    assert len(session.ledger.arrivals()) == 1


def test_the_register_is_journalled_when_it_is_not_the_last_one(session: Session) -> None:
    keep_register(session)
    keep_register(session)
    session.workspace.register.write_bytes(session.workspace.register.read_bytes() + b" ")
    keep_register(session)
    events = [event for event in session.archive.journal() if event["event"] == "register"]
    assert len(events) == 2
    reconcile(session)
    assert session.journal.register == events[-1]["sha256"]
