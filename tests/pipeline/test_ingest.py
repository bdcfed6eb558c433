"""Stop the process after each of its effects: the next start ends in the same state."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from tests.pipeline.rounds import first_round
from tests.shell import LATER, NIAGA, PASAR, RETRIBUSI, TODAY, Office, tree
from workbook_tools.archive import Archive, Event, folder_archive
from workbook_tools.ledger import Ledger
from workbook_tools.pipeline import ingest
from workbook_tools.reader.limits import Limits


class Killed(BaseException):
    """The process is gone; no handler of the program sees it."""


def die(*_: object, **__: object) -> None:
    raise Killed


def be_killed(office: Office) -> None:
    """Take the inbox in and be killed on the way."""
    with pytest.raises(Killed):
        office.says("ingest")


def dying_at(call: Callable[..., object], count: int) -> Callable[..., object]:
    """Let a function work until it is called for the `count`-th time."""
    calls = 0

    def counted(*arguments: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        if calls == count:
            raise Killed
        return call(*arguments, **named)

    return counted


@pytest.fixture(scope="module")
def undisturbed(
    template_office: Office, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Office, Office]:
    """Give an office with the round in its inbox, and one in which it was taken in at once."""
    sent = template_office.copied(tmp_path_factory.mktemp("kiriman") / "ruang")
    first_round(sent)
    done = sent.copied(tmp_path_factory.mktemp("selesai") / "ruang")
    assert done.says("ingest").code == 1
    return sent, done


STEPS: dict[str, tuple[str, str, int]] = {
    "the register is in the archive": ("workbook_tools.archive.Archive", "append", 1),
    "the second file is being put into the archive": ("workbook_tools.archive.Archive", "put", 2),
    "the first files are in the archive": ("workbook_tools.archive.Archive", "append", 2),
    "the next files are in the archive": ("workbook_tools.archive.Archive", "append", 3),
    "the first arrivals are journalled": ("workbook_tools.ledger.Ledger", "arrive", 1),
    "the next arrivals are journalled": ("workbook_tools.ledger.Ledger", "arrive", 2),
    "the first arrivals are examined": ("workbook_tools.ledger.Ledger", "judge", 1),
    "the first are filed": ("workbook_tools.ledger.Ledger", "judge", 2),
    "judgements are recorded": ("workbook_tools.pipeline.settle", "deliver", 1),
    "a note is written, the next not": ("workbook_tools.pipeline.settle", "deliver", 2),
    "a correction is written, its text not": ("workbook_tools.pipeline.settle", "write_out", 3),
    "notes are written, nothing recorded": ("workbook_tools.ledger.Ledger", "advance", 1),
    "notes are delivered": ("workbook_tools.pipeline.settle", "take_away", 1),
    "a file is taken away, the next not": ("workbook_tools.pipeline.settle", "take_away", 2),
    "files are taken away": ("workbook_tools.ledger.Ledger", "advance", 2),
    "all are filed": ("workbook_tools.pipeline.take_in", "settle_pending", 1),
    "the master is about to be made": ("workbook_tools.pipeline.consolidate", "publish", 1),
    "the master is published": ("workbook_tools.ledger.Ledger", "record_master", 1),
}


IN_BETWEEN = (
    "the second file is being put into the archive",
    "the next files are in the archive",
    "the first are filed",
    "a note is written, the next not",
    "notes are written, nothing recorded",
    "a file is taken away, the next not",
    "all are filed",
    "the master is about to be made",
)
"""Steps whose neighbours tell the same; they run with all tests."""


@pytest.mark.parametrize(
    "step",
    [pytest.param(s, marks=pytest.mark.slow) if s in IN_BETWEEN else s for s in STEPS],
)
def test_a_process_that_ends_after_any_step_is_finished_by_the_next(
    undisturbed: tuple[Office, Office],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    sent, done = undisturbed
    office = sent.copied(tmp_path / "ruang")
    owner, name, count = STEPS[step]
    target = f"{owner}.{name}"
    original = {"Archive": Archive, "Ledger": Ledger}.get(owner.rsplit(".", 1)[1])
    call = getattr(original, name) if original else _function(owner, name)
    with monkeypatch.context() as patched:
        patched.setattr(target, dying_at(call, count))
        patched.setattr(ingest, "BATCH", 2)
        be_killed(office)
    office.says("ingest")
    assert tree(office.root / "outbox") == tree(done.root / "outbox")
    assert office.ledger() == done.ledger()
    assert office.inbox() == done.inbox() == []


def _function(module: str, name: str) -> Callable[..., object]:
    from importlib import import_module

    found: Callable[..., object] = getattr(import_module(module), name)
    return found


def test_a_second_kill_while_finishing_is_finished_too(
    undisturbed: tuple[Office, Office], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent, done = undisturbed
    office = sent.copied(tmp_path / "ruang")
    for step in (
        "the first arrivals are journalled",
        "judgements are recorded",
        "notes are delivered",
    ):
        owner, name, _ = STEPS[step]
        with monkeypatch.context() as patched:
            patched.setattr(f"{owner}.{name}", die)
            be_killed(office)
    office.says("ingest")
    assert tree(office.root / "outbox") == tree(done.root / "outbox")
    assert office.ledger() == done.ledger()
    assert office.inbox() == []


def test_a_journal_line_that_was_cut_off_is_no_arrival(
    undisturbed: tuple[Office, Office], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent, done = undisturbed
    office = sent.copied(tmp_path / "ruang")

    def torn(_: Archive, *__: Event) -> None:
        with (office.workspace.archive / "jurnal.jsonl").open("ab") as file:
            file.write(b'{"at": "2020-04-03T09:00:00+07:00", "event": "arr')
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("workbook_tools.archive.Archive.append", torn)
        be_killed(office)
    office.says("ingest")
    assert tree(office.root / "outbox") == tree(done.root / "outbox")
    assert office.ledger() == done.ledger()
    assert office.says("rebuild").code == 0
    assert tree(office.root / "outbox") == tree(done.root / "outbox")


def test_a_file_that_changed_after_it_was_read_stays_for_the_next_look(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = office.drop(PASAR, office.filled(PASAR))
    newer = office.filled(PASAR, {"H8": 2})

    def changed(*_: object, **__: object) -> None:
        path.write_bytes(newer)

    with monkeypatch.context() as patched:
        patched.setattr("workbook_tools.pipeline.settle.deliver", changed)
        first = office.says("ingest")
    assert [a["status"] for a in first.rows("arrivals")] == ["accepted"]
    assert office.inbox() == ["kabid-pasar/kiriman.xlsx"]
    second = office.says("ingest")
    assert [(a["status"], a["revision"]) for a in second.rows("arrivals")] == [("accepted", 2)]
    assert office.inbox() == []


def test_a_file_is_taken_away_only_when_the_archive_holds_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.drop(PASAR, office.filled(PASAR))

    def full(*_: object, **__: object) -> str:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("workbook_tools.archive.Archive.put", full)
        said = office.says("ingest")
    assert said.code == 2
    assert "No space left on device" in said.err
    assert office.inbox() == ["kabid-pasar/kiriman.xlsx"]
    assert office.says("ingest").code == 0


def test_an_oversized_file_is_archived_refused_and_taken_away(office: Office) -> None:
    data = b"PK\x03\x04" + bytes(Limits().file_size)
    office.drop(PASAR, data)
    said = office.says("ingest")
    (arrival,) = said.rows("arrivals")
    problems = arrival["problems"]
    assert isinstance(problems, list)
    assert (said.code, [p["code"] for p in problems]) == (1, ["B05"])
    assert office.inbox() == []
    archive = folder_archive(office.workspace.archive)
    assert archive.read(str(arrival["sha256"])) == data
    assert office.says("rebuild").code == 0
    assert office.says("verify").code == 0


def test_a_file_that_is_open_in_an_office_program_is_left_alone(office: Office) -> None:
    office.drop(PASAR, office.filled(PASAR), name="kiriman.xlsx")
    owner = office.drop(PASAR, b"Siti", name="~$kiriman.xlsx")
    said = office.says("ingest")
    found = {str(a["file"]).rsplit("/", 1)[1]: a["status"] for a in said.rows("arrivals")}
    assert (said.code, found) == (0, {"kiriman.xlsx": "ignored", "~$kiriman.xlsx": "ignored"})
    owner.unlink()
    assert [a["status"] for a in office.says("ingest").rows("arrivals")] == ["accepted"]


def test_a_file_that_changes_between_two_looks_is_left_alone(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = office.drop(PASAR, office.filled(PASAR))

    def grows(_: float) -> None:
        path.write_bytes(path.read_bytes() + b"x")

    with monkeypatch.context() as patched:
        patched.setattr("workbook_tools.pipeline.take_in.time.sleep", grows)
        said = office.says("ingest")
    assert [(a["status"], a["sha256"]) for a in said.rows("arrivals")] == [("ignored", None)]
    assert office.inbox() == ["kabid-pasar/kiriman.xlsx"]


def test_an_unnamed_save_of_excel_is_told_to_somebody_and_not_touched(office: Office) -> None:
    path = office.drop(PASAR, office.filled(PASAR), name="7A3B9C10")
    said = office.says("ingest")
    (arrival,) = said.rows("arrivals")
    assert (said.code, arrival["status"]) == (0, "ignored")
    assert "mungkin inilah satu-satunya salinan" in str(arrival["problems"])
    assert path.exists()
    assert office.says("status").rows("waiting") == []  # Excel may rename it in a moment
    (waits,) = office.says("status", today="2020-04-04").rows("waiting")
    assert (waits["file"], str(waits["since"])[:10]) == ("inbox/kabid-pasar/7A3B9C10", TODAY)
    assert "satu-satunya salinan" in str(waits["reason"])


def test_a_folder_in_other_letters_is_the_units_own(office: Office) -> None:
    (office.root / "inbox" / PASAR).rmdir()
    office.drop(PASAR.upper(), office.filled(PASAR))
    (arrival,) = office.says("ingest").rows("arrivals")
    assert arrival["status"] == "accepted"
    assert str(arrival["receipt"]).startswith(f"outbox/{PASAR}/")


def test_an_empty_file_is_refused_after_a_day_and_not_before(office: Office) -> None:
    office.drop(PASAR, b"")
    for day, codes in ((TODAY, ["B04"]), ("2020-04-04", ["B04"])):
        said = office.says("ingest", today=day)
        (arrival,) = said.rows("arrivals")
        assert (said.code, arrival["status"]) == (0, "ignored")
        assert [p["code"] for p in listed(arrival["problems"])] == codes
    said = office.says("ingest", today="2020-04-05")
    (arrival,) = said.rows("arrivals")
    assert (said.code, arrival["status"]) == (1, "rejected")
    ((code, severity),) = [(p["code"], p["severity"]) for p in listed(arrival["problems"])]
    assert (code, severity) == ("B04", "error")
    assert office.inbox() == []
    note = (office.root / str(arrival["note"])).read_text("utf-8-sig")
    assert "kosong (0 byte): penyalinannya tidak pernah selesai" in note
    assert office.says("verify").code == 0


def test_a_name_that_was_taken_in_before_is_a_new_file(office: Office) -> None:
    office.drop(PASAR, office.filled(PASAR))
    assert office.says("ingest", today=TODAY).code == 0
    office.drop(PASAR, b"")
    (arrival,) = office.says("ingest", today="2020-07-03").rows("arrivals")
    assert arrival["status"] == "ignored"


def test_a_file_too_large_to_keep_stays_and_is_told(office: Office) -> None:
    (office.root / "workbook_tools.toml").write_text("[limits]\nfile_size = 100\nkept = 200\n")
    office.drop(PASAR, bytes(150), name="besar.xlsx")
    office.drop(PASAR, bytes(300), name="terlalu.xlsx")
    said = office.says("ingest")
    told = {
        str(a["file"])[-12:]: (a["status"], [p["code"] for p in listed(a["problems"])])
        for a in said.rows("arrivals")
    }
    assert told == {
        "r/besar.xlsx": ("rejected", ["B05"]),
        "terlalu.xlsx": ("ignored", ["B05"]),
    }
    assert office.inbox() == ["kabid-pasar/terlalu.xlsx"]
    assert office.says("verify").code == 0


def listed(found: object) -> list[dict[str, object]]:
    """Give a list of a document."""
    assert isinstance(found, list)
    return found


NAMES = (
    "formulir TW I [final] (1).xlsx",
    "ISIAN — pasar é 日本.XLSX",
    "tanpa akhiran",
    "a" * 200 + ".xlsx",
    "=1+1;rm -rf.xlsx",
    "'petik' \"dua\".xlsx",
)


def test_names_and_sub_folders_of_any_kind_are_taken_in(office: Office) -> None:
    office.says("ingest")
    for number, name in enumerate(NAMES):
        office.drop(f"{PASAR}/dari kepala/{number}", b"bukan buku kerja", name=name)
    office.drop(f"{PASAR}/a/b/c", office.filled(PASAR), name=NAMES[0])
    said = office.says("ingest", today=TODAY)
    statuses = [a["status"] for a in said.rows("arrivals")]
    assert statuses == ["rejected", *["duplicate"] * (len(NAMES) - 1), "accepted"]
    assert office.inbox() == []
    notes = tree(office.root / "outbox" / PASAR / "ditolak")
    assert len(notes) == 1
    assert office.says("verify").code == 0


def related_returns(office: Office) -> None:
    """Drop returns that judge one another: revisions, repeats, copies, a later triwulan."""
    first = office.filled(PASAR)
    spoilt = office.filled(RETRIBUSI, {"H8": "abc"})
    returns = [
        (PASAR, first, "a.xlsx"),
        (PASAR, office.filled(PASAR, {"H8": Decimal(2)}), "b.xlsx"),
        (PASAR, office.filled(PASAR, {"H8": Decimal(3)}), "b (1).xlsx"),
        (PASAR, first, "c.xlsx"),
        (RETRIBUSI, spoilt, "d.xlsx"),
        (PASAR, office.filled(PASAR, {"H8": Decimal(400)}, period=2), "e.xlsx"),
        (RETRIBUSI, spoilt, "f.xlsx"),
        (NIAGA, office.filled(PASAR, {"H8": Decimal(5)}), "g.xlsx"),
        (RETRIBUSI, office.filled(RETRIBUSI), "h.xlsx"),
        (PASAR, office.filled(PASAR, {"H8": Decimal(6)}), "i.xlsx"),
    ]
    for number, (folder, data, name) in enumerate(returns):
        os.utime(office.drop(folder, data, name=name), (number, number))


@pytest.mark.parametrize("size", [1, 3])
def test_returns_of_one_batch_are_judged_as_one_after_another(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    related_returns(office)
    parted = office.copied(tmp_path / "bagian")
    said = office.says("ingest", today=LATER)
    with monkeypatch.context() as patched:
        patched.setattr(ingest, "BATCH", size)
        assert parted.says("ingest", today=LATER).rows("arrivals") == said.rows("arrivals")
    assert parted.ledger() == office.ledger()
    assert tree(parted.root / "outbox") == tree(office.root / "outbox")
    statuses = [str(arrival["status"]) for arrival in said.rows("arrivals")]
    assert Counter(statuses) == {"accepted": 6, "duplicate": 2, "rejected": 2}
