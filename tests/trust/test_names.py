"""No name of a file keeps it, or the files beside it, from reaching their end."""

from __future__ import annotations

import os

import pytest

from tests.shell import PASAR, Office
from tests.trust.stock import NAMES, versions

LONGEST = 255  # bytes of one name
ODD = {
    "longest": "x" * (LONGEST - 5) + ".xlsx",
    "longest for an owner file": "x" * (LONGEST - 7) + ".xlsx",
    "longest in letters of two bytes": "é" * 125 + ".xlsx",
    "longest in letters of four bytes": "📊" * 62 + ".xlsx",
    "deep": "/".join(["folder " * 30] * 4 + ["y" * (LONGEST - 5) + ".xlsx"]),
    "dots": "...",
    "dot at the end": "x.xlsx.",
    "device of Windows": "CON.xlsx",
    "delete character": "x\x7f.xlsx",
    "text that runs backwards": "\N{RIGHT-TO-LEFT OVERRIDE}xslx.exe",
    **{name: name.format(n=1) for name in NAMES},
}


def test_files_of_every_name_are_taken_in(office: Office) -> None:
    assert_all_are_taken_in(office, list(ODD.values()))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no names of bytes")
def test_files_whose_names_are_no_text_are_taken_in(office: Office) -> None:
    names = [b"lapor\xe9an.xlsx", b"\xff\xfe.xlsx", b"x.xlsx\x80", b"folder \xe9/x.xlsx"]
    assert_all_are_taken_in(office, [os.fsdecode(name) for name in names])


def test_what_systems_keep_beside_the_files_of_people_is_no_return(office: Office) -> None:
    data = office.filled(PASAR)
    beside = ["._kiriman.xlsx", ".nfs0000001a00000001"]
    for name in (*beside, "#recycle/lama.xlsx", "@eaDir/kiriman.xlsx", ".stversions/lama.xlsx"):
        office.drop(PASAR, data, name=name)
    before = office.inbox()
    said = office.says("ingest")
    assert [(a["file"], a["status"]) for a in said.rows("arrivals")] == [
        (f"inbox/{PASAR}/{name}", "ignored") for name in beside
    ]
    assert office.inbox() == before
    assert office.ledger()["arrival"] == []


def assert_all_are_taken_in(office: Office, names: list[str]) -> None:
    """Demand that a return of each name, and one of a usual name, is accepted and filed."""
    every = [*names, "biasa.xlsx"]
    for name, data in zip(every, versions(office.filled(PASAR), len(every)), strict=True):
        office.drop(PASAR, data, name=name)
    said = office.says("ingest")
    assert said.code == 0, said.err
    assert [a["status"] for a in said.rows("arrivals")] == ["accepted"] * len(every)
    assert office.inbox() == []
    assert office.tells("status").code == 0
    assert office.says("verify").code == 0
