"""Turn what is late, refused, lying about or waiting into the list of what needs somebody now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from workbook_tools.board import words
from workbook_tools.board.facts import (
    DITERIMA,
    DITOLAK,
    LEWAT,
    Gathered,
    Matter,
    Matters,
    Stranger,
)
from workbook_tools.board.sent import state_of
from workbook_tools.form.submission import Delivery
from workbook_tools.indicators.period import format_date
from workbook_tools.master.words import local
from workbook_tools.registry.model import Registry, Rules

MOST = 12
FORGOTTEN_AFTER = timedelta(days=92)
_NOTE = "Buka catatan perbaikan"


def standing(registry: Registry, gathered: Gathered) -> tuple[Matters, ...]:
    """Give what the ledger knows to be waiting for somebody: refused, late, unrecognised."""
    own = {unit for unit, filler in registry.reporting_units() if unit == filler}
    forms = [d for d in gathered.deliveries if d.unit in own]
    forms.sort(key=lambda d: (-d.year, -d.period))
    refused = [d for d in forms if state_of(d) == DITOLAK]
    missing = [d for d in forms if state_of(d) == LEWAT]
    return _told(
        Matters(
            "Ditolak dan belum dikirim ulang",
            "Minta unit memakai berkas perbaikan, lalu menaruhnya kembali di inbox.",
            tuple(_refused(gathered, d, registry.rules) for d in refused),
            choice=_choice(DITOLAK, refused, year=gathered.year),
        ),
        Matters(
            "Lewat tenggat dan belum masuk",
            "Ingatkan unit; formulirnya ada di outbox.",
            tuple(_missing(gathered, d) for d in missing if _went_out(gathered, d)),
            choice=_choice(LEWAT, missing, year=gathered.year),
        ),
        Matters(
            "Lewat tenggat, tetapi formulirnya belum terbit",
            "Terbitkan formulirnya (workbook-tools issue), lalu kirim kepada unit.",
            tuple(_missing(gathered, d) for d in missing if not _went_out(gathered, d)),
            choice=_choice(LEWAT, missing, year=gathered.year),
        ),
        Matters(
            "Revisi ditolak",
            "Kiriman sebelumnya tetap berlaku sampai revisinya diperbaiki.",
            tuple(
                _refused(gathered, d, registry.rules)
                for d in forms
                if d.status == DITERIMA and _is_refused(gathered, d)
            ),
        ),
        Matters(
            "Berkas yang tidak dikenali sebagai formulir",
            "Tanyakan kepada pengirimnya, lalu minta formulir yang benar.",
            tuple(
                Matter(
                    words.file(stranger.file),
                    f"masuk {_day(stranger.at, registry.rules)}",
                    href=stranger.href,
                    link="Buka catatan",
                )
                for stranger in gathered.strangers
                if _is_open(gathered, stranger)
            ),
        ),
    )


def passing(registry: Registry, gathered: Gathered) -> tuple[Matters, ...]:
    """Give what waits at this moment and no ledger remembers: files in the inbox, masters."""
    now = gathered.now
    trouble = (Matter("Folder inbox", now.trouble),) if now.trouble else ()
    return _told(
        Matters(
            "Berkas yang masih tergeletak di inbox",
            "Berkas ini belum diambil; lihat sebabnya.",
            (
                *trouble,
                *(
                    Matter(
                        words.file(lying.file),
                        f"sejak {_moment(lying.since, registry.rules)}: {words.text(lying.reason)}",
                    )
                    for lying in now.lying
                ),
            ),
        ),
        Matters(
            "Induk baru yang menunggu",
            "Induk lama sedang dibuka; tutup, dan yang baru dipasang sendiri.",
            tuple(Matter(words.name(name), "di folder outbox/master") for name in now.masters),
        ),
    )


def _told(*kinds: Matters) -> tuple[Matters, ...]:
    """Keep the kinds that hold something, the long ones cut."""
    return tuple(
        replace(kind, items=kind.items[:MOST], more=max(0, len(kind.items) - MOST))
        for kind in kinds
        if kind.items
    )


def _choice(state: str, forms: Sequence[Delivery], *, year: int) -> str:
    """Give the filter that shows all of these; "" where the page's year does not hold them."""
    return f"keadaan={state}" if all(d.year == year for d in forms) else ""


def _is_refused(gathered: Gathered, delivery: Delivery) -> bool:
    newest = gathered.newest.get((delivery.unit, delivery.year, delivery.period))
    return newest is not None and not newest.is_accepted


def _is_open(gathered: Gathered, stranger: Stranger) -> bool:
    """Tell whether a file nobody recognised still asks for somebody.

    A later return from the same folder is taken for its mending; after a triwulan nobody
    remembers it, though `status` still lists it.
    """
    if gathered.as_of is not None and gathered.as_of - stranger.at > FORGOTTEN_AFTER:
        return False
    return all(
        one.unit != stranger.folder or one.number < stranger.number
        for one in gathered.newest.values()
    )


def _refused(gathered: Gathered, delivery: Delivery, rules: Rules) -> Matter:
    newest = gathered.newest.get((delivery.unit, delivery.year, delivery.period))
    said = [_form(delivery)]
    if newest is not None:
        said.append(f"ditolak {_day(newest.at, rules)}")
        if newest.codes:
            said.append(f"{len(newest.codes)} kesalahan ({', '.join(_distinct(newest.codes))})")
    if delivery.late_days and delivery.status == DITOLAK:
        said.append(f"lewat tenggat {delivery.late_days}\N{NO-BREAK SPACE}hari")
    return Matter(
        words.name(delivery.name),
        "; ".join(said),
        unit=delivery.unit,
        href=None if newest is None else newest.href,
        link=_NOTE,
    )


def _went_out(gathered: Gathered, delivery: Delivery) -> bool:
    return (delivery.unit, delivery.year, delivery.period) in gathered.forms


def _missing(gathered: Gathered, delivery: Delivery) -> Matter:
    return Matter(
        words.name(delivery.name),
        f"{_form(delivery)}; lewat tenggat {delivery.late_days}\N{NO-BREAK SPACE}hari",
        unit=delivery.unit,
        href=gathered.forms.get((delivery.unit, delivery.year, delivery.period)),
        link="Buka formulir",
    )


def _form(delivery: Delivery) -> str:
    return f"{words.tw(delivery.period)} {delivery.year}"


def _distinct(codes: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(codes))


def _day(moment: datetime, rules: Rules) -> str:
    return format_date(local(moment, rules).date())


def _moment(moment: datetime, rules: Rules) -> str:
    return f"{_day(moment, rules)} pukul {local(moment, rules):%H.%M}"
