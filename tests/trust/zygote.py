"""Turn lines of JSON into runs of the command line, each in a forked copy of this process.

What takes long is done once: the program is imported, and one round has been run, before the
first fork. A copy that is to be disturbed waits until the tracer holds it. What would differ
from run to run for no reason of the program is fixed: its process number, which stands in the
names of temporary files, and the length of its pauses.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import gc
import importlib
import io
import json
import logging
import os
import pkgutil
import select
import signal
import sqlite3.dbapi2
import sys
import time
import traceback
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TextIO, cast

PR_SET_PDEATHSIG = 1
PR_SET_PTRACER = 0x59616D61
PR_SET_PTRACER_ANY = -1
LONGEST_PAUSE = 0.01  # seconds
PACKAGE = "workbook_tools"
EXTRAS = ("pyarrow", "docxtpl", "docx")
OF_EXTRAS = ("report", "export", "pipeline.report", "pipeline.export", "cli_outputs")
LEDGER_PATIENCE = 0.2  # seconds for a ledger that another process holds, here none
PATIENCE = {  # how long the program waits for another process, here none
    "workbook_tools.pipeline.session": {"WAIT_SECONDS": 0.2},
    "workbook_tools.pipeline.take_in": {"LOOK_AGAIN_SECONDS": 0.01},
}


def _die_with_parent() -> None:
    """Leave nothing running where a test is killed itself."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)


def _prepare() -> None:
    """Import the whole program, and let it be traced and be quick.

    The extras stay out: nothing that is disturbed uses them, and pyarrow, which pandas takes
    along where it is there, starts threads that no fork survives.
    """
    sys.modules.update(dict.fromkeys(EXTRAS))  # type: ignore[arg-type] # None bars an import
    package = importlib.import_module(PACKAGE)
    for module in pkgutil.walk_packages(package.__path__, f"{PACKAGE}."):
        if not module.name.endswith("__main__"):
            with contextlib.suppress(*((ImportError,) if _needs_extra(module.name) else ())):
                importlib.import_module(module.name)
    for name, values in PATIENCE.items():
        for attribute, value in values.items():
            assert hasattr(sys.modules[name], attribute)
            setattr(sys.modules[name], attribute, value)
    vars(sqlite3.dbapi2)["connect"] = partial(sqlite3.dbapi2.connect, timeout=LEDGER_PATIENCE)


def _needs_extra(name: str) -> bool:
    return name.startswith(tuple(f"{PACKAGE}.{part}" for part in OF_EXTRAS))


def _run(commands: Sequence[Sequence[str]], folder: Path) -> None:
    """Run commands one after another; what each says and its code go into files."""
    from workbook_tools.cli import main

    for number, command in enumerate(commands):
        with (
            (folder / f"{number}.out").open("w", encoding="utf-8") as out,
            (folder / f"{number}.err").open("w", encoding="utf-8") as err,
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            # Without a handler of its own the log would go where the first round's went.
            logging.getLogger().handlers.clear()
            code: object = 70
            try:
                main(list(command))
            except SystemExit as ended:
                code = ended.code
            except BaseException:  # noqa: BLE001 - it is what is looked for
                traceback.print_exc()
        (folder / f"{number}.code").write_text(str(code or 0))


def _child(request: dict[str, object], gate: int) -> None:
    """Wait for the tracer, then do what was asked; never comes back."""
    os.setpgid(0, 0)  # what it starts can be found by its group
    number = int(str(request["number"]))
    pause = time.sleep
    vars(os)["getpid"] = lambda: number
    vars(time)["sleep"] = lambda seconds: pause(min(seconds, LONGEST_PAUSE))
    _die_with_parent()
    ctypes.CDLL(None).prctl(PR_SET_PTRACER, ctypes.c_ulong(PR_SET_PTRACER_ANY), 0, 0, 0)
    select.select([gate], [], [])
    _run(cast("list[list[str]]", request["commands"]), Path(str(request["folder"])))
    logging.shutdown()
    atexit._run_exitfuncs()  # the reading process is ended as at a real end
    os._exit(0)


def _answer(answers: TextIO, what: object) -> None:
    answers.write(f"{what}\n")
    answers.flush()


def _serve(lines: TextIO, answers: TextIO) -> None:
    """Fork for every request: answer its number, open its gate when told, answer its end."""
    while line := lines.readline():
        request: dict[str, object] = json.loads(line)
        gate, key = os.pipe()
        number = os.fork()
        if number == 0:
            os.close(key)
            try:
                _child(request, gate)
            finally:
                os._exit(71)
        os.close(gate)
        _answer(answers, number)
        lines.readline()  # the tracer holds it
        os.close(key)
        _, status = os.waitpid(number, 0)
        _answer(answers, os.waitstatus_to_exitcode(status))


def _threads() -> int:
    return len(list(Path("/proc/self/task").iterdir()))


def _warm_up(commands: Sequence[Sequence[str]]) -> None:
    """Do a round once, so that nothing is left to be imported."""
    from workbook_tools.cli import main

    for command in commands:
        with (
            contextlib.redirect_stdout(io.StringIO()),
            contextlib.redirect_stderr(io.StringIO()),
            contextlib.suppress(SystemExit),
        ):
            main(list(command))


if __name__ == "__main__":
    _die_with_parent()
    _prepare()
    _warm_up(json.loads(sys.argv[1]))
    atexit._run_exitfuncs()  # a reading process that the round left behind is not for the copies
    assert _threads() == 1, "a process with threads must not fork"
    gc.collect()
    gc.freeze()
    _answer(sys.stdout, "ready")
    _serve(sys.stdin, sys.stdout)
