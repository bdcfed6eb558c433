"""Keep issues, arrivals and judgements, and say which accepted return counts."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from workbook_tools.errors import BadSettings
from workbook_tools.form.content import digest, make_content
from workbook_tools.form.issued import IssuedForm
from workbook_tools.form.snapshot import write_snapshot
from workbook_tools.ledger import VERSION, ArrivalFacts, Ledger, PastReturn, Verdict
from workbook_tools.ledger.place import Place
from workbook_tools.ledger.postgres import postgres_place
from workbook_tools.ledger.rows import submission_of
from workbook_tools.ledger.tables import meta_table
from workbook_tools.registry.source import load_source

PASAR, NIAGA = "kabid-pasar", "kasi-tertib-niaga-metrologi"
AT = datetime(2020, 4, 3, 2, 30, tzinfo=UTC)


def arrive(ledger: Ledger, *, sha256: str = "aa", file: str = "inbox/a.xlsx") -> int:
    """Let a file arrive; give its number."""
    number = ledger.next_arrival()
    ledger.arrive([ArrivalFacts(number, sha256, file, None, AT, taken=True)])
    return number


def verdict(
    status: str = "accepted",
    *,
    unit: str | None = PASAR,
    period: int = 1,
    issue: int = 1,
    value: str | None = "5",
    year: int = 2020,
) -> Verdict:
    """Give a judgement with one value, one text and one name."""
    accepted = status == "accepted"
    return Verdict(
        status=status,
        unit=unit,
        year=year,
        period=period,
        issue=issue,
        revision=1 if accepted else None,
        report={"problems": [{"code": "S11", "severity": "warning"}]},
        values={("kabid-pasar/01", "a"): None if value is None else Decimal(value)}
        if accepted
        else {},
        texts={("kabid-pasar/01", "bukti"): "foto", ("", "pengisi_nama"): "Siti"}
        if accepted
        else {},
    )


def accept(ledger: Ledger, value: str, *, issue: int = 1, unit: str = PASAR) -> int:
    """Let a return arrive and be accepted; give its number."""
    number = arrive(ledger)
    ledger.judge({number: verdict(value=value, issue=issue, unit=unit)})
    return number


# arrivals


def test_arrivals_are_numbered_from_1_in_their_order(ledger: Ledger) -> None:
    assert ledger.next_arrival() == 1
    assert [arrive(ledger) for _ in range(3)] == [1, 2, 3]
    assert [row.id for row in ledger.arrivals()] == [1, 2, 3]


def test_an_arrival_is_given_back_as_it_came(ledger: Ledger) -> None:
    ledger.arrive([ArrivalFacts(1, "ab", "inbox/x/é.xlsx", "x", AT, taken=False)])
    row = ledger.arrival(1)
    assert (row.sha256, row.file, row.folder, row.at, row.taken, row.state, row.status) == (
        "ab",
        "inbox/x/é.xlsx",
        "x",
        AT,
        False,
        "arrived",
        None,
    )
    assert row.report == {}


def test_an_arrival_recorded_again_changes_nothing(ledger: Ledger) -> None:
    accept(ledger, "5")
    again = [ArrivalFacts(number, "lain", "lain", None, AT, taken=True) for number in (1, 2)]
    ledger.arrive(again)
    told = [(row.sha256, row.state) for row in ledger.arrivals()]
    assert told == [("aa", "judged"), ("lain", "arrived")]


def test_what_is_unfinished_is_what_is_not_filed(ledger: Ledger) -> None:
    for _ in range(4):
        arrive(ledger)
    ledger.judge({2: verdict("rejected")})
    ledger.judge({3: verdict()})
    ledger.advance([3], "delivered")
    ledger.advance([4], "filed")
    assert [(row.id, row.state) for row in ledger.unfinished()] == [
        (1, "arrived"),
        (2, "judged"),
        (3, "delivered"),
    ]


def test_a_judgement_is_recorded_whole_or_not_at_all(ledger: Ledger) -> None:
    accept(ledger, "5")
    with pytest.raises(IntegrityError):
        ledger.judge({1: verdict(value="6")})  # its values stand there already
    (submission,) = ledger.submissions()
    assert submission.values == {("kabid-pasar/01", "a"): Decimal(5)}


def test_the_same_bytes_are_found_among_earlier_judged_arrivals(ledger: Ledger) -> None:
    for sha256 in ("aa", "bb", "aa", "aa"):
        arrive(ledger, sha256=sha256)
    ledger.judge({1: verdict("rejected")})
    ledger.judge({2: verdict()})
    ledger.judge({4: verdict()})
    past = ledger.past((), {"aa"})
    assert [row.id for row in past.same_bytes("aa", before=4)] == [1]
    assert [row.id for row in past.same_bytes("aa", before=5)] == [1, 4]


# accepted values


def test_an_accepted_return_becomes_a_submission(ledger: Ledger) -> None:
    accept(ledger, "12345678901234567890.10")
    (submission,) = ledger.submissions()
    assert submission.values == {("kabid-pasar/01", "a"): Decimal("12345678901234567890.10")}
    assert str(submission.values["kabid-pasar/01", "a"]) == "12345678901234567890.10"
    assert submission.texts == {("kabid-pasar/01", "bukti"): "foto"}
    assert submission.people == {"pengisi_nama": "Siti"}
    assert submission.received_at == AT
    assert submission.warnings == 1


def test_no_data_is_none_and_not_0(ledger: Ledger) -> None:
    ledger.judge({arrive(ledger): verdict(value=None)})
    (submission,) = ledger.submissions()
    assert submission.values == {("kabid-pasar/01", "a"): None}


def counting(ledger: Ledger) -> list[Decimal | None]:
    """Give the value that counts of each submission, as the ledger and its past tell alike."""
    told = ledger.submissions(unit=PASAR)
    assert ledger.past({(PASAR, 2020)}, ()).submissions(PASAR, 2020, before=10**6) == told
    return [s.values["kabid-pasar/01", "a"] for s in told]


def revisions(ledger: Ledger) -> int:
    """Count the accepted returns of the form."""
    return ledger.past({(PASAR, 2020)}, ()).revisions(PASAR, 2020, period=1)


def test_of_several_accepted_returns_the_last_to_arrive_counts(ledger: Ledger) -> None:
    accept(ledger, "1")
    accept(ledger, "2")
    assert counting(ledger) == [Decimal(2)]
    assert revisions(ledger) == 2


def test_the_newest_issue_counts_whatever_arrives_later_on_an_older(ledger: Ledger) -> None:
    accept(ledger, "1", issue=2)
    accept(ledger, "2", issue=1)
    assert counting(ledger) == [Decimal(1)]


def test_a_rejected_return_never_counts(ledger: Ledger) -> None:
    accept(ledger, "1")
    ledger.judge({arrive(ledger): verdict("rejected", issue=9)})
    assert counting(ledger) == [Decimal(1)]
    assert revisions(ledger) == 1


def test_before_looks_only_at_what_had_come_by_then(ledger: Ledger) -> None:
    for value in ("1", "2", "3"):
        accept(ledger, value)
    past = ledger.past({(PASAR, 2020)}, ())
    (second,) = past.submissions(PASAR, 2020, before=3)
    assert second.values == {("kabid-pasar/01", "a"): Decimal(2)}
    assert past.submissions(PASAR, 2020, before=1) == ()
    assert [r.id for r in past.accepted(PASAR, 2020, period=1, before=3)] == [1, 2]


def test_a_past_grows_with_each_judgement_as_the_ledger_does(ledger: Ledger) -> None:
    accept(ledger, "1")
    past = ledger.past({(PASAR, 2020)}, {"aa"})
    number = accept(ledger, "2", issue=2)
    row = ledger.arrival(number)
    told = verdict(value="2", issue=2)
    past.add(PastReturn(row, submission_of(row, told.values, told.texts)))
    grown = ledger.past({(PASAR, 2020)}, {"aa"})
    assert past.submissions(PASAR, 2020, before=9) == grown.submissions(PASAR, 2020, before=9)
    assert past.same_bytes("aa", before=9) == grown.same_bytes("aa", before=9)
    assert past.counting(row) == grown.counting(row) == ledger.submissions()[0]


def test_of_a_file_that_came_before_the_other_returns_of_its_form_are_known(
    ledger: Ledger,
) -> None:
    accept(ledger, "1")
    ledger.judge({arrive(ledger, sha256="bb"): verdict(value="2")})
    past = ledger.past((), {"aa"})
    (first,) = past.same_bytes("aa", before=9)
    counts = past.counting(first)
    assert counts is not None
    assert counts.sha256 == "bb"


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(issues=st.lists(st.integers(1, 3), min_size=1, max_size=6))
def test_what_counts_is_the_last_of_the_newest_issue(place: Place, issues: list[int]) -> None:
    place.remove(None)
    ledger = Ledger(place)
    try:
        for number, issue in enumerate(issues, start=1):
            accept(ledger, str(number), issue=issue)
        last = max(n for n, issue in enumerate(issues, start=1) if issue == max(issues))
        assert counting(ledger) == [Decimal(last)]
    finally:
        ledger.close()


def test_submissions_are_parted_by_unit_year_and_triwulan(ledger: Ledger) -> None:
    accept(ledger, "1")
    accept(ledger, "2", unit=NIAGA)
    ledger.judge({arrive(ledger): verdict(value="3", period=2)})
    ledger.judge({arrive(ledger): verdict(value="4", year=2021)})
    found = [(s.unit, s.year, s.period) for s in ledger.submissions()]
    assert found == [(PASAR, 2020, 1), (PASAR, 2020, 2), (PASAR, 2021, 1), (NIAGA, 2020, 1)]
    assert ledger.accepted(PASAR, 2020) == {
        1: {("kabid-pasar/01", "a"): Decimal(1)},
        2: {("kabid-pasar/01", "a"): Decimal(3)},
    }


def test_more_submissions_than_sqlite_binds_at_once_are_given(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbook_tools.ledger.judged._CHUNK", 7)
    for number in range(20):
        accept(ledger, str(number), unit=f"unit-{number:04}")
    assert len(ledger.submissions()) == 20
    assert all(len(s.values) == 1 for s in ledger.submissions())


# masters


def test_a_judgement_marks_the_master_of_its_year_until_it_is_published(ledger: Ledger) -> None:
    accept(ledger, "1")
    ledger.judge({arrive(ledger): verdict("rejected", year=2021)})
    ledger.judge({arrive(ledger): verdict("duplicate", year=2022)})
    assert ledger.stale_years() == (2020, 2021)
    ledger.record_master(2020)
    assert ledger.stale_years() == (2021,)
    accept(ledger, "2")
    assert ledger.stale_years() == (2020, 2021)


# issued forms


def issue(ledger: Ledger, number: int, *, accepted: str | None = None) -> IssuedForm:
    """Issue a form of TW II, with what was accepted in TW I."""
    before = {1: {("kabid-pasar/01", "a"): Decimal(accepted)}} if accepted else {}
    content = make_content(load_source(), PASAR, year=2020, period=2, accepted=before)
    snapshot = write_snapshot(content)
    form = IssuedForm(content, number, digest(snapshot))
    ledger.record_issue(form, snapshot, sha256=f"form {number}", at=AT)
    return form


def test_an_issued_form_is_found_again_by_its_number(ledger: Ledger) -> None:
    first, second = issue(ledger, 1), issue(ledger, 2, accepted="3")
    shelf = ledger.shelf()
    assert shelf.find(PASAR, 2020, period=2, issue=1) == first
    assert shelf.latest(PASAR, 2020, period=2) == second
    assert ledger.issues_of(PASAR, 2020, period=2) == (first, second)
    assert ledger.issues_of(PASAR, 2020, period=1) == ()
    assert ledger.issued_periods() == ((2020, 2),)
    assert ledger.issued_forms() == {(PASAR, 2020, 2)}
    assert ledger.issued_hashes() == (("form 1", first.digest), ("form 2", second.digest))


def test_a_large_shelf_knows_its_forms_and_reads_those_of_a_year_when_one_is_asked_for(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbook_tools.ledger.issued.AT_ONCE", 0)
    issued = issue(ledger, 1)
    asked: list[tuple[str, int]] = []
    really = ledger.issues_of_year

    def counted(unit: str, year: int) -> dict[int, tuple[IssuedForm, ...]]:
        asked.append((unit, year))
        return really(unit, year)

    monkeypatch.setattr(ledger, "issues_of_year", counted)
    shelf = ledger.shelf()
    assert (list(shelf.forms), asked) == ([(PASAR, 2020, 2)], [])
    assert shelf.find(NIAGA, 2020, period=2, issue=1) is None
    assert asked == []
    assert shelf.latest(PASAR, 2020, period=2) == shelf.latest(PASAR, 2020, period=2) == issued
    assert asked == [(PASAR, 2020)]


def test_a_shelf_holds_no_more_forms_than_it_may(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbook_tools.ledger.issued.AT_ONCE", 0)
    monkeypatch.setattr("workbook_tools.ledger.issued.MOST_FORMS", 0)
    first = issue(ledger, 1)
    shelf = ledger.shelf()
    assert [shelf.latest(PASAR, 2020, period=2) for _ in range(3)] == [first] * 3


def test_a_number_once_issued_keeps_its_form(ledger: Ledger) -> None:
    first = issue(ledger, 1)
    issue(ledger, 1, accepted="3")
    assert ledger.issues_of(PASAR, 2020, period=2) == (first,)


# the place


def test_what_was_recorded_is_there_after_opening_again(place: Place) -> None:
    first = Ledger(place)
    accept(first, "5")
    first.close()
    second = Ledger(place)
    try:
        assert counting(second) == [Decimal(5)]
    finally:
        second.close()


def test_a_ledger_of_a_newer_program_is_refused(place: Place) -> None:
    opened = Ledger(place)
    with opened._engine.begin() as connection:
        connection.execute(update(meta_table).values(version=VERSION + 1))
    opened.close()
    with pytest.raises(BadSettings, match="lebih baru"):
        Ledger(place)


def test_units_stand_in_the_same_order_in_every_database(ledger: Ledger) -> None:
    for unit in ("b", "a-b", "B", "ab", "a_b", "A"):
        accept(ledger, "1", unit=unit)
    assert [s.unit for s in ledger.submissions()] == ["A", "B", "a-b", "a_b", "ab", "b"]


def test_a_return_whose_stamp_says_any_year_is_recorded(ledger: Ledger) -> None:
    ledger.judge({arrive(ledger): verdict("rejected", year=2**40, issue=2**40)})
    assert [(r.year, r.issue) for r in ledger.arrivals()] == [(2**40, 2**40)]
    assert ledger.stale_years() == (2**40,)


def test_every_write_to_a_file_lasts_through_a_power_cut(tmp_path: Path) -> None:
    opened = Ledger(tmp_path / "ledger.sqlite")
    with opened._engine.connect() as connection:
        modes = [
            cast("Any", connection.exec_driver_sql(f"PRAGMA {name}").scalar())
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    opened.close()
    assert modes == ["wal", 2, 1]


@pytest.mark.postgres
def test_every_write_to_a_server_waits_for_its_disk(database: str) -> None:
    opened = Ledger(postgres_place(database))
    with opened._engine.connect() as connection:
        modes = [
            connection.exec_driver_sql(f"show {name}").scalar()
            for name in ("synchronous_commit", "search_path")
        ]
    opened.close()
    assert modes == ["on", "workbook_tools"]
