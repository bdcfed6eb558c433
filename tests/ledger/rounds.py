"""Turn a workspace with a ledger on a server into what can be compared and disturbed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.ledger.server import Server
from tests.returns.paper import Value
from tests.shell import TABLES, Office, tree
from workbook_tools.archive import TURN, Event, folder_archive

Rows = dict[str, list[tuple[object, ...]]]
_OF_THE_MOMENT = ("pemantau", "terlihat")
_LEDGER = "ledger.sqlite"


@dataclass(frozen=True, slots=True)
class Twin(Office):
    """An office whose people send what those of the other sent: a save bears its minute."""

    sent: dict[tuple[object, ...], bytes] = field(default_factory=dict)

    def filled(
        self, unit: str, changes: Mapping[str, Value] | None = None, *, period: int = 1
    ) -> bytes:
        """Fill a form, or give what was filled in the same way from the same form."""
        key = (self.form(unit, period), period, tuple((changes or {}).items()))
        if key not in self.sent:
            self.sent[key] = Office(self.root, self.registry).filled(unit, changes, period=period)
        return self.sent[key]

    def twin(self, root: Path) -> Twin:
        """Give the same office in another folder, its people sending the same."""
        return Twin(self.copied(root).root, self.registry, self.sent)


@dataclass(frozen=True, slots=True)
class Desk:
    """An office whose ledger lies in a database."""

    office: Office
    server: Server
    database: str

    def rows(self) -> Rows:
        """Give every row of the ledger, as `dumped` gives those of a file."""
        return {
            table: sorted(
                self.server.asks(f'select * from workbook_tools."{table}"', self.database),  # noqa: S608
                key=repr,
            )
            for table in TABLES
        }


def on_server(office: Office, server: Server, *, template: str = "template1") -> Desk:
    """Let an office keep its ledger in a new database."""
    name = server.database(template=template)
    settings = office.root / "workbook_tools.toml"
    kept = [
        line
        for line in (settings.read_text("utf-8").splitlines() if settings.exists() else [])
        if not line.startswith("ledger_url")
    ]
    settings.write_text("\n".join([f'ledger_url = "{server.url(name)}"', *kept]), "utf-8")
    return Desk(office, server, name)


def kept(root: Path) -> dict[str, object]:
    """Give the state folder but for the ledger and what tells of the moment; the journal read.

    The number of the turn in which an event was written is of no matter.
    """
    found: dict[str, object] = {
        name: data
        for name, data in tree(root / ".state").items()
        if not name.endswith(".lock") and not name.startswith((*_OF_THE_MOMENT, _LEDGER))
    }
    events = folder_archive(root / ".state" / "arsip").journal()
    return {**found, "arsip/jurnal.jsonl": [_without_turn(event) for event in events]}


def _without_turn(event: Event) -> Event:
    return {name: value for name, value in event.items() if name != TURN}
