"""Say what differs between the databases that a ledger may lie in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from workbook_tools.errors import LedgerUnusable, OperatorError

Guard = Callable[[Connection], None]


class Place(Protocol):
    """Where one ledger lies. Everything else about a ledger is the same in every database."""

    @property
    def name(self) -> str:
        """Give what people call the place; never a password."""

    @property
    def is_shared(self) -> bool:
        """Tell whether others than this workspace could open it by mistake."""

    def engine(self) -> Engine:
        """Give the engine that opens it, every write lasting through a power cut."""

    def exists(self) -> bool:
        """Tell whether a ledger lies there; OperatorError where that cannot be known."""

    def has_tables(self, connection: Connection) -> bool:
        """Tell whether anything was ever laid out there."""

    def alone(self, connection: Connection) -> None:
        """Let no other process lay tables out until the transaction ends."""

    def seal(self, engine: Engine) -> None:
        """Make what was written last as it is; CannotWrite where that fails."""

    def fresh(self) -> Self:
        """Give the place beside it where a new ledger is filled."""

    def remove(self, guard: Guard | None) -> None:
        """Remove the ledger; harmless where there is none. `guard` as for `replace`."""

    def replace(self, guard: Guard | None) -> None:
        """Put the ledger of the place beside it here, closed and sealed before.

        `guard` is asked in the same transaction where there is one.
        """

    def refused(self, error: Exception) -> OperatorError | None:
        """Give the sentence for what kept a ledger from being opened; None for a fault."""

    def troubled(self, error: DBAPIError) -> OperatorError | None:
        """Give the sentence for what went wrong while it was open; None for a fault."""


def unusable(name: str, what: str) -> LedgerUnusable:
    """Give the sentence for a ledger that must be made anew."""
    return LedgerUnusable(
        f"Ledger di {name} {what}. Jalankan “workbook-tools rebuild”; ledger disusun ulang dari "
        "arsip."
    )
