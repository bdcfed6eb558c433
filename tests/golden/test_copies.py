"""Hold what the program writes to the copies of it, and the comparison to what it must find."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from fnmatch import fnmatchcase

import pytest

from tests.golden.album import charts, look_at, open_album
from tests.golden.compare import MOST_PER_PART, differences
from tests.golden.copies import FOLDER, other_libraries, read_copies
from tests.golden.ignored import DIGESTS, IGNORED, RETOLD, WHOLE, Ignored
from tests.golden.play import Played, play
from tests.golden.tell import Copies, tell
from tests.reader.workbooks import edited, parts_of, zipped

RENEW = "python -m tests.golden.renew"
MOST_BYTES = 2_500_000


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return play(tmp_path_factory.mktemp("salinan") / "ruang")


@pytest.fixture(scope="module")
def copies(played: Played) -> Copies:
    return tell(played)


def planted(played: Played, name: str, *edits: tuple[str, Callable[[bytes], bytes]]) -> list[str]:
    """Change parts of one work, and give what the comparison says of that."""
    data = played.works[name]
    for part, change in edits:
        before = parts_of(data)[part]
        assert change(before) != before, f"nothing to change in {part}"
        data = edited(data, part, change)
    changed = replace(played, works={name: data})
    return differences(tell(replace(played, works={name: played.works[name]})), tell(changed))


def swap(old: str, new: str) -> Callable[[bytes], bytes]:
    """Put a text in the place of another, once."""
    return lambda part: part.replace(old.encode(), new.encode(), 1)


def test_what_the_program_writes_is_what_the_copies_say(copies: Copies) -> None:
    found = differences(read_copies(), copies)
    advice = [*other_libraries(), f"If the changes are meant: {RENEW}"]
    assert not found, "\n".join((*found, *advice))


def test_the_chart_of_the_report_looks_as_in_its_picture(played: Played) -> None:
    album = open_album()
    assert [x for n, c in charts(played) for x in look_at(album, n, c, is_same_program=True)] == []


def test_the_copies_stay_small() -> None:
    assert sum(p.stat().st_size for p in FOLDER.rglob("*") if p.is_file()) < MOST_BYTES


def test_a_changed_cell_is_named_with_both_values(played: Played) -> None:
    sheet = "xl/worksheets/sheet1.xml"
    assert planted(played, "formulir-seksi.xlsx", (sheet, swap("<v>36</v>", "<v>37</v>"))) == [
        "formulir-seksi.xlsx › Isian › F8: 36 → 37"
    ]


def test_a_changed_text_is_named_in_the_cell_that_shows_it(played: Played) -> None:
    change = ("xl/sharedStrings.xml", swap("<t>FORMULIR PENGUKURAN KINERJA —", "<t>FORMULIR —"))
    assert planted(played, "formulir-seksi.xlsx", change) == [
        'formulir-seksi.xlsx › Isian › A1: "FORMULIR PENGUKURAN KINERJA — INDIKATOR KINERJA '
        'INDIVIDU (IKI)" → "FORMULIR — INDIKATOR KINERJA INDIVIDU (IKI)"'
    ]


def test_a_changed_formula_is_named(played: Played) -> None:
    change = ("xl/worksheets/sheet1.xml", swap("COUNTIF(K8:K9", "COUNTIF(K8:K8"))
    assert planted(played, "formulir-seksi.xlsx", change) == [
        'formulir-seksi.xlsx › Isian › A5: formula ="Terisi "&COUNTIF(K8:K9,"Terisi")&" dari 2 '
        'isian." → ="Terisi "&COUNTIF(K8:K8,"Terisi")&" dari 2 isian."'
    ]


def test_a_changed_value_of_a_formula_is_named_without_the_formula(played: Played) -> None:
    change = ("xl/worksheets/sheet1.xml", swap("<v>Terisi 0 dari", "<v>Terisi 1 dari"))
    assert planted(played, "formulir-seksi.xlsx", change) == [
        'formulir-seksi.xlsx › Isian › A5: value "Terisi 0 dari 2 isian." → '
        '"Terisi 1 dari 2 isian."'
    ]


def test_a_changed_style_is_told_by_what_it_changes_and_not_by_its_number(played: Played) -> None:
    (line,) = planted(
        played, "formulir-seksi.xlsx", ("xl/styles.xml", swap("FFFFD966", "FF00FF00"))
    )
    assert line.startswith("formulir-seksi.xlsx › Isian › H7: looks: fill (patternFill")
    assert "FFFFD966" in line
    assert "FF00FF00" in line


def test_a_style_that_many_cells_share_is_told_once(played: Played) -> None:
    yellow = ("xl/styles.xml", swap("FFFFF2CC", "FFFFFFFF"))
    found = planted(played, "formulir-seksi.xlsx", yellow)
    assert any(re.search(r"Isian › L8 and \d+ more cells: looks: fill", line) for line in found)
    assert len(found) < MOST_PER_PART


def test_styles_in_another_order_are_the_same_styles(played: Played) -> None:
    """A style put in the front moves every number; no cell looks other than before."""

    def in_front(part: bytes) -> bytes:
        first = re.search(rb"<cellXfs count=\"\d+\">(<xf .*?(?:/>|</xf>))", part)
        assert first
        return part.replace(first[1], first[1] + first[1], 1)

    def one_later(part: bytes) -> bytes:
        return re.sub(rb' s="(\d+)"', lambda m: b' s="%d"' % (int(m[1]) + 1), part)

    sheets = [p for p in parts_of(played.works["formulir-seksi.xlsx"]) if "worksheets/sheet" in p]
    edits = [(sheet, one_later) for sheet in sheets if "_rels" not in sheet]
    assert planted(played, "formulir-seksi.xlsx", ("xl/styles.xml", in_front), *edits) == []


def test_a_changed_validation_is_named_with_its_cell(played: Played) -> None:
    sheet = "xl/worksheets/sheet1.xml"
    old = 'type="textLength" operator="lessThanOrEqual"'
    (line,) = planted(
        played, "formulir-seksi.xlsx", (sheet, swap(old, old.replace("lessThanOrEqual", "equal")))
    )
    assert line == (
        "formulir-seksi.xlsx › Isian › dataValidations › dataValidation L8: "
        'operator "lessThanOrEqual" → "equal"'
    )


def test_a_changed_limit_within_a_validation_is_named(played: Played) -> None:
    sheet = "xl/worksheets/sheet1.xml"
    change = (sheet, swap("<formula1>2000</formula1>", "<formula1>2001</formula1>"))
    assert planted(played, "formulir-seksi.xlsx", change) == [
        "formulir-seksi.xlsx › Isian › dataValidations › dataValidation L8 › formula1: "
        '"2000" → "2001"'
    ]


def test_a_changed_custom_property_is_named(played: Played) -> None:
    change = ("docProps/custom.xml", swap("WBT1|", "WBT2|"))
    (line,) = planted(played, "formulir-seksi.xlsx", change)
    assert line.startswith(
        "formulir-seksi.xlsx › docProps/custom.xml › property workbook_tools_stempel › vt:lpwstr: "
    )
    assert line.count("WBT") == 2


def test_a_changed_column_width_freeze_and_print_title_are_named(played: Played) -> None:
    sheet = "xl/worksheets/sheet1.xml"
    edits = (
        (sheet, swap('width="13.28515625"', 'width="3.5"')),
        (sheet, swap('state="frozen"', 'state="split"')),
        ("xl/workbook.xml", swap("Isian!$7:$7", "Isian!$6:$7")),
    )
    assert planted(played, "formulir-seksi.xlsx", *edits) == [
        'formulir-seksi.xlsx › Isian › sheetViews › sheetView › pane: state "frozen" → "split"',
        'formulir-seksi.xlsx › Isian › cols › col: width "13.28515625" → "3.5"',
        "formulir-seksi.xlsx › xl/workbook.xml › definedNames › definedName _xlnm.Print_Titles: "
        '"Isian!$7:$7" → "Isian!$6:$7"',
    ]


def test_a_changed_height_is_named_with_its_row(played: Played) -> None:
    change = ("xl/worksheets/sheet1.xml", swap(' ht="84"', ' ht="40"'))
    assert planted(played, "formulir-seksi.xlsx", change) == [
        'formulir-seksi.xlsx › Isian › sheetData › row 8: ht "84" → "40"'
    ]


def test_what_only_stands_in_another_place_is_told_once(played: Played) -> None:
    def turned(part: bytes) -> bytes:
        return re.sub(
            rb"(<definedName [^>]*Print_Area.*?>.*?</definedName>)(<definedName .*?</definedName>)",
            rb"\2\1",
            part,
            count=1,
        )

    assert planted(played, "formulir-seksi.xlsx", ("xl/workbook.xml", turned)) == [
        "formulir-seksi.xlsx › xl/workbook.xml › definedNames › definedName _xlnm.Print_Area: "
        "stands in another place"
    ]


def test_a_chart_that_is_gone_is_named(played: Played) -> None:
    parts = parts_of(played.works["induk.xlsx"])
    whole = tell(replace(played, works={"induk.xlsx": played.works["induk.xlsx"]}))
    del parts["xl/charts/chart1.xml"]
    less = tell(replace(played, works={"induk.xlsx": zipped(parts)}))
    assert differences(whole, less) == ["induk.xlsx › xl/charts/chart1.xml: the part is gone"]


def test_a_changed_word_of_the_report_is_named(played: Played) -> None:
    change = ("word/document.xml", swap("AKUNTABILITAS KINERJA", "AKUNTABILITAS"))
    (line,) = planted(played, "laporan.docx", change)
    assert line.startswith("laporan.docx/word/document.xml › w:body › w:p: ")
    assert line.endswith('"AKUNTABILITAS KINERJA" → "AKUNTABILITAS"')


def test_a_changed_line_of_a_note_is_named_by_its_number(played: Played) -> None:
    notes = dict(played.works)
    notes["catatan.txt"] = notes["catatan.txt"].replace(b"Sel H8", b"Sel H9")
    assert [
        line.split(": ")[0]
        for line in differences(tell(played), tell(replace(played, works=notes)))
    ] == ["catatan.txt › line 7"]


def test_a_part_with_many_changes_gives_the_first_and_the_count(played: Played) -> None:
    change = (
        "xl/worksheets/sheet1.xml",
        lambda part: re.sub(rb' t="s"><v>\d+</v>', b"><v>7</v>", part),
    )
    all_found = planted(played, "formulir-harga.xlsx", change)
    found = [line for line in all_found if " › Isian › " in line]
    assert len(found) == MOST_PER_PART + 1
    assert re.search(r" › and \d+ more differences$", found[-1])


def test_a_part_that_is_kept_as_a_digest_still_tells_that_it_changed(played: Played) -> None:
    change = ("xl/theme/theme1.xml", swap("Office", "Kantor"))
    (line,) = planted(played, "formulir-iku.xlsx", change)
    assert line.startswith("formulir-iku.xlsx › xl/theme/theme1.xml › ")


@pytest.mark.parametrize("entry", IGNORED, ids=lambda entry: entry.name)
def test_every_entry_of_the_ignore_list_is_needed(entry: Ignored, played: Played) -> None:
    without = tell(played, ignored=[other for other in IGNORED if other is not entry])
    assert differences(read_copies(), without)


@pytest.mark.parametrize("pattern", DIGESTS)
def test_every_digest_stands_for_something(pattern: str) -> None:
    assert any(
        fnmatchcase(p, pattern) and t.startswith("digest ") for p, t in read_copies().items()
    )


def test_the_sheets_that_stand_for_the_others_are_kept_whole() -> None:
    kept = read_copies()
    assert [p for p in WHOLE if kept[p].startswith("digest ")] == []


def test_everything_that_is_left_out_has_a_reason() -> None:
    reasons = [*(entry.reason for entry in IGNORED), *RETOLD.values(), *DIGESTS.values()]
    assert [reason for reason in reasons if not reason.endswith(".")] == []


def test_a_hash_that_stands_in_the_place_of_another_is_a_difference(played: Played) -> None:
    first, second = list(played.senders)[:2]
    receipt = {"tanda-terima.txt": f"Sidik berkas: {first}\n".encode()}
    other = {"tanda-terima.txt": f"Sidik berkas: {second}\n".encode()}
    assert differences(
        tell(replace(played, works=receipt)), tell(replace(played, works=other))
    ) == [
        f"tanda-terima.txt › line 1: Sidik berkas: <sidik {played.senders[first]}> → "
        f"Sidik berkas: <sidik {played.senders[second]}>"
    ]


def test_another_version_of_a_library_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.golden.copies.version", lambda _name: "99")
    assert any(
        re.fullmatch(r"made with xlsxwriter [\d.]+, here is xlsxwriter 99: .*", line)
        for line in other_libraries()
    )


def test_nothing_is_said_where_nothing_changed(copies: Copies) -> None:
    assert differences(copies, copies) == []
