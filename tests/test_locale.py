"""Everything that click says by itself is said in Indonesian."""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from click.testing import CliRunner

from workbook_tools import locale

TEXTS = locale.FOLDER / "id" / "LC_MESSAGES" / f"{locale.DOMAIN}.po"


@pytest.fixture(autouse=True)
def indonesian(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Speak Indonesian on a machine that would rather speak English, for one test."""
    before = gettext.textdomain()
    for name in ("LANGUAGE", "LC_ALL", "LANG"):
        monkeypatch.setenv(name, "en_US.UTF-8")
    locale.speak_indonesian()
    yield
    gettext.textdomain(before)


def _catalog() -> Catalog:
    with TEXTS.open("rb") as file:
        return read_po(file, locale="id")


def _program() -> click.Group:
    @click.group()
    def program() -> None:
        """Kelola formulir."""

    @program.command()
    @click.option("--year", type=int, required=True)
    @click.option("--kind", type=click.Choice(["xlsx", "ods"]), default="xlsx")
    @click.option("--today", type=click.DateTime(["%Y-%m-%d"]))
    @click.argument("file", type=click.Path(exists=True))
    def issue(year: int, kind: str, today: object, file: str) -> None:
        """Buat formulir."""

    return program


def _says(*arguments: str) -> str:
    result = CliRunner().invoke(_program(), arguments, prog_name="workbook-tools")
    return result.output.strip().splitlines()[-1]


def _first(text: str | Iterable[str] | None) -> str:
    return text if isinstance(text, str) else next(iter(text or ()), "")


def _texts(catalog: Catalog) -> dict[str, str]:
    """Map each text, or the singular of a pair, to its only translation."""
    return {_first(m.id): _first(m.string) for m in catalog if m.id}


def test_the_compiled_texts_are_those_of_the_source() -> None:
    with TEXTS.with_suffix(".mo").open("rb") as file:
        assert _texts(read_mo(file)) == _texts(_catalog())


def test_every_text_of_the_installed_click_is_translated() -> None:
    folder = Path(click.__file__).parent
    known = {text for text, translation in _texts(_catalog()).items() if translation}
    asked = {_first(text) for _, _, text, _, _ in extract_from_dir(str(folder))}
    assert asked - known == set()


def test_help_has_indonesian_headings() -> None:
    output = CliRunner().invoke(_program(), ["--help"], prog_name="workbook-tools").output
    assert [line for line in output.splitlines() if line and not line.startswith("  ")] == [
        "Pemakaian: workbook-tools [OPTIONS] COMMAND [ARGS]...",
        "Pilihan:",
        "Perintah:",
    ]
    assert "Tampilkan keterangan ini lalu selesai." in output


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("isue",), "Kesalahan: Perintah 'isue' tidak dikenal. Mungkin maksud Anda 'issue'?"),
        (
            ("issue", "--yaer"),
            "Kesalahan: Pilihan '--yaer' tidak dikenal. Mungkin maksud Anda '--year'?",
        ),
        (("issue", "--year", "2020"), "Kesalahan: Argumen belum diisi: 'FILE'."),
        (("issue", "pyproject.toml"), "Kesalahan: Pilihan wajib belum diisi: '--year'."),
        (("issue", "--year"), "Kesalahan: Pilihan '--year' harus diikuti 1 isian."),
        (
            ("issue", "--year", "dua"),
            "Kesalahan: Isian untuk '--year' tidak dapat dipakai: 'dua' bukan bilangan.",
        ),
        (
            ("issue", "--kind", "pdf"),
            (
                "Kesalahan: Isian untuk '--kind' tidak dapat dipakai: "
                "'pdf' tidak dikenal; yang dapat dipakai: 'xlsx', 'ods'."
            ),
        ),
        (
            ("issue", "--today", "besok"),
            (
                "Kesalahan: Isian untuk '--today' tidak dapat dipakai: "
                "'besok' tidak sesuai bentuk '%Y-%m-%d'."
            ),
        ),
        (
            ("issue", "--year", "2020", "hilang.xlsx"),
            (
                "Kesalahan: Isian untuk 'FILE' tidak dapat dipakai: "
                "Lokasi 'hilang.xlsx' tidak ada. Periksa nama dan tempatnya."
            ),
        ),
        (
            ("issue", "--year", "2020", "pyproject.toml", "lagi"),
            "Kesalahan: Ada kata berlebih yang tidak dikenal (lagi). Hapus kata itu.",
        ),
    ],
)
def test_a_mistake_is_told_in_indonesian(arguments: tuple[str, ...], sentence: str) -> None:
    assert _says(*arguments) == sentence
