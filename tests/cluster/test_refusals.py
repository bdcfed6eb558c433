"""A cluster that cannot be used is told in one sentence, before anything is touched."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cluster.hosts import cluster
from tests.cluster.sent import Sent
from tests.missing import without
from tests.shell import Office, Said, tree
from workbook_tools.cluster.connection import ClusterUnusable, Told, require_address, require_same

NOBODY = "tcp://127.0.0.1:1"
OURS = {"python": "3.11.7.final.0", "distributed": "2026.8.0", "workbook-tools": "0.1.0"}


def refused(office: Office, *arguments: str) -> str:
    """Give the sentence of a call that is refused and leaves the office as it was."""
    before = tree(office.root)
    said = office.says("ingest", *arguments)
    assert (said.code, said.out) == (2, "")
    assert tree(office.root) == before
    return said.err


def test_a_scheduler_without_its_engine_is_a_mistake(office: Office) -> None:
    assert refused(office, "--scheduler", NOBODY).endswith(
        "Kesalahan: --scheduler hanya dipakai bersama --engine dask.\n"
    )


def test_the_engine_without_a_scheduler_is_a_mistake(office: Office) -> None:
    assert refused(office, "--engine", "dask").endswith(
        "Kesalahan: --engine dask memerlukan --scheduler ALAMAT.\n"
    )


@pytest.mark.parametrize(
    "address", ["", "penjadwal", "tcp://", "tcp://host", "http://host:80", "host:0", "host:65536"]
)
def test_what_is_no_address_is_told_with_how_one_looks(office: Office, address: str) -> None:
    assert refused(office, "--engine", "dask", "--scheduler", address).startswith(
        f"“{address}” bukan alamat penjadwal Dask."
    )


@pytest.mark.parametrize(
    "address", ["host:8786", "tcp://10.0.0.5:8786", "tls://nama.kantor:1", "tcp://[::1]:65535"]
)
def test_what_is_an_address_passes(address: str) -> None:
    require_address(address)


def test_a_missing_extra_is_told_with_how_to_install_it(office: Office) -> None:
    with without("dask", "distributed"):
        said = refused(office, "--engine", "dask", "--scheduler", NOBODY)

    constraints = Path(__file__).parents[2] / "constraints.txt"
    assert said.endswith(
        f'install -c "{constraints}" "workbook-tools[dask]", lalu ulangi perintah ini.\n'
    )


def told(kind: str = "Scheduler", **workers: dict[str, str | None]) -> Told:
    """Give what a scheduler of our versions tells of its workers."""
    return Told(kind, OURS, workers)


@pytest.fixture
def _our_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("distributed.versions.get_versions", lambda **_: {"packages": OURS})


@pytest.mark.usefixtures("_our_versions")
@pytest.mark.parametrize(
    ("name", "version", "sentence"),
    [
        ("python", "3.13.2.final.0", "memakai Python 3.13, sedangkan komputer ini memakai Python"),
        ("distributed", "2025.1.0", "memakai distributed 2025.1.0, sedangkan komputer ini memakai"),
        ("workbook-tools", None, "tidak memiliki workbook-tools, sedangkan komputer ini memakai"),
        ("workbook-tools", "9.9", "workbook-tools 9.9, sedangkan komputer ini memakai workbook-"),
    ],
)
def test_another_version_on_a_worker_is_refused_with_both_named(
    name: str, version: str | None, sentence: str
) -> None:
    with pytest.raises(ClusterUnusable, match=sentence):
        require_same(told(a=dict(OURS), b={**OURS, name: version}), NOBODY)


@pytest.mark.usefixtures("_our_versions")
def test_a_later_python_of_the_same_series_is_no_other_version() -> None:
    require_same(told(a={**OURS, "python": "3.11.9.final.0"}), NOBODY)


@pytest.fixture
def asks(stock: Sent, tmp_path: Path) -> Callable[..., Said]:
    """Let an office ask a cluster, and see that a refusal leaves everything as it was."""
    office = stock.copied(tmp_path / "kantor")

    def asking(address: str) -> Said:
        before = tree(office.root)
        said = office.does("ingest", "--engine", "dask", "--scheduler", address)
        waited = f"Menghubungi penjadwal Dask di {address}; ditunggu paling lama 3 detik.\n"
        err = said.err.removeprefix(waited)
        assert (said.code, said.out, err.count("\n")) == (2, "", 1)
        assert tree(office.root) == before
        return Said(said.code, said.out, err)

    return asking


@contextmanager
def stranger(says: bytes) -> Iterator[str]:
    """Run something on a port that says the same to everybody, and nothing else."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        callers: list[socket.socket] = []

        def answer() -> None:
            while True:
                try:
                    caller, _ = server.accept()
                except OSError:
                    return
                callers.append(caller)
                caller.sendall(says)

        threading.Thread(target=answer, daemon=True).start()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
        for caller in callers:
            caller.close()


@pytest.mark.cluster
@pytest.mark.parametrize(
    "says",
    [b"", b"SSH-2.0-OpenSSH_9.2\r\n" * 20, b"\0" * 64, b"\xff" * 500],
    ids=["silent", "another service", "zeros", "noise"],
)
def test_a_stranger_on_the_port_is_no_scheduler(asks: Callable[..., Said], says: bytes) -> None:
    with stranger(says) as address:
        said = asks(address)

    assert said.err.startswith(f"Penjadwal Dask di {address} tidak dapat dihubungi.")


@pytest.mark.cluster
@pytest.mark.parametrize("address", [NOBODY, "tcp://tidak.ada.invalid:8786", "tls://127.0.0.1:1"])
def test_nobody_at_the_address_is_told(asks: Callable[..., Said], address: str) -> None:
    assert asks(address).err.startswith(f"Penjadwal Dask di {address} tidak dapat dihubungi.")


@pytest.mark.cluster
def test_a_scheduler_without_workers_is_told(asks: Callable[..., Said], tmp_path: Path) -> None:
    with cluster(tmp_path / "kluster", 0) as running:
        said = asks(running.address)

    assert said.err.startswith(f"Penjadwal Dask di {running.address} tidak punya pekerja")


def renamed(folder: Path, name: str, version: str) -> dict[str, str]:
    """Let a process believe that a package has another version, as its own records say."""
    records = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    records.mkdir(parents=True)
    (records / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    return {"PYTHONPATH": str(folder)}


@pytest.mark.cluster
@pytest.mark.parametrize(
    ("name", "words"), [("distributed", "distributed"), ("workbook-tools", "workbook-tools")]
)
@pytest.mark.parametrize("part", ["Penjadwal", "Pekerja"])
def test_a_part_of_another_version_is_refused_with_both_named(
    asks: Callable[..., Said], tmp_path: Path, part: str, name: str, words: str
) -> None:
    other = renamed(tmp_path / "lain", name, "9.9")
    with cluster(tmp_path / "kluster", 0, env=other if part == "Penjadwal" else None) as running:
        running.worker(env=other if part == "Pekerja" else None)
        said = asks(running.address)

    assert said.err.startswith(f"{part} Dask di tcp://")
    assert f"memakai {words} 9.9, sedangkan komputer ini memakai {words} " in said.err


@pytest.mark.cluster
def test_a_worker_is_no_scheduler(asks: Callable[..., Said], tmp_path: Path) -> None:
    with cluster(tmp_path / "kluster", 0) as running:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        running.worker("--no-nanny", "--worker-port", str(port))
        asked = f"tcp://127.0.0.1:{port}"
        said = None
        while said is None or "tidak dapat dihubungi" in said.err:  # until it is up
            said = asks(asked)

    assert said.err.startswith(f"Yang menjawab di {asked} bukan penjadwal Dask")
