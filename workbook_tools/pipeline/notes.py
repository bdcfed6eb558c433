"""Make the notes of one arrival from its judgement."""

from __future__ import annotations

from workbook_tools.form.content import FormContent, FormIndicator
from workbook_tools.form.issued import IssuedForm
from workbook_tools.indicators.achievement import classify
from workbook_tools.indicators.numbers import format_number
from workbook_tools.ledger import ArrivalRow
from workbook_tools.notes.correction import Rejected, write_correction
from workbook_tools.notes.receipt import Receipt, write_receipt, write_repeat
from workbook_tools.notes.text import RejectionText, is_outdated, write_rejection_text
from workbook_tools.pipeline.arrival import Arrival, content_of, file_name
from workbook_tools.pipeline.issue import stamp_of
from workbook_tools.pipeline.session import Session
from workbook_tools.registry.model import Rules
from workbook_tools.validation.case import Case
from workbook_tools.validation.judge import Judgement


def correction_of(
    session: Session, arrival: Arrival, issued: IssuedForm, *, judgement: Judgement
) -> bytes:
    """Write the correction workbook of a rejected arrival.

    One that came on an outdated form is given back on the newest, which alone can count.
    """
    mended = _newest(session, issued) if is_outdated(judgement.problems) else issued
    return write_correction(
        Rejected(
            content=mended.content,
            stamp=stamp_of(mended, session.key),
            form=judgement.form,
            problems=judgement.problems,
            file=file_name(arrival),
            number=arrival.number,
            rules=session.registry.rules,
            standing=judgement.standing,
        )
    )


def _newest(session: Session, issued: IssuedForm) -> IssuedForm:
    content = issued.content
    shelf = session.ledger.shelf()
    return shelf.latest(content.unit, content.year, period=content.period) or issued


def rejection_of(
    session: Session, arrival: Arrival, judgement: Judgement, *, correction: str
) -> str:
    """Write the text note of a rejected arrival."""
    content = content_of(judgement)
    return write_rejection_text(
        RejectionText(
            file=file_name(arrival),
            number=arrival.number,
            received=session.in_words(arrival.at),
            content=content,
            problems=judgement.problems,
            correction=correction,
            folder=content.unit if content else (arrival.folder or ""),
            unplaced=judgement.form.unplaced if judgement.form else (),
            standing=judgement.standing,
        )
    )


def repeat_of(session: Session, arrival: Arrival, content: FormContent, *, row: ArrivalRow) -> str:
    """Write what is said of a file that was accepted before and does not count any more."""
    problems = row.report.get("problems")
    told = [str(p["message"]) for p in problems] if isinstance(problems, list) else []
    return write_repeat(
        content, file=file_name(arrival), received=session.in_words(arrival.at), told=told
    )


def receipt_of(session: Session, arrival: Arrival, judgement: Judgement, *, row: ArrivalRow) -> str:
    """Write the receipt of an accepted arrival."""
    case = judgement.case
    if case is None:
        raise ValueError("an accepted arrival has a form")
    return write_receipt(
        Receipt(
            form=case.form,
            file=file_name(arrival),
            number=arrival.number,
            received=session.in_words(arrival.at),
            revision=row.revision or 0,
            sha256=arrival.sha256,
            problems=judgement.problems,
            capaian=_capaian(case.form.content, case=case, rules=session.registry.rules),
        )
    )


def _capaian(content: FormContent, *, case: Case, rules: Rules) -> tuple[tuple[str, str], ...]:
    words: list[tuple[str, str]] = []
    for indicator in content.indicators:
        text = _words(indicator, case=case, rules=rules)
        if text:
            words.append((indicator.id, text))
    return tuple(words)


def _words(indicator: FormIndicator, *, case: Case, rules: Rules) -> str:
    reached = case.to_date(indicator).value
    if reached is None:
        return ""
    figure = format_number(reached, decimals=indicator.decimals)
    text = f"Realisasi s.d. triwulan ini: {figure} {indicator.satuan}"
    shown = case.capaian(indicator).shown
    if shown is None:
        return text
    label = classify(shown, rules.predikat_policy, scale=rules.scale)
    against = "target tahun" if indicator.target_to_date is None else "target s.d. triwulan"
    return f"{text}; capaian terhadap {against} {format_number(shown, decimals=2)} % ({label})"
