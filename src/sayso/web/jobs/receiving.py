"""What is sent to be added: files and addresses, read no further than the limits, kept under names of ours.

What a file is, its content tells; where that leaves it open, as with tables and Markdown, its name does. The name
itself is only shown.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path
from typing import Final

from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from sayso.errors import SaysoError, TooLarge
from sayso.gather.decode import PEEK, without_surrogates
from sayso.gather.kinds import Kind, kind_of, kind_of_name
from sayso.share.visible import one_line
from sayso.web.jobs.bounds import Bounds
from sayso.web.jobs.records import Input, Job
from sayso.web.jobs.running import Jobs

_FORM: Final = "multipart/form-data"
_NAMES: Final = re.compile(r"[\\/]")
_LONGEST: Final = 200  # code points of a name that are shown
_LONGEST_ADDRESS: Final = 2_000
_FIELD_BYTES: Final = 300_000
_COPIED: Final = 1_000_000
_WEB: Final = ("https://", "http://")
_SCHEME: Final = re.compile(r"^[A-Za-z]+(?=://)")
# Kinds that no content tells for sure, with the ending under which they are kept.
_OPEN: Final = {Kind.CSV: ".csv", Kind.MARKDOWN: ".md"}
_PACKED: Final = b"\x1f\x8b"


async def sent(request: Request, bounds: Bounds) -> FormData:
    """The form of a request, its files not in memory. Raises TooLarge, SaysoError on what is no such form."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise SaysoError("This is no form with files", "Send it from its own page, or as multipart/form-data")
    parser = MultiPartParser(
        request.headers, _limited(request, bounds.upload_bytes), max_files=bounds.files, max_fields=20,
        max_part_size=_FIELD_BYTES,
    )  # fmt: skip
    try:
        return await parser.parse()
    except (MultiPartException, KeyError, ValueError, UnicodeError) as error:
        said = getattr(error, "message", "") or "its parts cannot be told apart"
        raise SaysoError(
            f"What was sent cannot be taken: {said}", f"At most {bounds.files} files at once, sent by a browser"
        ) from error


def files_of(form: FormData) -> list[UploadFile]:
    """The files that somebody chose; a field for files that was left empty is none."""
    return [it for it in form.getlist("files") if isinstance(it, UploadFile) and (it.filename or it.size)]


def addresses_of(said: str, bounds: Bounds) -> list[str]:
    """The addresses on the lines of a field. Raises SaysoError on what is none, or too many.

    Their schemes come in small letters, without which `captures` would take them for paths of this machine.
    """
    lines = (_SCHEME.sub(lambda scheme: scheme[0].lower(), line.strip()) for line in said.splitlines())
    found = list(dict.fromkeys(line for line in lines if line))
    for it in found:
        if not it.startswith(_WEB) or len(it) > _LONGEST_ADDRESS:
            raise SaysoError(f"“{one_line(it)[:100]}” is no address of the web", "It begins with https:// or http://")
    if len(found) > bounds.addresses:
        raise SaysoError(f"{len(found)} addresses are too many at once", f"Give {bounds.addresses} at a time")
    return found


def planned(jobs: Jobs, who: str, files: Sequence[UploadFile], addresses: Sequence[str]) -> Job:
    """A job for what was sent, its files in its folder, started. Raises SaysoError where there is nothing to add."""
    if not files and not addresses:
        raise SaysoError("There is nothing to add", "Choose a file, or give an address")
    names = [_shown(it.filename or "") for it in files]
    kept = [Input(name, f"{number}{_ending(it)}") for number, (name, it) in enumerate(zip(names, files, strict=True))]
    job = jobs.planned(who, (*kept, *map(Input, addresses)))
    folder = jobs.folder_of(job)
    try:
        folder.mkdir(parents=True)
        for it, file in zip(kept, files, strict=True):
            _copy(file, folder / it.file)
        jobs.start(job)
    except OSError as error:
        jobs.discard(job)
        raise SaysoError(f"The files cannot be kept: {error.strerror}", "Make room, and send them again") from error
    except SaysoError:
        jobs.discard(job)
        raise
    return job


async def _limited(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            cure = "Send fewer at a time, or add them by sayso add"
            raise TooLarge("what was sent", f"it is over the limit of {most:,} bytes", cure)
        yield part


def _copy(file: UploadFile, path: Path) -> None:
    file.file.seek(0)
    with path.open("xb") as out:
        while part := file.file.read(_COPIED):
            out.write(part)


def _ending(file: UploadFile) -> str:
    """The ending under which a file is kept: none where its content tells what it is."""
    file.file.seek(0)
    head = file.file.read(PEEK)
    promised = kind_of_name(_shown(file.filename or ""))
    if kind_of(head) is not Kind.TEXT or promised not in _OPEN:
        return ""
    return _OPEN[promised] + (".gz" if head.startswith(_PACKED) and promised is Kind.CSV else "")


def _shown(name: str) -> str:
    """A file's name as it is shown: the last part of a path, without what cannot be seen, not too long."""
    last = one_line(without_surrogates(_NAMES.split(name)[-1]).text).strip()
    return last[:_LONGEST] or "without a name"
