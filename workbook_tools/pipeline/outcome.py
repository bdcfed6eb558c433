"""Turn a judgement into the outcome of an arrival: accepted, rejected, or the same as before."""

from __future__ import annotations

from dataclasses import replace

from workbook_tools.form.submission import Submission
from workbook_tools.ledger import ArrivalRow, Past
from workbook_tools.pipeline.arrival import (
    Arrival,
    Outcome,
    bare_name,
    content_of,
    note_paths,
    sender,
)
from workbook_tools.pipeline.session import Session
from workbook_tools.problems.catalogue import problem
from workbook_tools.problems.problem import Severity
from workbook_tools.validation.judge import Judgement

FAULT = "fault"  # the status of what the program itself failed on


def outcome_of(session: Session, arrival: Arrival, judgement: Judgement, *, past: Past) -> Outcome:
    """Give the outcome of a judgement, with the paths its notes will have."""
    content = content_of(judgement)
    stamp = judgement.identity.stamp
    problems = judgement.problems
    draft = Outcome(
        file=arrival.file,
        sha256=arrival.sha256,
        unit=content.unit if content else (stamp.unit if stamp else None),
        year=content.year if content else (stamp.year if stamp else None),
        period=content.period if content else (stamp.period if stamp else None),
        revision=None,
        status="rejected",
        problems=problems,
        number=arrival.number,
        is_refused=True,
    )
    same = _same_before(session, arrival, draft, judgement=judgement, past=past)
    if same is not None:
        return same
    units = session.registry.form_units()
    unit = sender(arrival, judgement, units=units)
    if not judgement.accepted or content is None:
        paths = note_paths(session.workspace.outbox, arrival, judgement, unit=unit, revision=None)
        text = session.workspace.relative(paths.text)
        note = text if content is None else session.workspace.relative(paths.correction)
        return replace(draft, note=note, note_text=text)
    revision = 1 + past.revisions(content.unit, content.year, period=content.period)
    paths = note_paths(
        session.workspace.outbox, arrival, judgement, unit=content.unit, revision=revision
    )
    return replace(
        draft,
        status="accepted",
        revision=revision,
        receipt=session.workspace.relative(paths.receipt),
        is_refused=False,
    )


def _same_before(
    session: Session, arrival: Arrival, draft: Outcome, *, judgement: Judgement, past: Past
) -> Outcome | None:
    """Give the outcome of a file that came before: accepted, or rejected for the same reasons.

    A rejected file may come again where it now fits (another folder, an opened period), so
    only one whose judgement is the same is called the same; one that was accepted and counts
    no longer, because a newer issue was returned, is told so with its reason (K06).
    """
    refusals = {(p.code, p.severity) for p in judgement.problems}
    no_more = refusals & {("I03", Severity.ERROR), ("K06", Severity.ERROR)}
    for row in past.same_bytes(arrival.sha256, before=arrival.number):
        if row.status == "accepted" and not no_more:
            counting = _counting_now(past, row)
            return replace(
                _repeated(
                    session,
                    draft,
                    row,
                    result=_accepted_words(row, counting),
                    variant="" if counting is None else "superseded",
                ),
                revision=row.revision,
                receipt=_text(row, "receipt")
                if counting is None
                else session.workspace.relative(
                    note_paths(
                        session.workspace.outbox,
                        arrival,
                        judgement,
                        unit=row.unit or "",
                        revision=row.revision,
                    ).repeat
                ),
                is_refused=False,
            )
        codes = [p["code"] for p in _problems(row)]
        if row.status == "rejected" and codes == [p.code for p in judgement.problems]:
            result = f"sudah diperiksa dan harus diperbaiki, lihat catatan nomor {row.id}"
            repeated = _repeated(session, draft, row, result=result)
            return replace(
                repeated,
                problems=(*judgement.problems, *repeated.problems),
                note=_text(row, "note"),
                note_text=_text(row, "note_text"),
            )
    return None


def _counting_now(past: Past, row: ArrivalRow) -> Submission | None:
    """Give the other return that counts now for the form of an accepted one, if there is one."""
    now = past.counting(row)
    return None if now is None or now.sha256 == row.sha256 else now


def _accepted_words(row: ArrivalRow, counting: Submission | None) -> str:
    """Say that a file was accepted, and whether another return of its form counts now."""
    if counting is None:
        return "sudah diterima"
    return (
        f"sudah diterima sebagai revisi {row.revision}; yang berlaku sekarang revisi "
        f"{counting.revision} dari “{bare_name(counting.file)}”"
    )


def _repeated(
    session: Session, draft: Outcome, row: ArrivalRow, *, result: str, variant: str = ""
) -> Outcome:
    again_problem = problem(
        "K01",
        found=bare_name(row.file),
        when=session.in_words(row.at),
        result=result,
        variant=variant,
    )
    return replace(draft, status="duplicate", problems=(again_problem,))


def _problems(row: ArrivalRow) -> list[dict[str, object]]:
    found = row.report.get("problems")
    return found if isinstance(found, list) else []


def _text(row: ArrivalRow, name: str) -> str | None:
    found = row.report.get(name)
    return found if isinstance(found, str) else None
