"""Keep what was issued, what arrived and how it was judged, in a local SQLite file."""

from __future__ import annotations

from workbook_tools.ledger.past import Past, PastReturn
from workbook_tools.ledger.rows import ArrivalFacts, ArrivalRow, Verdict
from workbook_tools.ledger.store import Ledger
from workbook_tools.ledger.tables import MASTER_STATUSES, VERSION

__all__ = [
    "MASTER_STATUSES",
    "VERSION",
    "ArrivalFacts",
    "ArrivalRow",
    "Ledger",
    "Past",
    "PastReturn",
    "Verdict",
]
