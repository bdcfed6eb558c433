"""Give a round of returns over two triwulan: accepted, revised, rejected, repeated, unreadable."""

from __future__ import annotations

from decimal import Decimal

from tests.shell import LATER, NIAGA, PASAR, RETRIBUSI, TODAY, Office

HTML = b"<html><body>bukan buku kerja</body></html>"


def first_round(office: Office) -> None:
    """Send TW I: one accepted, one rejected, one twice, one that is no workbook."""
    sound = office.filled(PASAR)
    office.drop(PASAR, sound, name="a.xlsx")
    office.drop(PASAR, sound, name="b salinan (1).xlsx")
    office.drop(RETRIBUSI, office.filled(RETRIBUSI, {"H8": "abc"}), name="c.xlsx")
    office.drop(NIAGA, HTML, name="d.xlsx")


def a_year_of_work(office: Office) -> None:
    """Do two triwulan with corrections, revisions, and a second issue of a form."""
    first_round(office)
    assert office.says("ingest", today=TODAY).code == 1
    office.drop(RETRIBUSI, office.filled(RETRIBUSI, {"H8": Decimal(2)}), name="lagi.xlsx")
    office.drop(PASAR, office.filled(PASAR, {"H8": Decimal(2)}), name="revisi.xlsx")
    assert office.says("ingest", today="2020-04-09").code == 0
    old_issue = office.filled(PASAR, {"H8": Decimal(4)}, period=2)
    forms = office.says("issue", "--year", "2020", "--period", "TW2", "--unit", PASAR)
    assert [form["issue"] for form in forms.rows("forms")] == [2]
    office.drop(PASAR, office.filled(PASAR, {"H8": Decimal(3)}, period=2), name="tw2.xlsx")
    assert office.says("ingest", today=LATER).code == 0
    office.drop(PASAR, old_issue, name="tw2 lama.xlsx")
    office.drop("", HTML, name="tanpa folder.xlsx")
    office.drop(NIAGA, office.filled(PASAR, period=2), name="salah folder.xlsx")
    assert office.says("ingest", today="2020-07-04").code == 1
