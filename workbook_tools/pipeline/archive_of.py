"""Turn a workspace into its archive, and make sure that it is that of no other."""

from __future__ import annotations

from workbook_tools.archive import Archive, folder_archive, open_archive
from workbook_tools.errors import BadSettings
from workbook_tools.ledger import Ledger
from workbook_tools.ownership import fingerprint
from workbook_tools.workspace import Workspace


def archive_of(workspace: Workspace) -> Archive:
    """Give the archive where the settings say it is; BadSettings where that is nowhere."""
    return open_archive(workspace.settings.archive_url.get_secret_value(), workspace.archive)


def make_own(archive: Archive, workspace: Workspace, *, ledger: Ledger, key: bytes) -> None:
    """Write down whose a shared archive is; BadSettings where it cannot be this workspace's.

    Two workspaces in one place would mix their journals. An empty place of a workspace that
    has worked already is not its archive, but one that somebody forgot to copy it to, or a
    share that has come off.
    """
    if not archive.is_shared:
        return
    mark = fingerprint(key)
    owners = archive.owners()
    if set(owners) - {mark}:
        raise BadSettings(
            f"Arsip di {archive.place} milik ruang kerja lain. Pakai satu tempat untuk tiap ruang "
            "kerja; perbaiki “archive_url” di workbook_tools.toml."
        )
    if owners:
        return
    has_worked = bool(ledger.arrival_numbers() or ledger.issued_hashes())
    if not any(archive.journal()) and (has_worked or _has_own(workspace)):
        raise BadSettings(
            f"Arsip di {archive.place} kosong, padahal ruang kerja ini sudah berisi catatan. Salin "
            f"dahulu isi {workspace.archive} ke sana, atau perbaiki “archive_url” di "
            "workbook_tools.toml."
        )
    archive.belong_to(mark)


def _has_own(workspace: Workspace) -> bool:
    return any(folder_archive(workspace.archive).journal())
