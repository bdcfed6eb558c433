"""Send forms out: numbers, archive, and a process that ends on the way."""

from __future__ import annotations

import pytest

from tests.pipeline.test_ingest import Killed
from tests.shell import PASAR, Office
from workbook_tools.ledger import Ledger


def test_a_form_whose_process_ended_after_the_journal_keeps_its_number(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object, **__: object) -> None:
        raise Killed

    command = ("issue", "--year", "2020", "--period", "TW3", "--unit", PASAR)
    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "record_issue", die)
        with pytest.raises(Killed):
            office.says(*command)
    office.drop(PASAR, office.filled(PASAR))
    assert office.says("ingest").code == 0
    # The figures of TW I are in by now, so the form shows more than the one on its way did.
    (form,) = office.says(*command).rows("forms")
    assert form["issue"] == 2
    filled = office.filled(PASAR, period=3)
    office.drop(PASAR, filled)
    assert office.says("ingest", today="2020-10-02").code == 0
    ledger = office.ledger()
    assert office.says("rebuild").code == 0
    assert office.ledger()["value"] == ledger["value"]
    assert office.ledger()["issue"] == ledger["issue"]


def test_an_issue_that_is_back_at_earlier_figures_gets_a_number_of_its_own(
    office: Office,
) -> None:
    command = ("issue", "--year", "2020", "--period", "TW2", "--unit", PASAR)
    first = office.form(PASAR, 2)
    for typed, number in ((3, 2), (4, 3), (3, 4)):
        office.drop(
            PASAR, office.filled(PASAR, {"H8": typed, "P8": str(number)}), name=f"{number}.xlsx"
        )
        assert office.says("ingest").code == 0
        (form,) = office.says(*command).rows("forms")
        assert form["issue"] == number
    assert office.form(PASAR, 2) != first
    latest = office.form(PASAR, 2)
    assert [form["issue"] for form in office.says(*command).rows("forms")] == [4]
    assert office.form(PASAR, 2) == latest
    assert office.says("verify").code == 0
