"""One row of data - an object of JSON Lines, a row of a table - to a report, whose text stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sayso.errors import BrokenLine
from sayso.gather.dates import published
from sayso.gather.decode import garbled, without_surrogates
from sayso.gather.language import language
from sayso.vocabulary import Published, Report, ReportId, report_id

_FIELDS: Final = ("title", "outlet", "author", "url")


def row_report(row: Mapping[str, Any], place: str, basis: str) -> Report:
    """The report in a row with `text` and, where known, `id`, `title`, `outlet`, `author`, `url` and `date`.

    `basis` says where the date stood. Raises BrokenLine with `place` (`path:line`) if there is none.
    """
    text = without_surrogates(_text(row, place))
    values, field_flags = _known_fields(row)
    when, date_flags = _published(row.get("date"), basis)
    nul = ("text holds NUL characters",) if "\0" in text.text else ()
    return Report(
        id=_id(row, place) or report_id(text.text, values.get("url")),
        text=text.text,
        published=when,
        language=language(text.text),
        flags=(*text.flags, *nul, *garbled(text.text), *field_flags, *date_flags),
        origin=place,
        **values,
    )


def _text(row: Mapping[str, Any], place: str) -> str:
    text = row.get("text")
    if not isinstance(text, str):
        raise BrokenLine(place, '"text" is missing or not a string', 'Give the report\'s text as "text"')
    if not text.strip():
        raise BrokenLine(place, '"text" is empty', "Leave the line out")
    return text


def _id(row: Mapping[str, Any], place: str) -> ReportId | None:
    given = row.get("id")
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, str | int) or not str(given).strip():
        raise BrokenLine(place, '"id" is neither a string nor a whole number', "Give each report an id, or none")
    return ReportId(without_surrogates(str(given)).text)


def _known_fields(row: Mapping[str, Any]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The fields besides the text that are strings, and a flag for each that is something else."""
    given = {name: row[name] for name in _FIELDS if row.get(name) not in (None, "")}
    values = {name: without_surrogates(value).text for name, value in given.items() if isinstance(value, str)}
    flags = tuple(f'{name} dropped: "{name}" is not a string' for name in given if name not in values)
    return values, flags


def _published(date: object, basis: str) -> tuple[Published | None, tuple[str, ...]]:
    if date in (None, ""):
        return None, ()
    if not isinstance(date, str):
        return None, ('date dropped: "date" is not a string',)
    return published(date, basis)
