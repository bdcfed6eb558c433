"""Hold the guides, their pictures and the README to what the program is."""

from __future__ import annotations

import ast
import io
import re
import shlex
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click
import pytest
from PIL import Image

from workbook_tools.cli import cli
from workbook_tools.form import preview
from workbook_tools.form.layout import COLUMNS, Role
from workbook_tools.master import layout
from workbook_tools.master.words import STATUS_WORDS
from workbook_tools.present import check_lines
from workbook_tools.problems.catalogue import CATALOGUE
from workbook_tools.reader.limits import Limits
from workbook_tools.registry.lint import lint
from workbook_tools.registry.model import Rules
from workbook_tools.registry.settings import SETTINGS
from workbook_tools.registry.source import load_source
from workbook_tools.registry.workbook import read_columns, read_registry
from workbook_tools.settings import Settings

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "gambar"
UNITS_GUIDE, OFFICE_GUIDE = (
    ROOT / "docs" / f"panduan-{name}.md" for name in ("seksi", "perencanaan")
)
GUIDES = (UNITS_GUIDE, OFFICE_GUIDE)
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
RENEW = ".venv/bin/python -m tests.pictures"
MOST_EACH, MOST_ALL = 150_000, 1_500_000  # bytes

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"\b[BITSNXKG]\d{2}\b")
_FENCE = re.compile(r"```\n(.*?)```", re.DOTALL)
_SPAN = re.compile(r"`([^`\n]+)`")
SHEETS = {
    layout.RINGKASAN,
    layout.IKU,
    layout.PENGUKURAN,
    layout.EVALUASI,
    layout.KASKADE,
    layout.TREN,
    layout.PENGIRIMAN,
    layout.CATATAN,
    layout.JEJAK,
    layout.ANOMALI,
    layout.ISIAN,
    layout.DATA,
    layout.TENTANG,
    layout.DOKUMEN,
}


def text_of(page: Path) -> str:
    """Give a page's text."""
    return page.read_text("utf-8")


def plain(page: Path) -> str:
    """Give a page's text with single spaces for line ends."""
    return " ".join(text_of(page).split())


def named_pictures(page: Path) -> set[Path]:
    """Give the pictures that a page shows."""
    return {(page.parent / to).resolve() for to in _LINK.findall(text_of(page)) if "gambar/" in to}


def spans(page: Path) -> list[str]:
    """Give what stands between backticks in running text."""
    return _SPAN.findall(_FENCE.sub("", text_of(page)))


def command_lines(page: Path) -> list[str]:
    """Give every call of the program that a page tells people to type."""
    fenced = [line for block in _FENCE.findall(text_of(page)) for line in block.splitlines()]
    return [line for line in (*fenced, *spans(page)) if line.startswith("workbook-tools ")]


def rows(page: Path, heading: str) -> list[list[str]]:
    """Give the cells of the rows of all tables under a heading."""
    part = text_of(page).split(f"\n{heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in part.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def said_by_the_program() -> Iterator[str]:
    """Give every text in the source of the program, whole where it is written in parts."""
    for path in sorted((ROOT / "workbook_tools").rglob("*.py")):
        for node in ast.walk(ast.parse(text_of(path))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for link in _LINK.findall(text_of(page)):
        if "://" in link:
            continue
        to, _, anchor = link.partition("#")
        target = (page.parent / to).resolve() if to else page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link


def anchors(page: Path) -> set[str]:
    """Give the places of a page that a link can lead to, by GitHub's rule for headings."""
    text = text_of(page)
    heads = [line.lstrip("#").strip() for line in text.splitlines() if line.startswith("#")]
    made = {re.sub(r"[^\w\- ]", "", head.casefold()).replace(" ", "-") for head in heads}
    return made | set(re.findall(r'<a id="([^"]+)">', text))


def test_every_picture_is_shown_by_a_page_and_no_other_is_named() -> None:
    named = set().union(*(named_pictures(page) for page in PAGES))

    assert named == set(PICTURES.iterdir()), f"Renew the pictures with: {RENEW}"


def test_the_readme_shows_form_note_master_and_board() -> None:
    shown = {path.stem for path in named_pictures(ROOT / "README.md")}

    assert shown >= {"formulir", "catatan-teks", "perbaikan", "induk", "papan"}


def test_pictures_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in PICTURES.iterdir()}

    assert {name: size for name, size in sizes.items() if size > MOST_EACH} == {}
    assert sum(sizes.values()) < MOST_ALL


@pytest.mark.parametrize("path", sorted(PICTURES.iterdir()), ids=lambda path: path.name)
def test_a_picture_has_a_palette_and_shows_more_than_one_colour(path: Path) -> None:
    with Image.open(io.BytesIO(path.read_bytes())) as picture:
        assert picture.format == "PNG"
        assert picture.mode == "P"
        assert len(picture.getcolors() or ()) > 2


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
def test_a_guide_says_that_the_figures_of_its_pictures_are_invented(page: Path) -> None:
    assert "rekaan" in plain(page).split(" ## ")[0]


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
def test_every_code_that_a_guide_names_is_in_the_catalogue(page: Path) -> None:
    assert {code for code in _CODE.findall(text_of(page)) if code not in CATALOGUE} == set()


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
def test_every_command_of_a_guide_can_be_given(page: Path) -> None:
    for line in command_lines(page):
        name, *arguments = shlex.split(line.replace("\\", "/"))[1:]
        if name == "--help":
            continue
        command = cli.commands[name]
        context = click.Context(command)
        given, _, _ = command.make_parser(context).parse_args(arguments)
        for option in command.params:
            if isinstance(option, click.Option) and option.name in given:
                value = option.process_value(context, given[option.name])
                assert value is not None


def test_the_guide_of_the_office_names_every_command() -> None:
    text = text_of(OFFICE_GUIDE)

    assert [
        name for name in cli.commands if f"`{name}`" not in text and f" {name}" not in text
    ] == []


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
def test_every_option_of_a_guide_exists(page: Path) -> None:
    known = {name for c in (cli, *cli.commands.values()) for p in c.params for name in p.opts}
    named = {span for span in spans(page) if re.fullmatch(r"--[a-z-]+", span)}

    assert named - known - {"--help"} == set()


def test_every_setting_is_explained_and_no_other_named() -> None:
    of_register = {setting.key for setting in SETTINGS}
    of_file = set(Settings.model_fields)
    named = {span for span in spans(OFFICE_GUIDE) if re.fullmatch(r"[a-z]+(_[a-z]+)+", span)}

    assert named <= of_register | of_file | set(asdict(Limits()))
    assert (of_register | of_file) - set(spans(OFFICE_GUIDE)) == set()


def test_the_defaults_in_the_guide_are_those_of_the_program() -> None:
    told = {row[0].strip("`"): row[2].strip("`") for row in rows(OFFICE_GUIDE, "## 4. Pengaturan")}
    rules = Rules()

    for setting in SETTINGS:
        value = getattr(rules, setting.field)
        words = {None: "tanpa batas", (): "tidak ada"}.get(value, str(value))
        assert told[setting.key] == words


def test_the_guide_explains_every_sheet_of_the_master_and_no_other() -> None:
    first = [row[0] for row in rows(OFFICE_GUIDE, "## 9. Membaca induk")]
    told = [name for cell in first for name in re.findall(r"\*([^*]+)\*", cell)]
    positions = {position.id for position in load_source().positions}

    assert {name for name in told if name not in positions} == SHEETS
    assert any(name in positions for name in told)


def test_the_guide_explains_every_status() -> None:
    told = {row[0].strip("`") for row in rows(OFFICE_GUIDE, "## 9. Membaca induk")}

    assert STATUS_WORDS.keys() <= told


def test_the_guide_quotes_a_finding_that_the_register_really_has() -> None:
    quoted = next(
        b.strip() for b in _FENCE.findall(text_of(OFFICE_GUIDE)) if b.startswith("Target!")
    )

    data = (ROOT / "templates" / "registri.xlsx").read_bytes()
    found = lint(read_registry(data), columns=read_columns(data))
    assert quoted in check_lines(found)


def test_every_sentence_that_the_guide_quotes_is_one_that_the_program_says() -> None:
    source = "\n".join(said_by_the_program())
    table = " ".join(row[0] for row in rows(OFFICE_GUIDE, "## 13. Bila ada yang tidak beres"))
    quoted = [part for text in re.findall("“([^”]+)”", table) for part in text.split("…")]

    assert [part for part in quoted if part.strip() not in source] == []
    assert len(quoted) > 8


def test_the_guide_of_the_units_explains_every_column_of_the_form() -> None:
    text = plain(UNITS_GUIDE)
    hidden = {Role.KEY}
    shown = [column for role, column in COLUMNS.items() if role not in hidden]

    assert [c.header for c in shown if f"*{c.header}*" not in text] == []
    assert f"{COLUMNS[Role.INPUT].letter} *{COLUMNS[Role.INPUT].header}*" in text


def test_the_guide_of_the_units_explains_every_word_beside_an_isian() -> None:
    words = {
        preview.FILLED,
        preview.EMPTY,
        preview.OPTIONAL,
        preview.NO_DATA,
        preview.NOT_NUMBER,
        preview.NOT_WHOLE,
        preview.TOO_SMALL,
        preview.TOO_LARGE,
    }
    told = {
        word.strip()
        for row in rows(UNITS_GUIDE, "## 3. Isi angkanya (kolom ISIAN)")
        for word in row[0].split(",")
    }

    assert words - told == set()
