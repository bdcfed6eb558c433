"""Give boards of offices as they are, and of offices that wish the page ill."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from tests.master.samples import a_year
from workbook_tools.board.compose import compose
from workbook_tools.board.facts import Board, Gathered, Lying, Now, Return, Stranger
from workbook_tools.form.submission import Delivery, Submission
from workbook_tools.indicators.period import due_date, late_days
from workbook_tools.master.consolidate import consolidate
from workbook_tools.registry.model import TRIWULAN, Indicator, Position, Registry
from workbook_tools.registry.source import load_source

YEAR = 2020
AS_OF = datetime(2021, 1, 12, 1, 30, tzinfo=UTC)
REJECTED, LATE, MISSING = "kabid-perdagangan", "kabid-pasar", "kasi-industri-agro"
HOSTILE = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(2)'>",
    "a & b ]]> --> <!--/kini--> '\"",
    "javascript:alert(3)",
    "\u202ekini terbalik\u202c",
    "panjang " * 250,
)
QUIET = Now()


def gathered(
    registry: Registry,
    submissions: Sequence[Submission],
    *,
    known: Sequence[int] = TRIWULAN,
    refused: Sequence[str] = (),
    now: Now = QUIET,
    earlier: Sequence[int] = (),
) -> Gathered:
    """Bring submissions together as the ledger would; `refused` sent something unsound in TW IV."""
    mine = {(s.unit, s.period): s for s in submissions if s.year == YEAR}
    returns = [_accepted(s, number) for number, s in enumerate(submissions, start=1)]
    returns += [_refused(unit, len(returns) + n) for n, unit in enumerate(refused, start=1)]
    newest = {(r.unit, r.year, r.period): r for r in returns}
    return Gathered(
        year=YEAR,
        as_of=AS_OF if known else None,
        known=frozenset((YEAR, period) for period in known),
        deliveries=tuple(
            _delivery(registry, unit, filler, period, mine, refused)
            for period in known
            for unit, filler in registry.reporting_units()
        ),
        cuts=tuple(
            consolidate(
                registry, [s for s in submissions if (s.year, s.period) <= (YEAR, period)], YEAR
            )
            for period in TRIWULAN
        ),
        earlier=tuple(consolidate(registry, submissions, year) for year in earlier),
        newest=newest,
        returns=tuple(returns),
        strangers=(),
        forms={
            (unit, YEAR, period): f"../{unit}/formulir/IKI_{unit}_{YEAR}-TW{period}.xlsx"
            for period in known
            for unit in registry.form_units()
        },
        masters=((YEAR, "../master/IKU-IKI-2020.xlsx"),) if submissions else (),
        now=now,
        version="1",
    )


def _accepted(one: Submission, number: int) -> Return:
    href = (
        f"../{one.unit}/tanda-terima/TANDA-TERIMA_IKI_{one.unit}_{one.year}-TW{one.period}_r1.txt"
    )
    when = datetime(one.year + one.period // 4, one.period * 3 % 12 + 1, 3, tzinfo=UTC)
    return Return(number, one.unit, one.year, one.period, when, True, one.revision, href)


def _refused(unit: str, number: int) -> Return:
    codes = ("S03", "N05")
    href = f"../{unit}/ditolak/PERBAIKAN.xlsx"
    return Return(number, unit, YEAR, 4, AS_OF, False, None, href, codes)


def _delivery(
    registry: Registry,
    unit: str,
    filler: str,
    period: int,
    mine: dict[tuple[str, int], Submission],
    refused: Sequence[str],
) -> Delivery:
    position = registry.position(unit)
    name = position.label if position else unit
    due = due_date(YEAR, period, day=5)
    found = mine.get((filler, period))
    if found is not None and not (filler in refused and period == TRIWULAN[-1]):
        day = date(YEAR, period * 3, 28) if filler != LATE else date(due.year, due.month, 11)
        at = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
        late = late_days(day, due)
        return Delivery(unit, name, YEAR, period, "diterima", at, found.revision, late, 0, 0)
    late = late_days(AS_OF.date(), due)
    if filler in refused:
        return Delivery(unit, name, YEAR, period, "ditolak", AS_OF, None, late, 2, 0)
    return Delivery(unit, name, YEAR, period, "belum", None, None, late, 0, 0)


def full_year() -> Board:
    """Give the office with a year of returns, some refused, late, missing."""
    registry = load_source()
    sent = [
        s
        for s in a_year(registry, YEAR, seed=7)
        if (s.unit, s.period) not in {(MISSING, 4), (REJECTED, 4)}
    ]
    now = Now(
        (Lying("inbox/kabid-pasar/5A1C9E00", AS_OF, "simpanan Excel yang belum selesai"),),
        masters=("IKU-IKI-2020.menunggu.xlsx",),
    )
    found = gathered(registry, sent, refused=(REJECTED,), now=now)
    stranger = Stranger(
        999, "inbox/sekretaris/foto.jpg", "sekretaris", AS_OF, "../sekretaris/x.txt"
    )
    return compose(registry, replace(found, strangers=(stranger,)))


def several_years() -> Board:
    """Give the office with two years of returns."""
    registry = load_source()
    sent = [*a_year(registry, YEAR - 1, seed=5), *a_year(registry, YEAR, seed=7)]
    return compose(registry, gathered(registry, sent, earlier=(YEAR - 1,)))


def renamed(registry: Registry, names: Sequence[str]) -> Registry:
    """Give every unit, indicator and unit of measure a name out of `names`, in turn."""
    chance = random.Random(1)
    positions = [replace(p, label=names[n % len(names)]) for n, p in enumerate(registry.positions)]
    indicators = [
        replace(i, indikator=chance.choice(names), satuan=chance.choice(names))
        for i in registry.indicators
    ]
    return _registry(registry, positions, indicators)


def _registry(
    registry: Registry, positions: Sequence[Position], indicators: Sequence[Indicator]
) -> Registry:
    return Registry(
        registry.agency, tuple(positions), tuple(indicators), registry.rules, registry.document
    )


def hostile() -> Board:
    """Give an office whose every name and file is an attack."""
    registry = renamed(load_source(), HOSTILE)
    now = Now(tuple(Lying(f"inbox/{name}", AS_OF, name) for name in HOSTILE), HOSTILE[0], HOSTILE)
    found = gathered(registry, a_year(registry, YEAR, seed=3), refused=(REJECTED,), now=now)
    strangers = tuple(Stranger(900 + n, name, "", AS_OF, None) for n, name in enumerate(HOSTILE))
    board = compose(registry, replace(found, strangers=strangers, notice=HOSTILE[0]))
    return replace(board, agency=HOSTILE[1])


def nothing_yet() -> Board:
    """Give an office that issued nothing."""
    registry = load_source()
    return compose(registry, gathered(registry, [], known=()))


def issued_only() -> Board:
    """Give an office that issued TW I and heard nothing."""
    registry = load_source()
    return compose(registry, gathered(registry, [], known=(1,)))


def still_in_time() -> Board:
    """Give an office that issued TW I and whose due date lies ahead."""
    registry = load_source()
    found = gathered(registry, [], known=(1,))
    waiting = tuple(replace(d, late_days=0) for d in found.deliveries)
    at = datetime(2020, 4, 1, 1, 30, tzinfo=UTC)
    return compose(registry, replace(found, as_of=at, deliveries=waiting))


def without_units() -> Board:
    """Give an office whose register holds nothing."""
    registry = _registry(load_source(), (), ())
    return compose(registry, replace(gathered(registry, [], known=()), cuts=()))


def one_unit(count: int) -> Board:
    """Give an office of one unit that has many indicators."""
    registry = load_source()
    position = next(p for p in registry.positions if p.id == "kabid-pasar")
    model = registry.of_unit(position.id)[0]
    indicators = [replace(model, id=f"kabid-pasar/{n:03d}") for n in range(1, count + 1)]
    small = _registry(registry, (position,), indicators)
    return compose(small, gathered(small, a_year(small, YEAR, seed=2)))


def many_units(count: int) -> Board:
    """Give an office of many units with four indicators at most."""
    registry = load_source()
    models = [p for p in registry.positions if p.id in registry.form_units()]
    positions, indicators = [], []
    for number in range(count):
        model = models[number % len(models)]
        unit = f"unit-{number:04d}"
        positions.append(replace(model, id=unit, label=f"{model.label} {number}"))
        for place, one in enumerate(registry.of_unit(model.id)[:4], start=1):
            indicators.append(replace(one, id=f"{unit}/{place:02d}"))
    large = _registry(registry, positions, indicators)
    refused = [position.id for position in positions[: count // 50]]
    return compose(large, gathered(large, a_year(large, YEAR, seed=2), refused=refused))


def all_targets_zero() -> Board:
    """Give an office whose targets are all zero."""
    registry = load_source()
    indicators = [
        replace(i, targets=tuple(replace(t, value=Decimal(0)) for t in i.targets))
        for i in registry.indicators
    ]
    zero = _registry(registry, registry.positions, indicators)
    return compose(zero, gathered(zero, a_year(zero, YEAR, seed=2)))


BOARDS = {
    "a full year": full_year,
    "two years": several_years,
    "hostile names": hostile,
    "nothing yet": nothing_yet,
    "issued and silent": issued_only,
    "still in time": still_in_time,
    "no units": without_units,
    "200 indicators": lambda: one_unit(200),
    "targets of zero": all_targets_zero,
}
