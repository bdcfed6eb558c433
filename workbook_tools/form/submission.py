"""What was accepted: one return's values and texts, as ledger and master know them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Submission:
    """The accepted return that counts for one unit, year and triwulan.

    `values` maps (indicator id, input key) to the number, None where the person said
    that there is no data. `texts` maps (indicator id, field) to a text that is not
    blank; field is one of `penghambat`, `pendorong`, `tindak_lanjut`, `bukti`,
    `keterangan`. `people` holds the block for pengisi and atasan (field -> text).
    `received_at` is aware (UTC).
    """

    unit: str
    year: int
    period: int  # triwulan 1..4
    issue: int
    revision: int
    sha256: str
    file: str
    received_at: datetime
    values: Mapping[tuple[str, str], Decimal | None]
    texts: Mapping[tuple[str, str], str]
    people: Mapping[str, str]
    warnings: int = 0


@dataclass(frozen=True, slots=True)
class Delivery:
    """The state of one unit for one triwulan: who has sent, who has not, what was rejected.

    `status` is `belum`, `diterima` or `ditolak`; `late_days` counts days after the due
    date (0 in time; for `belum` as of today); `errors` and `warnings` count the problems
    of the newest return.
    """

    unit: str
    name: str
    year: int
    period: int
    status: str
    received_at: datetime | None
    revision: int | None
    late_days: int
    errors: int
    warnings: int
