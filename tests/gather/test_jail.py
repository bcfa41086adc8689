import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.errors import WorkerFailed
from sayso.gather import Limits
from sayso.gather.jail import Jail

LIMITS = Limits(cpu_seconds=1, wall_seconds=10, memory_bytes=500_000_000)


@pytest.fixture
def jail(monkeypatch: pytest.MonkeyPatch) -> Iterator[Jail]:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    jail = Jail()
    yield jail
    jail.close()


def run(jail: Jail, task: str, limits: Limits = LIMITS, **options: object) -> dict[str, object]:
    return jail.run(f"misdeeds:{task}", b"berths", options, "pier.html", limits)


def test_a_task_gets_bytes_and_options_and_its_result_comes_back(jail: Jail) -> None:
    reply = run(jail, "echo", depth=5)
    assert reply["data"] == "berths"
    assert reply["options"] == {"depth": 5}
    assert reply["pid"] != os.getpid()


def test_the_worker_is_kept_for_the_next_document(jail: Jail) -> None:
    assert len({run(jail, "echo")["pid"] for _ in range(5)}) == 1


def test_closing_twice_is_harmless_and_a_later_call_starts_a_new_worker(jail: Jail) -> None:
    first = run(jail, "echo")["pid"]
    jail.close()
    jail.close()
    assert run(jail, "echo")["pid"] != first


@pytest.mark.parametrize(
    ("task", "reason"),
    [
        ("hoard", "more than 500,000,000 bytes of memory"),
        ("complain", "ValueError: no such berth"),
        ("recurse", "RecursionError"),
        ("die", "brought the worker down"),
        ("leave", "brought the worker down"),
        ("open_many", "Too many open files"),
        ("spawn", "os.system is not allowed"),
        ("missing", "AttributeError"),
    ],
)
def test_a_task_that_misbehaves_fails_with_a_reason_and_costs_nobody_else(jail: Jail, task: str, reason: str) -> None:
    with pytest.raises(WorkerFailed, match=reason) as caught:
        run(jail, task)
    assert caught.value.origin == "pier.html"
    assert run(jail, "echo")["data"] == "berths"


def test_a_task_that_hangs_is_stopped_at_the_wall_time(jail: Jail) -> None:
    start = time.monotonic()
    with pytest.raises(WorkerFailed, match=r"pier\.html: parsing took more than 0\.5 s"):
        run(jail, "sleep", Limits(wall_seconds=0.5))
    assert time.monotonic() - start < 5
    assert run(jail, "echo")["data"] == "berths"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on processor time")
def test_a_task_that_spins_is_stopped_at_the_processor_time(jail: Jail) -> None:
    with pytest.raises(WorkerFailed, match="more than 1 s of processor time"):
        run(jail, "spin")


def test_a_task_cannot_write_files(jail: Jail, tmp_path: Path) -> None:
    with pytest.raises(WorkerFailed, match="OSError"):
        run(jail, "write", path=str(tmp_path / "out"))
    assert not list(tmp_path.glob("*")) or (tmp_path / "out").read_bytes() == b""


def test_a_task_cannot_reach_the_network(jail: Jail) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        with pytest.raises(WorkerFailed, match="not allowed while parsing"):
            run(jail, "connect", port=server.getsockname()[1])
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize("delay", [0.02, 0.1, 0.3])
def test_a_worker_killed_at_any_moment_is_a_failure_never_a_result(jail: Jail, delay: float) -> None:
    pid = run(jail, "echo")["pid"]
    assert isinstance(pid, int)
    killer = threading.Timer(delay, os.kill, (pid, signal.SIGKILL))
    killer.start()
    with pytest.raises(WorkerFailed):
        run(jail, "sleep", Limits(wall_seconds=5))
    killer.join()
    assert run(jail, "echo")["data"] == "berths"


def test_a_worker_that_died_between_documents_is_replaced_unnoticed(jail: Jail) -> None:
    pid = run(jail, "echo")["pid"]
    assert isinstance(pid, int)
    os.kill(pid, signal.SIGKILL)
    time.sleep(0.1)
    assert run(jail, "echo")["data"] == "berths"


def test_threads_take_turns(jail: Jail) -> None:
    replies: list[object] = []
    threads = [threading.Thread(target=lambda: replies.append(run(jail, "echo")["data"])) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert replies == ["berths"] * 4


FORKED = """
import os
from sayso.gather import gather_bytes
page = b"<!doctype html><p>The mayor said that the pier would open in spring.</p>"
first = gather_bytes(page).text
child = os.fork()
if child == 0:
    os._exit(0 if gather_bytes(page).text == first else 1)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
assert gather_bytes(page).text == first
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_process_gets_a_worker_of_its_own() -> None:
    subprocess.run([sys.executable, "-W", "ignore", "-c", FORKED], check=True, timeout=60)


def test_a_folder_with_modules_of_the_parsers_names_is_no_danger(tmp_path: Path) -> None:
    (tmp_path / "trafilatura.py").write_text("raise SystemExit('taken over')")
    sources = os.pathsep.join(path for path in sys.path if path)
    script = FORKED[: FORKED.index("child")]
    subprocess.run(
        [sys.executable, "-P", "-c", script],
        env=os.environ | {"PYTHONPATH": sources},
        check=True,
        timeout=60,
        cwd=tmp_path,
    )


def test_the_worker_ends_with_its_caller(tmp_path: Path) -> None:
    script = (
        "from sayso.gather.jail import shared_jail\n"
        "print(shared_jail().run('misdeeds:echo', b'x', {}, 'x')['pid'])\n"
        "import os; os._exit(1)\n"
    )
    paths = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        timeout=60,
    )
    for _ in range(50):
        try:
            os.kill(int(done.stdout), 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    # A container without an init process leaves ended orphans as zombies.
    assert "(zombie)" in Path(f"/proc/{int(done.stdout)}/status").read_text()
