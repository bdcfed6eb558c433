"""The page in a real Chromium, opened from the disk as by double click."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.board.samples import BOARDS, full_year
from tests.browser import DESK, PHONE, opened, violations, visit
from workbook_tools.board.render import render

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give one browser for all tests."""
    with opened() as browser:
        yield browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Give the files of all boards by name, in a folder with a name of its own."""
    folder = tmp_path_factory.mktemp("papan") / "ruang #1 100% & lain"
    folder.mkdir()
    paths = {name: folder / f"{number}.html" for number, name in enumerate(BOARDS)}
    for name, path in paths.items():
        path.write_bytes(render(BOARDS[name]()))
    return paths


@pytest.fixture
def full(pages: dict[str, Path]) -> Path:
    """Give the file of a full year."""
    return pages["a full year"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("name", BOARDS)
def test_axe_finds_nothing(
    browser: Browser,
    pages: dict[str, Path],
    name: str,
    size: tuple[int, int],
    scheme: Literal["light", "dark"],
) -> None:
    page, _ = visit(browser, pages[name], size=size, scheme=scheme)
    assert violations(page) == []
    page.close()


@pytest.mark.parametrize("name", BOARDS)
def test_the_page_asks_for_nothing_and_complains_of_nothing(
    browser: Browser, pages: dict[str, Path], name: str
) -> None:
    page, heard = visit(browser, pages[name])
    page.wait_for_timeout(200)
    assert heard.requests == [pages[name].as_uri()]
    assert heard.complaints == []
    page.close()


@pytest.mark.parametrize("name", BOARDS)
@pytest.mark.parametrize("size", [DESK, PHONE, (320, 600)], ids=["desk", "phone", "small"])
def test_nobody_has_to_scroll_sideways(
    browser: Browser, pages: dict[str, Path], name: str, size: tuple[int, int]
) -> None:
    page, _ = visit(browser, pages[name], size=size)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.close()


def shown(page: Page, table: str = "kiriman") -> list[str]:
    """Give the units of the rows that can be seen."""
    rows = page.locator(f"#{table} tbody tr:visible")
    return [row.get_attribute("data-u") or "" for row in rows.all()]


def test_filters_survive_a_reload(browser: Browser, full: Path) -> None:
    page, _ = visit(browser, full)
    page.select_option("#keadaan", "ditolak lewat")
    page.select_option("#tw", "4")
    assert sorted(shown(page)) == ["kabid-perdagangan", "kasi-industri-agro"]
    page.reload()
    assert sorted(shown(page)) == ["kabid-perdagangan", "kasi-industri-agro"]
    assert page.input_value("#keadaan") == "ditolak lewat"
    assert page.locator("#kiriman thead th:visible").count() == 4
    said = page.inner_text("#jumlah")
    assert said.startswith("Ditampilkan 2 dari 22 unit dan ")
    assert said.endswith(" indikator: keadaan Perlu tindakan, triwulan TW IV.")
    page.close()


def test_a_link_with_a_filter_opens_the_page_filtered(browser: Browser, full: Path) -> None:
    page, _ = visit(browser, full, part="#unit=kabid-pasar&urut-indikator=0.turun")
    assert shown(page) == ["kabid-pasar"]
    assert page.input_value("#unit") == "kabid-pasar"
    names = page.locator("#indikator tbody tr:visible").all_inner_texts()
    assert names == sorted(names, reverse=True)
    page.goto(f"{full.as_uri()}#keadaan=terlambat")
    assert shown(page) == ["kabid-pasar"]
    assert page.input_value("#unit") == ""
    page.close()


def test_a_headline_figure_leads_to_the_forms_that_it_counts(browser: Browser, full: Path) -> None:
    page, _ = visit(browser, full)
    page.click(".figures >> text=ditolak, belum dikirim ulang")
    assert shown(page) == ["kabid-perdagangan"]
    assert page.evaluate("document.activeElement.id") == "h-kiriman"
    page.click(".figures >> text=diterima, 1 terlambat")
    assert len(shown(page)) == 20  # one more than forms: a unit is filled through another
    page.close()


def test_a_list_that_is_cut_leads_to_all_of_it(browser: Browser, pages: dict[str, Path]) -> None:
    page, _ = visit(browser, pages["issued and silent"])
    page.click("text=dan 9 lagi")
    assert page.input_value("#keadaan") == "lewat"
    assert len(shown(page)) == 22
    page.close()


def test_a_search_finds_units_by_name_and_by_their_indicators(browser: Browser, full: Path) -> None:
    page, _ = visit(browser, full)
    page.fill("#cari", "metrologi legal")
    assert shown(page) == ["kasi-tertib-niaga-metrologi"]
    page.fill("#cari", "BERTIPE A")
    assert shown(page) == ["kabid-pasar"]
    assert shown(page, "indikator") == ["kabid-pasar"]
    page.click("text=Hapus saringan")
    page.wait_for_function("document.querySelector('#cari').value === ''")
    assert len(shown(page)) == 22
    page.close()


def test_sorting_works_by_keyboard_is_announced_and_survives_a_reload(
    browser: Browser, full: Path
) -> None:
    page, _ = visit(browser, full)
    order = shown(page, "capaian")
    head = page.locator("#capaian th", has_text="Rata-rata (%)")
    head.locator("button").focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Space")
    assert head.get_attribute("aria-sort") == "descending"
    assert page.inner_text("#kabar") == (
        "Rata-rata capaian tiap unit: diurutkan turun menurut Rata-rata (%)."
    )
    cells = page.locator("#capaian tbody td:nth-child(3)").all_inner_texts()
    figures = [float(c.replace(".", "").replace(",", ".")) for c in cells if c != "–"]
    assert figures == sorted(figures, reverse=True)
    assert set(cells[len(figures) :]) <= {"–"}
    page.reload()
    assert page.locator("#capaian tbody td:nth-child(3)").all_inner_texts() == cells
    page.locator("#capaian th", has_text="Rata-rata (%)").locator("button").press("Enter")
    assert shown(page, "capaian") == order
    page.close()


def test_filters_out_of_a_forged_address_do_nothing(browser: Browser, full: Path) -> None:
    part = "#unit=%3Cscript%3E&keadaan=x&tw=9&urut-kiriman=99.naik&urut-capaian=2.jauh"
    page, heard = visit(browser, full, part=part)
    assert len(shown(page)) == 22
    assert heard.complaints == []
    page.close()


def test_the_jumps_of_the_page_keep_the_filters(browser: Browser, full: Path) -> None:
    page, _ = visit(browser, full, part="#tw=2")
    page.click("nav >> text=IKU")
    assert page.evaluate("document.activeElement.id") == "h-iku"
    assert page.url.endswith("#tw=2")
    page.close()


def test_the_first_tab_offers_to_skip_to_the_content(browser: Browser, full: Path) -> None:
    page, _ = visit(browser, full)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"
    page.close()


def test_an_old_board_says_so_and_a_new_one_does_not(browser: Browser, full: Path) -> None:
    page = browser.new_page()
    page.clock.install(time="2021-01-13T03:00:00+07:00")
    page.goto(full.as_uri())
    assert not page.is_visible("#basi")
    page.clock.set_fixed_time("2021-01-16T10:00:00+07:00")
    page.reload()
    assert page.inner_text("#basi").startswith("Papan basi: sudah 4 hari tidak ada kabar baru.")
    page.close()


def test_an_old_board_counts_the_forms_that_have_become_late_since(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page = browser.new_page()
    page.clock.install(time="2020-04-08T10:00:00+07:00")
    page.goto(pages["still in time"].as_uri())
    words = page.inner_text("#basi")
    assert words.endswith("Sementara itu 21 formulir melewati tenggatnya.")
    page.close()


def test_everything_can_be_read_without_scripts(browser: Browser, full: Path) -> None:
    page, heard = visit(browser, full, size=PHONE, has_script=False)
    assert not page.is_visible("#saring")
    assert page.locator("tbody tr:visible").count() == page.locator("tbody tr").count()
    assert heard.complaints == []
    page.close()


def test_a_link_leads_to_the_file_of_an_odd_name(browser: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "ruang #1 100%" / "papan"
    target = folder.parent / "kabid-perdagangan" / "ditolak" / "PERBAIKAN.xlsx"
    for made in (folder, target.parent):
        made.mkdir(parents=True)
    path = folder / "index.html"
    path.write_bytes(render(full_year()))
    page, _ = visit(browser, path)
    href = page.locator("a", has_text="Buka catatan perbaikan").first.evaluate("a => a.href")
    assert href == target.as_uri()
    page.close()


def test_it_prints_light_without_its_filter_and_with_headings_on_every_page(
    browser: Browser, full: Path
) -> None:
    page, _ = visit(browser, full, scheme="dark")
    page.emulate_media(media="print")
    assert not page.is_visible("#saring")
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert colour == "rgb(255, 255, 255)"
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF-")
    page.close()


def test_a_selection_that_is_printed_says_that_it_is_one(browser: Browser, full: Path) -> None:
    page, _ = visit(browser, full, part="#keadaan=lewat")
    page.emulate_media(media="print")
    assert not page.is_visible("#keadaan")
    assert page.inner_text("#jumlah").endswith("indikator: keadaan Lewat tenggat.")
    page.close()


def test_the_head_of_a_long_table_stays_in_sight(browser: Browser, full: Path) -> None:
    page, _ = visit(browser, full)
    page.locator("#indikator tbody tr").nth(40).scroll_into_view_if_needed()
    place = page.locator("#indikator thead th").first.bounding_box()
    assert place is not None
    assert place["y"] == 0
    page.close()
