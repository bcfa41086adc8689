"""Tasks for the jail that behave as parsers must not."""

import os
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

Reply = dict[str, Any]


def echo(data: bytes, options: Reply) -> Reply:
    print("noise on standard output")
    return {"data": data.decode(), "options": options, "pid": os.getpid()}


def sleep(_: bytes, __: Reply) -> Reply:
    time.sleep(60)
    return {}


def spin(_: bytes, __: Reply) -> Reply:
    while True:
        pass


def hoard(_: bytes, __: Reply) -> Reply:
    return {"size": len([bytes(50_000_000) for _ in range(200)])}


def complain(_: bytes, __: Reply) -> Reply:
    raise ValueError("no such berth")


def recurse(data: bytes, options: Reply) -> Reply:
    return recurse(data, options)


def die(_: bytes, __: Reply) -> Reply:
    os.kill(os.getpid(), signal.SIGSEGV)
    return {}


def leave(_: bytes, __: Reply) -> Reply:
    sys.exit("gone")


def open_many(_: bytes, __: Reply) -> Reply:
    return {"open": len([Path(os.devnull).open() for _ in range(1000)])}


def write(data: bytes, options: Reply) -> Reply:
    Path(options["path"]).write_bytes(data)
    return {}


def connect(_: bytes, options: Reply) -> Reply:
    with socket.create_connection(("127.0.0.1", options["port"]), timeout=2):
        return {}


def spawn(_: bytes, __: Reply) -> Reply:
    return {"status": os.system("true")}
