"""Turn a consolidated year into the content of LKjIP Bab III."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from workbook_tools.indicators.achievement import OK, Average, average, classify
from workbook_tools.indicators.period import period_label
from workbook_tools.master import words
from workbook_tools.master.figures import Consolidated, Row
from workbook_tools.registry.model import Position, Registry
from workbook_tools.report import content, wording
from workbook_tools.visible import one_line

IKU = "IKU"
MOST_BARS = 18
"""Bars of one chart: more go into the next one, so that each fits half a page."""

SHOWN_FIELDS = ("pendorong", "penghambat", "tindak_lanjut", "bukti", "keterangan")


def compose(
    consolidated: Consolidated, registry: Registry, *, version: str, notice: str
) -> content.Chapter3:
    """Compose the chapter: the IKU by sasaran, then each bidang with its positions."""
    writer = _Writer(consolidated, registry)
    year = consolidated.year
    return content.Chapter3(
        agency=one_line(registry.agency.name),
        region=one_line(registry.agency.region),
        year=year,
        end_year=registry.years[-1],
        earlier=tuple(str(y) for y in writer.earlier),
        as_of=_as_of(consolidated, registry),
        notice=one_line(notice),
        summary=_summary(consolidated, registry),
        basis=(
            f"{words.settings(registry.rules)}.",
            f"Predikat menurut Permendagri 86/2017: {words.legend(registry.rules)}.",
            "Rata-rata hanya memuat indikator yang dapat dinilai. Capaian IKI bukan penilaian SKP.",
        ),
        averages=tuple(writer.averages()),
        sections=tuple(writer.sections()),
        version=version,
    )


def _as_of(consolidated: Consolidated, registry: Registry) -> str:
    if consolidated.as_of is None:
        return "Belum ada formulir yang diterima; semua realisasi masih kosong."
    newest = max((row.period or 0 for row in consolidated.rows), default=0)
    said = f"Data sampai dengan {words.long_time(consolidated.as_of, registry.rules)}"
    if newest and newest < len(consolidated.rows[0].quarters):
        return (
            f"{said}. Angka sementara sampai {period_label(newest)}, dibandingkan dengan target "
            "setahun."
        )
    return f"{said}."


def _summary(consolidated: Consolidated, registry: Registry) -> tuple[str, ...]:
    """Count the predikat of IKU and IKI in one sentence each."""
    said = []
    for jenis, level in ((IKU, "Indikator Kinerja Utama"), ("IKI", "Indikator Kinerja Individu")):
        rows = [row for row in consolidated.rows if row.jenis == jenis]
        if not rows:
            continue
        judged = [row for row in rows if row.achievement.status == OK]
        counts = [
            f"{sum(1 for row in judged if row.predikat == band.label)} {band.label}"
            for band in registry.rules.scale
            if any(row.predikat == band.label for row in judged)
        ]
        told = f": {', '.join(counts)}" if counts else ""
        said.append(f"{level}: {len(judged)} dinilai dari {len(rows)}{told}.")
    return tuple(said)


class _Writer:
    """Writes sections and parts, and numbers tables and figures as they come."""

    def __init__(self, consolidated: Consolidated, registry: Registry) -> None:
        self._consolidated = consolidated
        self._registry = registry
        self._tables = count(2)  # the first is the overview's
        self._figures = count(1)
        self.earlier = tuple(y for y in registry.years if y < consolidated.year)

    def averages(self) -> Iterator[content.Average]:
        """Give the mean of every unit that has indicators."""
        rules = self._registry.rules
        for unit, mean in self._consolidated.averages:
            label = classify(mean.mean, rules.predikat_policy, scale=rules.scale)
            symbol = next((b.symbol for b in rules.scale if b.label == label), "")
            yield content.Average(
                unit=self._unit_name(unit),
                mean=wording.percent(mean.mean),
                assessed=mean.text,
                predikat=f"{symbol} {label}".strip(),
                colour=wording.tint(wording.colour(self._registry, label)),
            )

    def sections(self) -> Iterator[content.Section]:
        """Give the IKU by sasaran, then the positions under each head of a bidang."""
        rows = [row for row in self._consolidated.rows if row.jenis == IKU]
        if rows:
            yield content.Section(
                title="Capaian Sasaran Strategis (Indikator Kinerja Utama)",
                lead="Capaian diuraikan menurut sasaran strategis.",
                parts=tuple(self._sasaran(rows)),
            )
        for head, positions in _branches(self._registry):
            parts = tuple(self._positions(positions))
            if parts:
                yield content.Section(
                    title=f"Capaian Kinerja: {one_line(head.label)}",
                    lead="",
                    parts=parts,
                )

    def _sasaran(self, rows: Sequence[Row]) -> Iterator[content.Part]:
        grouped: dict[str, list[Row]] = {}
        for row in rows:
            grouped.setdefault(one_line(row.indicator.sasaran), []).append(row)
        for number, (sasaran, own) in enumerate(grouped.items(), start=1):
            yield self._part(f"Sasaran Strategis {number}: {sasaran}", own, is_sasaran=True)

    def _positions(self, positions: Sequence[Position]) -> Iterator[content.Part]:
        for position in positions:
            rows = self._consolidated.of_unit(position.id)
            if rows:
                yield self._part(one_line(position.label), rows, is_sasaran=False)

    def _part(self, title: str, rows: Sequence[Row], *, is_sasaran: bool) -> content.Part:
        figures = tuple(self._year_figures(rows) if is_sasaran else self._bar_figures(rows))
        mean = average([row.achievement.shown for row in rows], self._registry.rules.cap_average)
        return content.Part(
            title=title,
            lead=_mean_sentence(mean),
            is_sasaran=is_sasaran,
            table=next(self._tables),
            measured=tuple(self._measured(row, n) for n, row in enumerate(rows, start=1)),
            compared_table=next(self._tables),
            compared=tuple(self._compared(row, n) for n, row in enumerate(rows, start=1)),
            figures=figures,
            no_figure="" if figures else "Belum ada capaian yang dapat digambarkan.",
            told=tuple(self._told(row, n) for n, row in enumerate(rows, start=1)),
            unjudged=tuple(
                content.Unjudged(_titled(row, n), wording.reason(row))
                for n, row in enumerate(rows, start=1)
                if row.achievement.status != OK
            ),
        )

    def _measured(self, row: Row, number: int) -> content.Measured:
        return content.Measured(
            number=str(number),
            sasaran=one_line(row.indicator.sasaran),
            indicator=wording.name_of(row.indicator),
            unit=one_line(row.indicator.satuan),
            target=wording.target(row, row.target),
            actual=wording.figure(row, row.realisasi_sd),
            capaian=wording.percent(row.achievement.shown),
            predikat=wording.predikat(row),
            colour=wording.tint(wording.colour(self._registry, row.predikat)),
        )

    def _compared(self, row: Row, number: int) -> content.Compared:
        known = dict(row.actuals)
        renstra = None if row.renstra is None else row.renstra.shown
        return content.Compared(
            number=str(number),
            indicator=wording.name_of(row.indicator),
            unit=one_line(row.indicator.satuan),
            earlier=tuple(wording.figure(row, known.get(year)) for year in self.earlier),
            actual=wording.figure(row, row.realisasi_sd),
            change=wording.percent(row.change),
            end_target=wording.figure(row, wording.end_target(row.indicator)),
            end_capaian=wording.percent(renstra),
        )

    def _year_figures(self, rows: Sequence[Row]) -> Iterator[content.Figure]:
        for row in rows:
            chart = self._year_chart(row)
            if any(p.target is not None or p.actual is not None for p in chart.pairs):
                finding = wording.finding_of_years(row)
                name = wording.name_of(row.indicator)
                yield content.Figure(
                    number=next(self._figures),
                    title=f"Target dan realisasi: {name}",
                    chart=chart,
                    finding=finding,
                    alternative=f"Diagram target dan realisasi per tahun, {name}. {finding}",
                )

    def _year_chart(self, row: Row) -> content.YearChart:
        known = dict(row.actuals) | {row.year: row.realisasi_sd}
        pairs = []
        for year in self._registry.years:
            target = row.indicator.target(year)
            actual = known.get(year)
            pairs.append(
                content.YearPair(
                    year=year,
                    target=target.value if target else None,
                    target_words=wording.target(row, target),
                    actual=actual,
                    actual_words=wording.figure(row, actual) if year <= row.year else "",
                )
            )
        return content.YearChart(one_line(row.indicator.satuan), tuple(pairs))

    def _bar_figures(self, rows: Sequence[Row]) -> Iterator[content.Figure]:
        if all(row.achievement.shown is None for row in rows):
            return
        finding = wording.finding_of_bars(rows)
        pieces = range(0, len(rows), MOST_BARS)
        for piece, start in enumerate(pieces, start=1):
            more = f" (bagian {piece} dari {len(pieces)})" if len(pieces) > 1 else ""
            some = list(enumerate(rows, start=1))[start : start + MOST_BARS]
            yield content.Figure(
                number=next(self._figures),
                title=f"Capaian indikator dalam persen{more}",
                chart=content.BarChart(tuple(self._bar(row, n) for n, row in some)),
                finding=finding,
                alternative=f"Diagram batang capaian indikator dalam persen{more}. {finding}",
            )

    def _bar(self, row: Row, number: int) -> content.Bar:
        shown = row.achievement.shown
        return content.Bar(
            label=f"{number}. {wording.short(wording.name_of(row.indicator))}",
            value=shown,
            words=wording.capaian(row),
            colour=wording.colour(self._registry, row.predikat),
        )

    def _told(self, row: Row, number: int) -> content.Told:
        return content.Told(
            title=_titled(row, number),
            sentences=wording.sentences(row, self._registry),
            explanations=tuple(self._explanations(row)),
        )

    def _explanations(self, row: Row) -> Iterator[content.Explanation]:
        unit = self._unit_name(row.indicator.unit)
        for field in SHOWN_FIELDS:
            entries = []
            for quarter in row.quarters:
                text = dict(quarter.texts).get(field, "") if quarter else ""
                lines = tuple(line for raw in text.splitlines() if (line := one_line(raw)))
                if quarter and lines:
                    entries.append(content.Entry(f"{unit}, {period_label(quarter.period)}", lines))
            if entries:
                yield content.Explanation(words.TEXT_FIELDS[field], tuple(entries))

    def _unit_name(self, unit: str) -> str:
        position = self._registry.position(unit)
        if position is None:
            return unit
        return "IKU (tingkat dinas)" if position.jenis == IKU else one_line(position.label)


def _titled(row: Row, number: int) -> str:
    return f"{number}. {wording.name_of(row.indicator)}"


def _mean_sentence(mean: Average) -> str:
    if mean.mean is None:
        return f"{mean.total} indikator, belum ada yang dapat dinilai."
    return f"Rata-rata capaian {wording.percent(mean.mean)}{wording.SIGN} ({mean.text} indikator)."


def _branches(registry: Registry) -> Iterator[tuple[Position, list[Position]]]:
    """Group the positions under the one below the head of the agency, in the register's order."""
    grouped: dict[str, list[Position]] = {}
    for position in registry.positions:
        if position.jenis != IKU:
            grouped.setdefault(_root(registry, position).id, []).append(position)
    for root, positions in grouped.items():
        head = registry.position(root)
        if head is not None:
            yield head, positions


def _root(registry: Registry, position: Position) -> Position:
    """Climb to the position right below the head, or to the head itself."""
    seen = {position.id}
    while position.superior is not None:
        above = registry.position(position.superior)
        if above is None or above.superior is None or above.id in seen:
            return position
        seen.add(above.id)
        position = above
    return position
