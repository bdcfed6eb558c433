"""Compose the chapter: what it says of each indicator, and where it says nothing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.master.samples import a_year
from workbook_tools.form.submission import Submission
from workbook_tools.master.consolidate import consolidate
from workbook_tools.registry.model import Registry
from workbook_tools.registry.source import load_source
from workbook_tools.report.compose import MOST_BARS, compose
from workbook_tools.report.content import BarChart, Chapter3, Part, YearChart

IKU = "iku-dinas/01"


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_source()


def with_value(sent: list[Submission], value: str, *, year: int, period: int) -> list[Submission]:
    """Put one figure of the first IKU into the submissions of a triwulan."""
    return [
        replace(s, values={**s.values, (IKU, "a"): Decimal(value)})
        if (s.unit, s.year, s.period) == ("iku-dinas", year, period)
        else s
        for s in sent
    ]


def chapter(registry: Registry, sent: list[Submission], *, year: int = 2020) -> Chapter3:
    return compose(consolidate(registry, sent, year), registry, version="0", notice="REKAAN")


def parts(of: Chapter3) -> dict[str, Part]:
    return {part.title: part for section in of.sections for part in section.parts}


def first_sasaran(of: Chapter3) -> Part:
    return of.sections[0].parts[0]


@pytest.fixture(scope="module")
def full(registry: Registry) -> Chapter3:
    sent = [*a_year(registry, 2019, seed=1), *a_year(registry, 2020, seed=2)]
    sent = with_value(sent, "16", year=2019, period=4)
    return chapter(registry, with_value(sent, "20", year=2020, period=4))


def test_the_iku_come_first_by_sasaran_then_each_bidang_with_its_positions(
    full: Chapter3, registry: Registry
) -> None:
    titles = [part.title for part in full.sections[0].parts]
    assert [title.split(":")[0] for title in titles] == [
        f"Sasaran Strategis {n}" for n in range(1, 5)
    ]
    assert [s.title for s in full.sections[1:]] == [
        "Capaian Kinerja: Kepala Dinas Koperasi UKM, Perindustrian dan Perdagangan",
        "Capaian Kinerja: Sekretaris Dinas",
        "Capaian Kinerja: Kepala Bidang Koperasi dan UKM",
        "Capaian Kinerja: Kepala UPT BLUD Perkuatan Permodalan K UMKM",
        "Capaian Kinerja: Kepala Bidang Perdagangan",
        "Capaian Kinerja: Kepala Bidang Pasar",
        "Capaian Kinerja: Kepala Bidang Industri",
    ]
    told = [row.indicator for part in parts(full).values() for row in part.measured]
    assert len(told) == len(registry.indicators)


def test_a_line_of_pengukuran_kinerja_has_target_realisasi_capaian_and_predikat(
    full: Chapter3,
) -> None:
    (row,) = first_sasaran(full).measured
    assert (row.unit, row.target, row.actual, row.capaian) == ("koperasi", "22", "20", "90,91")
    assert row.predikat == "△ Tinggi"


def test_an_indicator_is_compared_with_the_year_before_and_the_end_of_the_renstra(
    full: Chapter3,
) -> None:
    (row,) = first_sasaran(full).compared
    assert full.earlier == ("2018", "2019")
    assert (row.earlier, row.actual, row.change) == (("-", "16"), "20", "25,00")
    assert (row.end_target, row.end_capaian) == ("25", "80,00")
    sentences = first_sasaran(full).told[0].sentences.replace("\N{NO-BREAK SPACE}", " ")
    assert sentences == (
        "Realisasi tahun 2020 20 koperasi dari target 22 koperasi: capaian 90,91 % (Tinggi). "
        "Dibandingkan dengan tahun 2019 (16 koperasi) realisasinya naik 25,00 %. Terhadap target "
        "akhir Renstra 2022 (25 koperasi) capaiannya 80,00 %."
    )


def test_a_chart_says_its_finding_in_words_and_is_described_to_who_cannot_see_it(
    full: Chapter3,
) -> None:
    (figure,) = first_sasaran(full).figures
    assert isinstance(figure.chart, YearChart)
    assert [pair.year for pair in figure.chart.pairs] == [2018, 2019, 2020, 2021, 2022]
    assert figure.finding == "Realisasi tahun 2020 2 koperasi di bawah targetnya."
    assert figure.finding in figure.alternative


def test_tables_and_figures_are_numbered_without_a_gap(full: Chapter3) -> None:
    every = parts(full).values()
    tables = [number for part in every for number in (part.table, part.compared_table)]
    assert tables == list(range(2, 2 + len(tables)))
    figures = [figure.number for part in every for figure in part.figures]
    assert figures == list(range(1, 1 + len(figures)))


def test_texts_are_attributed_to_unit_and_triwulan(registry: Registry) -> None:
    sent = a_year(registry, 2020, seed=2)
    texts = {("kabid-pasar/01", "bukti"): "baris satu\n\nbaris dua"}
    sent = [
        replace(s, texts=texts if (s.unit, s.period) == ("kabid-pasar", 2) else {}) for s in sent
    ]
    (told,) = parts(chapter(registry, sent))["Kepala Bidang Pasar"].told
    (field,) = told.explanations
    (entry,) = field.entries
    assert field.label == "Bukti dukung"
    assert entry.source == "Kepala Bidang Pasar, Triwulan II"
    assert entry.lines == ("baris satu", "baris dua")


def test_what_is_not_judged_stands_there_with_its_reason(full: Chapter3) -> None:
    part = parts(full)["Kasubbag Keuangan"]
    assert len(part.unjudged) == 4
    assert {one.reason for one in part.unjudged} == {"Target perlu dikonfirmasi Perencanaan."}
    assert part.figures == ()
    assert part.no_figure
    assert {row.capaian for row in part.measured} == {"-"}


def test_a_year_without_any_return_is_a_whole_chapter_that_says_so(registry: Registry) -> None:
    empty = chapter(registry, [])
    assert empty.as_of == "Belum ada formulir yang diterima; semua realisasi masih kosong."
    assert {row.actual for part in parts(empty).values() for row in part.measured} == {"-"}
    assert "Realisasi tahun 2020 belum ada." in first_sasaran(empty).told[0].sentences


def test_a_year_under_way_is_called_preliminary(registry: Registry) -> None:
    some = chapter(registry, a_year(registry, 2020, seed=2, periods=(1, 2)))
    assert "Angka sementara sampai Triwulan II" in some.as_of
    assert "(data sampai dengan Triwulan" in first_sasaran(some).told[0].sentences


def test_the_notice_and_the_settings_are_in_the_chapter(full: Chapter3) -> None:
    assert full.notice == "REKAAN"
    assert "bukan penilaian SKP" in " ".join(full.basis)


def many(registry: Registry, unit: str, *, count: int) -> Registry:
    """Give a register in which a unit has many indicators like its first."""
    model = registry.of_unit(unit)[0]
    others = tuple(i for i in registry.indicators if i.unit != unit)
    made = tuple(replace(model, id=f"{unit}/{number:03}") for number in range(count))
    return Registry(
        registry.agency, registry.positions, (*others, *made), registry.rules, registry.document
    )


def test_a_unit_with_very_many_indicators_has_several_charts_that_miss_none(
    registry: Registry,
) -> None:
    unit = "kasi-industri-agro"
    large = many(registry, unit, count=200)
    part = parts(chapter(large, a_year(large, 2020, seed=3)))["Kepala Seksi Industri Agro"]
    charts = [figure.chart for figure in part.figures]
    bars = [len(chart.bars) for chart in charts if isinstance(chart, BarChart)]
    assert sum(bars) == 200
    assert max(bars) == MOST_BARS


def test_positions_that_name_each_other_as_superior_end_the_climb(registry: Registry) -> None:
    circle = tuple(
        replace(p, superior="kabid-pasar")
        if p.id == "kasi-sarpras-pasar"
        else replace(p, superior="kasi-sarpras-pasar")
        if p.id == "kabid-pasar"
        else p
        for p in registry.positions
    )
    odd = Registry(registry.agency, circle, registry.indicators, registry.rules, registry.document)
    told = [r for part in parts(chapter(odd, [])).values() for r in part.measured]
    assert len(told) == len(registry.indicators)
