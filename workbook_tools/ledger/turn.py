"""Let one process at a time work on a ledger that several machines share (ADR 0010).

A turn is a lease: it ends by the server's clock unless it is renewed, and every turn has a
higher number than all before it. Whoever has lost it without noticing, because it was paused
or cut off, is stopped at its next write by that number.
"""

from __future__ import annotations

import logging
import os
import platform
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError, OperationalError

from workbook_tools.errors import Busy
from workbook_tools.ledger.place import Place

SECONDS = 15.0  # that a turn lasts when nobody renews it
_ASK_AGAIN = 0.2
# The table lies outside of the ledger's schema, which a rebuild replaces.
_MISSING = text("select to_regclass('workbook_tools_giliran.turn') is null")
_MAKE = text("""
create schema if not exists workbook_tools_giliran;
create table if not exists workbook_tools_giliran.turn (
    id integer primary key, number bigint not null, holder text not null,
    until timestamptz not null
)""")
_TAKE = text("""
insert into workbook_tools_giliran.turn as turn (id, number, holder, until)
values (1, 1, :holder, clock_timestamp() + make_interval(secs => :seconds))
on conflict (id) do update set number = turn.number + 1, holder = :holder,
    until = clock_timestamp() + make_interval(secs => :seconds)
where turn.until <= clock_timestamp()
returning number""")
_PATIENCE = text("set local lock_timeout = '1s'")
# A process that was stopped in the middle of a transaction holds its locks for ever.
_LET_GO = text("""
select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and usename = current_user and pid <> pg_backend_pid()
    and wait_event = 'ClientRead'
    and xact_start < clock_timestamp() - make_interval(secs => :seconds)
    and pid in (
        select pid from pg_locks where relation = to_regclass('workbook_tools_giliran.turn')
    )""")
_HELD_UP = "55P03"
_RENEW = text("""
update workbook_tools_giliran.turn
set until = clock_timestamp() + make_interval(secs => :seconds) where number = :number""")
_END = text(
    "update workbook_tools_giliran.turn set until = clock_timestamp() where number = :number"
)
_GUARD = text("select number from workbook_tools_giliran.turn where number = :number for share")
_LAYING_OUT = text("select pg_advisory_xact_lock(29368031)")  # any number, always the same
log = logging.getLogger(__name__)


class TurnLost(Busy):
    """Another process has gone on with the work, since this one was not heard of for too long."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "Pekerjaan ini diambil alih oleh pemantau di komputer lain karena sambungan ke ledger "
            "terputus terlalu lama. Tidak ada yang hilang; jalankan lagi bila masih perlu."
        )


@dataclass(slots=True)
class Turn:
    """A turn that is held; `until` is when it is over by our own clock, never too late."""

    engine: Engine
    number: int
    until: float
    ended: threading.Event = field(default_factory=threading.Event)

    def guard(self, connection: Connection) -> None:
        """Hold the turn until the transaction ends; TurnLost where another has it."""
        if connection.execute(_GUARD, {"number": self.number}).first() is None:
            raise TurnLost

    def confirm(self) -> None:
        """Make sure that the turn is held before something is done outside of the ledger."""
        if time.monotonic() >= self.until:
            raise TurnLost

    def keep(self) -> None:
        """Renew the turn until it is given up or lost."""
        while not self.ended.wait(SECONDS / 3):
            asked = time.monotonic()
            try:
                with self.engine.begin() as connection:
                    told = connection.execute(_RENEW, {"number": self.number, "seconds": SECONDS})
            except DBAPIError:
                log.warning("giliran kerja tidak dapat diperpanjang; dicoba lagi")
                continue
            if told.rowcount == 0:
                self.until = 0.0
                return
            self.until = asked + SECONDS

    def end(self) -> None:
        """Give the turn up; where the server cannot be told, it runs out."""
        self.ended.set()
        with suppress(DBAPIError), self.engine.begin() as connection:
            connection.execute(_END, {"number": self.number})


@contextmanager
def take_turn(place: Place, *, wait: float) -> Iterator[Turn]:
    """Hold the turn of a shared ledger; Busy where another holds it for longer than `wait`."""
    engine = place.engine()
    try:
        turn = _taken(place, engine, wait)
        keeper = threading.Thread(target=turn.keep, name="giliran kerja", daemon=True)
        keeper.start()
        try:
            yield turn
        finally:
            turn.end()
            keeper.join(timeout=SECONDS)
    finally:
        engine.dispose()


def _taken(place: Place, engine: Engine, wait: float) -> Turn:
    """Ask for the turn again and again; the holder's number is for whoever looks at the server."""
    holder = f"{platform.node()} {os.getpid()}"
    last = time.monotonic() + wait
    try:
        _lay_out(engine)
        while True:
            asked = time.monotonic()
            number = _asked(engine, holder)
            if number is not None:
                return Turn(engine, int(number), asked + SECONDS)
            if time.monotonic() >= last:
                raise Busy(
                    "Ruang kerja ini sedang dikerjakan oleh proses lain, mungkin di komputer lain. "
                    "Tunggu sampai selesai, lalu jalankan lagi."
                )
            time.sleep(_ASK_AGAIN)
    except DBAPIError as error:
        if refused := place.refused(error):
            raise refused from None
        raise


def _asked(engine: Engine, holder: str) -> int | None:
    """Ask for the turn once; None where another holds it or its row."""
    try:
        with engine.begin() as connection:
            connection.execute(_PATIENCE)
            connection.execute(_LET_GO, {"seconds": SECONDS})
            return connection.execute(_TAKE, {"holder": holder, "seconds": SECONDS}).scalar()
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) == _HELD_UP:
            return None
        raise


def _lay_out(engine: Engine) -> None:
    with engine.begin() as connection:
        if connection.execute(_MISSING).scalar_one():
            connection.execute(_LAYING_OUT)
            connection.execute(_MAKE)
