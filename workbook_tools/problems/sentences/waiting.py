"""Say what waits in the inbox and why, and what troubles whoever looks into it."""

from __future__ import annotations

import errno

SILENT = "Folder inbox tidak menjawab; drive bersama mungkin sedang terganggu."
BARE = "Folder inbox kosong, folder unit pun tidak ada; mungkin drive bersama terlepas."
CHECK_SHARE = "Periksa sambungan ke drive bersama, lalu jalankan lagi."
NEW_FOLDERS = (
    "Bila folder unit memang terhapus, “workbook-tools init” membuatnya lagi tanpa mengubah yang "
    "lain."
)

HELD = (
    "sudah diperiksa; berkasnya belum dapat diambil dari inbox, tutup bila masih terbuka di Excel"
)
COPYING = "menunggu sampai selesai disalin"
UNWATCHED = "belum diperiksa karena pemantau tidak berjalan; jalankan workbook-tools ingest"
EMPTY = "masih kosong (0 byte); bila tetap kosong, kirim lagi"
LEFT_BEHIND = (
    "berkas sementara yang tertinggal; bila isinya formulir, simpan lagi sebagai .xlsx, bila "
    "bukan, boleh dihapus"
)
UNNAMED = (
    "simpanan Excel yang belum bernama dan mungkin satu-satunya salinan; bila tetap ada, "
    "buka dengan Excel lalu simpan sebagai .xlsx"
)

_REASONS = {
    "tidak ditemukan": (errno.ENOENT, errno.ENOTDIR),
    "tidak diizinkan": (errno.EACCES, errno.EPERM),
    "sedang dipakai": (errno.EBUSY, errno.ETXTBSY),
    "gangguan disk atau jaringan": (errno.EIO,),
    "disk penuh": (errno.ENOSPC, errno.EDQUOT),
    "nama terlalu panjang": (errno.ENAMETOOLONG,),
    "sambungan terputus": (
        errno.ENOTCONN,
        errno.ESTALE,
        errno.EHOSTDOWN,
        errno.EHOSTUNREACH,
        errno.ENETUNREACH,
        errno.ECONNABORTED,
        errno.ECONNRESET,
    ),
    "tidak ada jawaban": (errno.ETIMEDOUT,),
}
_WORDS = {number: words for words, numbers in _REASONS.items() for number in numbers}


def reason_of(error: OSError) -> str:
    """Give in words why the system refused something; its own words where we have none."""
    return _WORDS.get(error.errno or 0) or error.strerror or str(error) or type(error).__name__


def unreachable(reason: str) -> str:
    """Say that the inbox cannot be looked into."""
    return f"Folder inbox tidak terjangkau ({reason})."


def at_fault(name: str) -> str:
    """Say that the program failed when it looked into the inbox; the fault has a name."""
    return f"Gangguan pada program saat melihat inbox ({name})."


def closed(reason: str) -> str:
    """Say of a folder that what it holds cannot be seen."""
    return f"folder tidak dapat dibuka ({reason}), jadi isinya belum dapat dilihat"


def too_deep(most: int) -> str:
    """Say of a folder that it lies too deep to be looked into."""
    return f"lebih dari {most} folder bersarang; pindahkan isinya langsung ke folder unit"


def still_open(lock: str) -> str:
    """Say of a file that it is open, by the file that says so, and what to do about either."""
    return (
        "masih dibuka di program lain; tutup berkasnya; bila tidak ada yang membukanya, hapus "
        f"{lock}"
    )
