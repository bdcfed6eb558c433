"""Conditions that stop a command, each with a sentence that says what the operator does next."""

from __future__ import annotations


class OperatorError(Exception):
    """Something the operator must put right before the command can run (exit 2)."""


class NotAWorkspace(OperatorError):
    """The folder holds no workspace."""


class BadSettings(OperatorError):
    """The settings file cannot be used as it stands."""


class BadRegister(OperatorError):
    """The register workbook cannot be used; `findings` are (sheet, cell, sentence)."""

    def __init__(self, findings: tuple[tuple[str | None, str | None, str], ...]) -> None:
        """Keep the findings and say them all."""
        self.findings = findings
        lines = [
            f"- {sheet}!{cell}: {sentence}" if sheet and cell else f"- {sentence}"
            for sheet, cell, sentence in findings
        ]
        super().__init__("Registri belum dapat dipakai:\n" + "\n".join(lines))


class BadRequest(OperatorError):
    """The command asks for something the register does not have."""


class LedgerUnusable(OperatorError):
    """The ledger is lost or damaged; archive and register make it anew."""


class ArchiveDamaged(OperatorError):
    """A file that the archive must hold is gone or has changed, or its journal has."""


class Busy(OperatorError):
    """Another process works on this workspace."""


class CannotWrite(OperatorError):
    """A folder or file of the workspace cannot be written."""
