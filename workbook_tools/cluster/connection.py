"""Turn the address of a Dask scheduler into an engine, or into a sentence for the operator."""

from __future__ import annotations

import asyncio
import logging
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook_tools.cluster.examining import CHUNK, Cluster
from workbook_tools.errors import OperatorError
from workbook_tools.extras import how_to_install
from workbook_tools.pipeline.engine import Engine, Examiner, Read
from workbook_tools.slow import told_if_slow

if TYPE_CHECKING:
    from distributed import Client

COMPARED = {"python": "Python", "distributed": "distributed", "workbook-tools": "workbook-tools"}
"""What must be of one version here, on the scheduler and on every worker."""
OURS = "workbook-tools"

_ADDRESS = re.compile(r"(?:(?:tcp|tls)://)?(?:[\w.-]+|\[[0-9a-fA-F:]+\]):(?P<port>\d{1,5})")
_LAST_PORT = 65_535
_LOOK_SECONDS = 0.2  # between two looks whether workers have come
_LOUD = ("distributed", "tornado", "asyncio")
log = logging.getLogger(__name__)

Versions = Mapping[str, str | None]


class ClusterUnusable(OperatorError):
    """The cluster cannot be used as it stands; nothing was sent to it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What answered at an address: its type, its versions, and those of each of its workers."""

    kind: str
    versions: Versions
    workers: Mapping[str, Versions]


@contextmanager
def connected(address: str, *, chunk: int = CHUNK) -> Iterator[Engine]:
    """Connect to a scheduler and give the engine that its workers are.

    ClusterUnusable where that is not possible: no such address, nobody there, no scheduler, no
    workers in time, or versions other than ours. How long is waited is Dask's own setting
    `distributed.comm.timeouts.connect`.
    """
    require_address(address)
    try:
        import dask
        import distributed  # noqa: F401 - it reads its settings and sets its loggers up
    except ImportError as error:
        raise ClusterUnusable(how_to_install("dask", missing=error.name)) from error
    patience = dask.utils.parse_timedelta(dask.config.get("distributed.comm.timeouts.connect"))
    with _hushed():
        most = f"ditunggu paling lama {patience:.0f} detik"
        with told_if_slow(f"Menghubungi penjadwal Dask di {address}; {most}."):
            told = _told(address, patience)
        require_same(told, address)
        with _client(address, patience) as client:

            @contextmanager
            def engine(read: Read) -> Iterator[Examiner]:
                yield Cluster(client, address, patience, read, chunk)

            yield engine


def require_address(address: str) -> None:
    """Refuse what cannot be the address of a scheduler."""
    found = _ADDRESS.fullmatch(address)
    if found is None or not 0 < int(found["port"]) <= _LAST_PORT:
        raise ClusterUnusable(
            f"“{address}” bukan alamat penjadwal Dask. Tuliskan seperti tcp://10.0.0.5:8786, atau "
            "tls://10.0.0.5:8786 bila sambungannya disandikan."
        )


def require_same(told: Told, address: str) -> None:
    """Refuse what is no scheduler, has no workers, or has others than our versions."""
    from distributed.versions import get_versions

    if told.kind != "Scheduler":
        raise ClusterUnusable(
            f"Yang menjawab di {address} bukan penjadwal Dask (melainkan {told.kind}). Tuliskan "
            "alamat penjadwalnya pada --scheduler."
        )
    ours = get_versions(packages=[OURS])["packages"]
    _require_versions(told.versions, ours, f"Penjadwal Dask di {address}")
    for worker, versions in sorted(told.workers.items()):
        _require_versions(versions, ours, f"Pekerja Dask di {worker}")
    if not told.workers:
        raise ClusterUnusable(
            f"Penjadwal Dask di {address} tidak punya pekerja yang menjawab. Jalankan pekerjanya "
            f"(dask worker {address}), lalu ulangi perintah ini."
        )


def _require_versions(theirs: Versions, ours: Versions, who: str) -> None:
    for name, words in COMPARED.items():
        their, our = _version(name, theirs), _version(name, ours)
        if their != our:
            has = f"memakai {words} {their}" if their else f"tidak memiliki {words}"
            raise ClusterUnusable(
                f"{who} {has}, sedangkan komputer ini memakai {words} {our}. Samakan versinya, "
                "lalu ulangi perintah ini."
            )


def _version(name: str, versions: Versions) -> str | None:
    """Give a version; of Python only what decides whether its code can pass (3.11)."""
    version = versions.get(name)
    return ".".join(version.split(".")[:2]) if version and name == "python" else version


def _told(address: str, patience: float) -> Told:
    """Ask who is there; ClusterUnusable where nobody answers as a part of Dask does.

    The client of Dask would wait for ever on a port that accepts and says nothing.
    """
    try:
        return asyncio.run(_asked(address, patience))
    except Exception as error:  # whatever Dask makes of what a stranger answers
        log.debug("tidak ada jawaban dari %s", address, exc_info=True)
        raise _unreachable(address) from error


async def _asked(address: str, patience: float) -> Told:
    from distributed.comm.core import connect
    from distributed.core import send_recv
    from distributed.security import Security

    secured = Security().get_connection_args("client")
    async with asyncio.timeout(patience):
        comm = await connect(address, timeout=patience, **secured)
    try:
        async with asyncio.timeout(patience):
            identity = await send_recv(comm, op="identity")
            versions = await send_recv(comm, op="versions", packages=[OURS])
        told = Told(identity["type"], versions["packages"], {})
        if told.kind != "Scheduler":
            return told
        ask = {"op": "versions", "packages": [OURS]}
        answers: Mapping[str, Mapping[str, Versions]] = {}
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                while not answers:
                    answers = await send_recv(comm, op="broadcast", msg=ask, on_error="ignore")
                    await asyncio.sleep(0 if answers else _LOOK_SECONDS)
        workers = {worker: answer["packages"] for worker, answer in answers.items() if answer}
        return Told(told.kind, told.versions, workers)
    finally:
        comm.abort()


@contextmanager
def _client(address: str, patience: float) -> Iterator[Client]:
    from distributed import Client

    try:
        client = Client(address, timeout=patience, set_as_default=False, name=OURS)
    except (OSError, ValueError, ImportError) as error:
        raise _unreachable(address) from error
    try:
        if not _speaks():
            client.sync(_silence)
        yield client
    finally:
        client.close()


async def _silence() -> None:
    """Let the loop of a client tell nobody but us of what its tasks leave behind."""
    asyncio.get_running_loop().set_exception_handler(_left_behind)


def _left_behind(_loop: asyncio.AbstractEventLoop, context: Mapping[str, object]) -> None:
    """Keep what a task of Dask leaves when it is collected, which is after all was closed."""
    log.debug("sisa tugas Dask: %s", context.get("exception", context.get("message")))


def _unreachable(address: str) -> ClusterUnusable:
    return ClusterUnusable(
        f"Penjadwal Dask di {address} tidak dapat dihubungi. Periksa alamatnya, sambungan "
        "jaringan, dan apakah penjadwal (dask scheduler) sedang berjalan; bila memakai tls://, "
        "periksa juga sertifikat dalam pengaturan Dask."
    )


def _speaks() -> bool:
    """Tell whether somebody has asked Dask to speak, in the settings of Dask."""
    import dask

    return bool(dask.config.get("logging", None) or dask.config.get("distributed.logging", None))


@contextmanager
def _hushed() -> Iterator[None]:
    """Let Dask speak only where somebody has asked for it."""
    if _speaks():
        yield
        return
    loggers = [logging.getLogger(name) for name in _LOUD]
    before = [(logger.handlers, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.handlers, logger.propagate = [logging.NullHandler()], False
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module=r"(distributed|tornado|asyncio)\b")
            yield
    finally:
        for logger, (handlers, propagate) in zip(loggers, before, strict=True):
            logger.handlers, logger.propagate = handlers, propagate
