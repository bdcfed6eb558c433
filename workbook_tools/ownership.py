"""Tell whose records a workspace's are, so that two computers never judge the same inbox.

The state (ledger, archive, key) lies on one computer, the workspace often on a share. A
mark beside the settings says which key signs here; a computer with another key, or with
none, would call every form unknown and judge what was judged already.
"""

from __future__ import annotations

import hashlib
import json
import logging
import platform
from datetime import datetime

from workbook_tools.errors import BadSettings
from workbook_tools.outbox import write_atomically
from workbook_tools.workspace import Workspace

MARK = ".ruang-kerja.json"
log = logging.getLogger(__name__)


def claim(workspace: Workspace, now: datetime) -> bytes:
    """Give the workspace's key, made where the workspace is new.

    BadSettings where the workspace belongs to another computer's records.
    """
    path = workspace.root / MARK
    try:
        mark = json.loads(path.read_text("utf-8"))
        owner, computer = str(mark["penanda"]), str(mark["komputer"])
    except FileNotFoundError:
        owner = computer = ""
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadSettings(
            f"{path} tidak dapat dibaca. Pulihkan dari cadangan, atau hapus bila hanya komputer "
            "ini yang memakai ruang kerja ini."
        ) from error
    if owner and (not workspace.has_key() or fingerprint(workspace.key()) != owner):
        raise BadSettings(
            f"Catatan program untuk ruang kerja ini ada di komputer {computer}, bukan di "
            f"{workspace.state}. Jalankan program di komputer itu; bila pekerjaan dipindahkan ke "
            f"komputer ini, salin dahulu folder catatannya ke {workspace.state}."
        )
    key = workspace.key()
    if not owner:
        _mark(workspace, key, now)
    return key


def fingerprint(key: bytes) -> str:
    """Give what may be known of a key by everybody."""
    return hashlib.sha256(b"workbook_tools" + key).hexdigest()[:32]


def _mark(workspace: Workspace, key: bytes, now: datetime) -> None:
    told = {
        "keterangan": "Penanda workbook_tools: komputer mana yang menyimpan catatannya.",
        "komputer": platform.node(),
        "penanda": fingerprint(key),
        "sejak": now.isoformat(),
    }
    text = json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    try:
        write_atomically(workspace.root / MARK, text.encode())
    except OSError as error:
        log.warning("penanda ruang kerja tidak dapat ditulis (%s)", error.strerror)
