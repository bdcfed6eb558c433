"""The page says what the values say, whatever they are, and nothing that it holds can act."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from typing import NamedTuple

import pytest

from tests.board.samples import (
    AS_OF,
    BOARDS,
    LATE,
    MISSING,
    REJECTED,
    YEAR,
    full_year,
    gathered,
    hostile,
    issued_only,
    many_units,
    nothing_yet,
    one_unit,
    without_units,
)
from workbook_tools.board.charts import SPARK_HEIGHT, bar_length, columns, mini_columns, spark
from workbook_tools.board.compose import compose
from workbook_tools.board.facts import DITOLAK, LEWAT, TERLAMBAT, Tally
from workbook_tools.board.render import PASSING, render
from workbook_tools.registry.source import load_source

VOID = {"meta", "input", "br", "img", "link"}
MOST_BYTES = 100_000


class Element(NamedTuple):
    tag: str
    attributes: dict[str, str | None]


class Read(HTMLParser):
    """Reads a page strictly: every element must be closed where it was opened."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(page.decode())
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] not in {"script", "style"}:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())

    def all(self, tag: str) -> list[Element]:
        return [e for e in self.elements if e.tag == tag]


@pytest.mark.parametrize("name", BOARDS)
def test_every_board_is_a_sound_page(name: str) -> None:
    page = Read(render(BOARDS[name]()))
    ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    assert len(page.all("h1")) == len(page.all("main")) == 1
    assert all(e.attributes.get("href", "") != "" for e in page.all("a"))
    assert "None" not in page.text
    assert "NaN" not in page.text


def test_a_full_year_of_the_office_stays_under_its_size() -> None:
    assert len(render(full_year())) < MOST_BYTES


def test_a_large_office_costs_a_few_kilobytes_per_unit() -> None:
    units = 200
    assert len(render(many_units(units))) < MOST_BYTES + 2_500 * units


def test_the_bars_of_all_rows_stand_under_the_highest_of_them() -> None:
    board = full_year()
    steady, sudden = Tally("A01", "a", (3, 3), 1), Tally("A02", "b", (0, 5), 1)
    mistakes = replace(
        board.mistakes,
        periods=("TW I", "TW II"),
        totals=(3, 8),
        codes=(steady, sudden),
        units=(),
    )
    page = Read(render(replace(board, mistakes=mistakes)))
    bars = [e.attributes for e in page.all("rect") if e.attributes.get("width") == "9"]
    assert [bar["height"] for bar in bars[:4]] == ["12", "12", "1", "20"]
    assert all(int(str(bar["y"])) >= 0 for bar in bars)


def test_one_form_is_not_called_all_of_them() -> None:
    assert one_unit(3).headline[0].endswith(": 1 dari 1 formulir sudah diterima.")


def test_no_figure_calls_or_leads_anywhere_where_it_counts_nothing() -> None:
    assert [(f.number, f.state, f.choice) for f in issued_only().figures] == [
        ("0 dari 21", "", ""),
        ("0", "", ""),
        ("21", LEWAT, "keadaan=lewat&tw=1"),
        ("0", "", ""),
    ]


def test_equal_values_give_equal_bytes() -> None:
    assert render(full_year()) == render(full_year())


def test_nothing_on_the_page_can_be_fetched_or_run_but_its_own_style_and_script() -> None:
    page = Read(render(hostile()))
    assert len(page.all("script")) == len(page.all("style")) == 1
    assert [e.tag for e in page.elements if e.tag in {"img", "link", "iframe", "object"}] == []
    assert [e for e in page.elements if any(a.startswith("on") for a in e.attributes)] == []
    assert [e for e in page.elements if "src" in e.attributes or "style" in e.attributes] == []
    links = [str(e.attributes["href"]) for e in page.all("a")]
    assert [h for h in links if not h.startswith(("../", "#"))] == []
    policy = str(page.all("meta")[1].attributes["content"])
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_hostile_names_are_shown_as_they_are_without_what_turns_text_around() -> None:
    page = Read(render(hostile()))
    assert "<script>alert(1)</script>" in page.text
    assert "\u202e" not in page.text
    assert max(map(len, page.texts)) < 400


def test_a_forged_mark_in_a_name_does_not_move_the_part_that_an_audit_leaves_out() -> None:
    page = render(hostile())
    assert len(PASSING.findall(page)) == 1
    assert page.count(b"<!--/kini-->") == 1


def test_each_state_of_a_form_has_its_word() -> None:
    board = full_year()
    states = {unit.id: unit.cells[3].state for unit in board.units}
    assert (states[REJECTED], states[MISSING], states[LATE]) == (DITOLAK, LEWAT, TERLAMBAT)
    assert {"Ditolak", "Lewat tenggat", "Terlambat"} <= set(Read(render(board)).texts)


def test_what_needs_somebody_is_listed_by_kind() -> None:
    board = full_year()
    kinds = [(kind.title, kind.count) for kind in (*board.standing, *board.passing)]
    assert kinds == [
        ("Ditolak dan belum dikirim ulang", 1),
        ("Lewat tenggat dan belum masuk", 1),
        ("Berkas yang tidak dikenali sebagai formulir", 1),
        ("Berkas yang masih tergeletak di inbox", 1),
        ("Induk baru yang menunggu", 1),
    ]


def test_a_form_that_never_went_out_is_not_linked_and_not_laid_to_the_unit() -> None:
    registry = load_source()
    found = replace(gathered(registry, [], known=(1,)), forms={(LATE, YEAR, 1): "../a.xlsx"})
    reminded, unsent = compose(registry, found).standing
    assert [(item.unit, item.href) for item in reminded.items] == [(LATE, "../a.xlsx")]
    assert unsent.title == "Lewat tenggat, tetapi formulirnya belum terbit"
    assert unsent.count == 20
    assert {item.href for item in unsent.items} == {None}


def test_the_headline_says_how_many_have_come() -> None:
    assert full_year().headline[0] == (
        "Triwulan IV Tahun 2020 (batas kirim 5 Januari 2021): 19 dari 21 formulir sudah diterima."
    )


def test_errors_are_counted_per_code_and_unit_and_said_in_words() -> None:
    mistakes = full_year().mistakes
    assert [(t.key, t.counts) for t in mistakes.codes] == [
        ("N05", (0, 0, 0, 1)),
        ("S03", (0, 0, 0, 1)),
    ]
    assert [(t.key, t.total) for t in mistakes.units] == [(REJECTED, 2)]
    assert mistakes.finding == "2 kesalahan ditemukan; terbanyak pada TW IV (2)."


def test_a_board_of_nothing_says_so() -> None:
    assert nothing_yet().headline == ("Belum ada formulir yang diterbitkan untuk tahun 2020.",)
    assert "Registri belum memuat unit" in Read(render(without_units())).text
    assert "Tidak ada yang menunggu tindakan." in Read(render(nothing_yet())).text


def test_only_the_part_of_the_moment_differs_when_the_inbox_does() -> None:
    board = full_year()
    other = replace(board, passing=())
    assert render(other) != render(board)
    assert PASSING.sub(b"", render(other)) == PASSING.sub(b"", render(board))


def test_the_limit_of_staleness_is_an_argument() -> None:
    page = Read(render(full_year(), stale_after_days=9))
    body = page.all("body")[0].attributes
    assert (body["data-limit"], body["data-at"]) == ("9", AS_OF.isoformat())


def test_a_trend_leaves_gaps_open_and_draws_a_lone_value_as_a_dot() -> None:
    values = [Decimal(50), None, Decimal(100), Decimal(120)]
    assert re.fullmatch(r"M3 \d+h0M\d+ \d+h0L69 \d+", spark(values))
    assert spark([None, None]) == ""


def test_a_trend_far_beyond_the_scale_stays_inside_its_picture() -> None:
    heights = [int(y) for y in re.findall(r" (\d+)", spark([Decimal(-40), Decimal(99999)]))]
    assert all(0 <= height <= SPARK_HEIGHT for height in heights)
    assert bar_length(Decimal(99999)) == "150.0"
    assert bar_length(None) == "0"


def test_columns_of_nothing_lie_flat() -> None:
    assert [c.height for c in mini_columns([0, 0], 0)] == [1, 1]
    assert [c.height for c in columns([0, 4], ["a", "b"], width=100, height=50)] == [1, 50]


def test_a_bar_of_another_year_has_the_year_on_a_line_of_its_own() -> None:
    named = [c.lines for c in columns([1, 2], ["TW III 2020", "TW I"], width=100, height=50)]
    assert named == [("TW III", "2020"), ("TW I",)]


def test_the_inbox_is_named_from_the_folder_on_and_with_its_reason() -> None:
    text = Read(render(full_year())).text
    assert "kabid-pasar/5A1C9E00" in text
    assert "sejak 12 Januari 2021 pukul 08.30: simpanan Excel yang belum selesai" in text
