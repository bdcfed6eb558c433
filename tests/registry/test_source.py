"""The register in the package is the printed document, string by string."""

from __future__ import annotations

from pathlib import Path

from tests.registry.transcription import (
    document_lines,
    indicators,
    positions,
    transcription,
)
from workbook_tools.registry.model import METHOD_KEYS, TargetStatus
from workbook_tools.registry.source import load_source
from workbook_tools.registry.workbook import read_registry, write_registry

COMMITTED = Path(__file__).parents[2] / "templates" / "registri.xlsx"
UNCONFIRMED = (
    "kasubbag-keuangan/01",
    "kasubbag-keuangan/02",
    "kasubbag-keuangan/03",
    "kasubbag-keuangan/04",
    "kasubbag-perencanaan/01",
)


def test_the_committed_workbook_is_what_the_package_writes_byte_for_byte() -> None:
    assert COMMITTED.read_bytes() == write_registry(load_source())


def test_the_committed_workbook_reads_back_as_the_package_s_register() -> None:
    assert read_registry(COMMITTED.read_bytes()) == load_source()


def test_the_register_holds_all_483_printed_lines_verbatim() -> None:
    assert load_source().document == document_lines()
    assert len(load_source().document) == 483


def test_the_counts_are_those_of_the_transcription() -> None:
    registry = load_source()
    totals = transcription().node("totals")
    targets = [target for i in registry.indicators for target in i.targets]
    assert len(registry.indicators) == totals.whole("indicators_total") == 70
    assert len(targets) == totals.whole("target_cells") == 350
    assert sum(t.value is None for t in targets) == totals.whole("target_cells_blank") == 5
    assert sum(t.value == 0 for t in targets) == totals.whole("target_cells_zero") == 5
    assert sum(len(i.inputs) for i in registry.indicators) == 78
    assert len(registry.form_units()) == 21


def test_every_printed_string_of_an_indicator_equals_the_transcription_s() -> None:
    registry = load_source()
    for position, transcribed in indicators():
        indicator = registry.indicator(transcribed.text("id"))
        printed = transcribed.node("printed")
        assert indicator is not None
        assert indicator.unit == position.text("id")
        assert (
            indicator.number,
            indicator.sasaran,
            indicator.indikator,
            indicator.penjelasan,
            indicator.sumber_data,
        ) == tuple(
            printed.text(key) for key in ("no", "sasaran", "indikator", "penjelasan", "sumber_data")
        )


def test_every_printed_string_of_an_indicator_stands_in_its_printed_line() -> None:
    registry = load_source()
    for _, transcribed in indicators():
        indicator = registry.indicator(transcribed.text("id"))
        assert indicator is not None
        cells = document_lines()[transcribed.whole("source_line") - 1].split("\t")
        source_line = transcribed.node("printed").whole("sumber_data_line")
        source = document_lines()[source_line - 1].split("\t")
        years = [target.printed for target in indicator.targets]
        here = cells[4:9]
        assert cells[:4] == [
            indicator.number,
            indicator.sasaran,
            indicator.indikator,
            indicator.penjelasan,
        ]
        assert here == years[: len(here)]
        assert years[len(here) :] == source[: len(years) - len(here)]
        assert indicator.sumber_data in source


def test_every_target_equals_the_transcription_s() -> None:
    registry = load_source()
    for _, transcribed in indicators():
        indicator = registry.indicator(transcribed.text("id"))
        assert indicator is not None
        assert tuple(target.year for target in indicator.targets) == registry.years
        for target in indicator.targets:
            cell = transcribed.node("targets").node(target.year)
            assert target.printed == cell.text("printed")
            assert target.value == cell.number("value")
            assert (target.unit or "") == cell.text("unit")


def test_blank_targets_are_kosong_and_the_twenty_pasted_ones_wait_for_confirmation() -> None:
    for indicator in load_source().indicators:
        for target in indicator.targets:
            pasted = indicator.id in UNCONFIRMED and target.year > 2018
            if target.value is None:
                assert target.status is TargetStatus.KOSONG
            elif pasted:
                assert target.status is TargetStatus.PERLU_KONFIRMASI
            else:
                assert target.status is TargetStatus.OK


def test_how_an_indicator_is_measured_equals_the_transcription_s() -> None:
    registry = load_source()
    for _, transcribed in indicators():
        indicator = registry.indicator(transcribed.text("id"))
        assert indicator is not None
        assert (
            indicator.satuan,
            indicator.polarity,
            indicator.aggregation,
            indicator.kind,
            indicator.frequency,
        ) == tuple(
            transcribed.text(key)
            for key in ("unit", "polarity", "aggregation", "value_type", "measure_frequency")
        )
        assert indicator.maximum == transcribed.number("hard_max")


def test_the_inputs_of_a_ratio_aggregate_as_the_transcription_says() -> None:
    registry = load_source()
    checked = 0
    for _, transcribed in indicators():
        indicator = registry.indicator(transcribed.text("id"))
        assert indicator is not None
        expected = () if indicator.mirrors else METHOD_KEYS[indicator.method]
        assert tuple(spec.key for spec in indicator.inputs) == expected
        if len(indicator.inputs) == 2:
            checked += 1
            assert [spec.aggregation for spec in indicator.inputs] == [
                transcribed.text("numerator_aggregation"),
                transcribed.text("denominator_aggregation"),
            ]
    assert checked == 9


def test_kepala_dinas_repeats_the_iku_and_asks_nothing_itself() -> None:
    registry = load_source()
    rows = registry.of_unit("kepala-dinas")
    assert [row.mirrors for row in rows] == [f"iku-dinas/0{n}" for n in range(1, 5)]
    assert all(row.inputs == () for row in rows)


def test_every_printed_line_of_a_position_equals_the_transcription_s() -> None:
    registry = load_source()
    for transcribed in positions():
        position = registry.position(transcribed.text("id"))
        printed = transcribed.node("printed")
        assert position is not None
        above = (printed.text("free_line_above"),) if printed.has("free_line_above") else ()
        assert position.jabatan_lines == above + printed.lines("jabatan")
        assert position.tugas_lines == printed.lines("tugas")
        assert position.fungsi_lines == printed.lines("fungsi")


def test_every_printed_line_of_a_position_is_a_line_of_its_page() -> None:
    registry = load_source()
    for transcribed in positions():
        position = registry.position(transcribed.text("id"))
        assert position is not None
        lines = transcribed.node("source_lines")
        page = document_lines()[lines.whole("from") - 3 : lines.whole("to")]
        for line in (*position.jabatan_lines, *position.tugas_lines, *position.fungsi_lines):
            assert line in page


def test_positions_have_the_superiors_and_levels_that_the_transcription_infers() -> None:
    registry = load_source()
    for transcribed in (*positions(), *transcription().nodes("missing_positions")):
        position = registry.position(transcribed.text("id"))
        assert position is not None
        assert (position.jenis, position.level, position.superior or "") == (
            transcribed.text("kind"),
            transcribed.text("level"),
            transcribed.text("parent_inferred"),
        )


def test_only_the_name_of_kasubbag_keuangan_and_of_the_lost_positions_is_inferred() -> None:
    inferred = [p.id for p in load_source().positions if p.name_inferred]
    assert inferred == ["kasubbag-keuangan", "kabid-industri", "kasi-industri-non-agro"]


def test_the_two_lost_positions_are_marked_have_no_indicators_and_keep_their_evidence() -> None:
    registry = load_source()
    lost = [p for p in registry.positions if p.lost]
    assert [p.id for p in lost] == ["kabid-industri", "kasi-industri-non-agro"]
    for position, transcribed in zip(lost, transcription().nodes("missing_positions"), strict=True):
        assert registry.of_unit(position.id) == ()
        for line, text in transcribed.node("evidence_lines").data.items():
            assert f"baris {line}: '{text}'" in position.note
            assert document_lines()[int(str(line)) - 1] == text


def test_the_positions_stand_in_the_order_of_the_document() -> None:
    printed = [p.text("id") for p in positions()]
    assert [p.id for p in load_source().positions if not p.lost] == printed
