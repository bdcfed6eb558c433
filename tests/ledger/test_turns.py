"""Let machines take turns on one ledger; who lost a turn unawares does no harm."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.ledger.rounds import Desk, on_server
from tests.ledger.server import Server
from tests.pipeline.rounds import HTML, first_round
from tests.shell import Office
from workbook_tools.archive import TURN, folder_archive
from workbook_tools.errors import Busy
from workbook_tools.ledger import ArrivalFacts, Ledger
from workbook_tools.ledger.place import Place
from workbook_tools.ledger.postgres import postgres_place
from workbook_tools.ledger.turn import TurnLost, take_turn
from workbook_tools.pipeline.arrival import arrival_event
from workbook_tools.pipeline.session import open_session

MOMENT = datetime(2020, 4, 3, 9, tzinfo=UTC)
LEASE = "workbook_tools.ledger.turn.SECONDS"


@pytest.fixture
def shared(database: str) -> Place:
    """Give the place of an empty ledger on a server."""
    return postgres_place(database)


@pytest.fixture
def desk(office: Office, server: Server) -> Iterator[Desk]:
    """Give an office whose ledger was moved to a server."""
    moved = on_server(office, server)
    assert office.says("rebuild").code == 0
    yield moved
    server.drop(moved.database)


def run_out(desk: Desk) -> None:
    """Let the turn that is held be over, as if nobody had renewed it."""
    statement = "update workbook_tools_giliran.turn set until = now() - interval '1 s'"
    desk.server.asks(statement, desk.database)


@pytest.mark.postgres
def test_one_turn_at_a_time_is_given_and_each_has_a_higher_number(shared: Place) -> None:
    with (
        take_turn(shared, wait=0) as first,
        pytest.raises(Busy, match="sedang dikerjakan"),
        take_turn(shared, wait=0),
    ):
        pass
    with take_turn(shared, wait=0) as second:
        assert second.number == first.number + 1


@pytest.mark.postgres
def test_of_many_who_ask_at_once_each_has_its_turn_alone(shared: Place) -> None:
    inside, most, done = [0], [0], list[int]()

    def work() -> None:
        with take_turn(shared, wait=60) as turn:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            done.append(turn.number)
            inside[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (most[0], sorted(done)) == (1, list(range(done[0], done[0] + 6)))


@pytest.mark.postgres
def test_a_turn_that_is_renewed_lasts_longer_than_its_time(
    shared: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LEASE, 0.6)
    with take_turn(shared, wait=0) as turn:
        with pytest.raises(Busy), take_turn(shared, wait=1.5):
            pass
        turn.confirm()


@pytest.mark.postgres
def test_a_turn_that_nobody_renews_is_over_by_the_clock_of_the_server(
    shared: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LEASE, 0.6)
    with ExitStack() as stack:
        dead = stack.enter_context(take_turn(shared, wait=0))
        dead.ended.set()  # as a killed process renews nothing
        with take_turn(shared, wait=5) as heir:
            assert heir.number == dead.number + 1
            heir.confirm()
            with pytest.raises(TurnLost):
                dead.confirm()


@pytest.mark.postgres
def test_who_lost_a_turn_writes_nothing_into_the_ledger(desk: Desk) -> None:
    workspace, registry = desk.office.workspace, desk.office.registry
    with ExitStack() as stack:
        late = stack.enter_context(open_session(workspace, MOMENT, registry=registry, wait=0))
        run_out(desk)
        with open_session(workspace, MOMENT, registry=registry, wait=0):
            with pytest.raises(TurnLost, match="diambil alih"):
                late.ledger.advance([1], "filed")
            with pytest.raises(TurnLost):
                late.ledger.record_master(2020)


@pytest.mark.postgres
def test_a_line_that_is_journalled_too_late_is_no_arrival(desk: Desk) -> None:
    office = desk.office
    first_round(office)
    workspace, registry = office.workspace, office.registry
    with open_session(workspace, MOMENT, registry=registry, wait=0) as late:
        run_out(desk)
        kept = late.archive.put(HTML)
        # It reads its own clock, by which the turn is not over yet.
        late.append([arrival_event(ArrivalFacts(1, kept, "inbox/awal", None, MOMENT, taken=False))])
        assert office.says("ingest").code == 1
        late.append(
            [arrival_event(ArrivalFacts(2, kept, "inbox/telat", None, MOMENT, taken=False))]
        )
        with pytest.raises(TurnLost):
            late.ledger.arrive([ArrivalFacts(9, kept, "inbox/", None, MOMENT, taken=False)])
    assert office.says("ingest").code == 0
    assert office.says("verify").document["findings"] == []
    files = [e["file"] for e in late.archive.journal() if e.get("event") == "arrived"]
    assert len(files) == 5
    assert files[0] == "inbox/awal"  # nobody else had its number, so it came
    assert [row[2] for row in desk.rows()["arrival"] if row[0] == 1] == ["inbox/awal"]
    assert "inbox/telat" not in files


def test_of_arrivals_with_one_number_the_one_of_the_latest_turn_counts(tmp_path: Path) -> None:
    archive = folder_archive(tmp_path)
    for number, turn, file in ((1, 1, "a"), (2, 1, "zombie"), (2, 3, "b"), (3, 3, "c"), (3, 2, "")):
        archive.append({"event": "arrived", "id": number, TURN: turn, "file": file})
    archive.append({"event": "register", TURN: 1})
    told = [event.get("file") for event in archive.journal()]
    assert told == ["a", "b", "c", None]


@pytest.mark.postgres
def test_a_ledger_opened_to_look_needs_no_turn(desk: Desk) -> None:
    with take_turn(postgres_place(desk.server.url(desk.database)), wait=0):
        assert desk.office.says("status").code == 0


@pytest.mark.postgres
def test_a_rebuild_that_lost_its_turn_puts_nothing_in_place(desk: Desk) -> None:
    place = postgres_place(desk.server.url(desk.database))
    rows = desk.rows()
    with ExitStack() as stack:
        late = stack.enter_context(take_turn(place, wait=0))
        run_out(desk)
        stack.enter_context(take_turn(place, wait=0))
        Ledger(place.fresh()).close()
        with pytest.raises(TurnLost):
            place.replace(late.guard)
    assert desk.rows() == rows


@pytest.mark.postgres
def test_who_stopped_in_the_middle_of_a_transaction_does_not_hold_up_the_others(
    shared: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LEASE, 0.6)
    with take_turn(shared, wait=0) as stopped:
        stopped.ended.set()
        engine = shared.engine()
        with engine.connect() as connection:
            stopped.guard(connection)
            with take_turn(shared, wait=10) as heir:
                assert heir.number == stopped.number + 1
            connection.invalidate()
        engine.dispose()
