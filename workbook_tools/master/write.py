"""Turn a consolidated year into the bytes of the master workbook."""

from __future__ import annotations

from collections.abc import Sequence

from workbook_tools.form.submission import Delivery
from workbook_tools.master.figures import Consolidated
from workbook_tools.master.report import plan_report
from workbook_tools.master.sheets.catatan import write_texts
from workbook_tools.master.sheets.document import write_document
from workbook_tools.master.sheets.evaluasi import write_evaluation
from workbook_tools.master.sheets.jejak import write_trail
from workbook_tools.master.sheets.kaskade import write_cascade
from workbook_tools.master.sheets.kiriman import write_deliveries
from workbook_tools.master.sheets.listing import write_data, write_findings, write_inputs
from workbook_tools.master.sheets.pengukuran import write_measurement
from workbook_tools.master.sheets.position import write_position
from workbook_tools.master.sheets.summary import write_summary
from workbook_tools.master.sheets.tentang import write_about
from workbook_tools.master.sheets.tren import write_trends
from workbook_tools.master.styles import DEFAULTS, STYLES
from workbook_tools.master.trail import Received
from workbook_tools.registry.finding import Finding
from workbook_tools.registry.model import Registry
from workbook_tools.uncollected import uncollected
from workbook_tools.xlsx import Book


@uncollected()
def write_master(
    consolidated: Consolidated,
    registry: Registry,
    *,
    deliveries: Sequence[Delivery],
    findings: Sequence[Finding],
    trail: Sequence[Received] = (),
    version: str,
    notice: str = "",
) -> bytes:
    """Write the whole master; equal arguments give equal bytes.

    `trail` are the accepted returns in the order of their arrival. `notice` is shown
    prominently on the first sheet, such as that figures are invented. Raises
    `WriteRefused` where a value cannot be stored as it stands.
    """
    report = plan_report(
        consolidated,
        registry,
        deliveries=deliveries,
        findings=findings,
        trail=trail,
        version=version,
        notice=notice,
    )
    book = Book(title=f"IKU dan IKI {consolidated.year}", styles=STYLES, defaults=DEFAULTS)
    write_summary(book, report)
    for plan in report.agency_plans:
        write_position(book, report, plan)
    write_measurement(book, report)
    write_evaluation(book, report)
    write_cascade(book, report)
    write_trends(book, report)
    for plan in report.position_plans:
        write_position(book, report, plan)
    write_deliveries(book, report)
    write_texts(book, report)
    write_trail(book, report)
    write_findings(book, report)
    write_inputs(book, report)
    write_data(book, report)
    write_about(book, report)
    write_document(book, report)
    return book.close()
