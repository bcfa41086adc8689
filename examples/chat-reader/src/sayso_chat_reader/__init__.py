"""A reader that asks a chat model, as an example of a plug-in. It sends to the endpoint in its settings alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from sayso.vocabulary import ReaderVersion, Reading, Report
from sayso_chat_reader.asking import asked
from sayso_chat_reader.finding import Attribution, found
from sayso_chat_reader.parts import parts
from sayso_chat_reader.settings import Settings, settings
from sayso_chat_reader.statements import reading_of

NAME: Final = "chat"
VERSION: Final = "1"


@dataclass(frozen=True, slots=True)
class ChatReader:
    """A reader that asks the model of its settings; `weights` is the name of the model."""

    settings: Settings
    name: str = NAME
    version: str = VERSION
    languages: Sequence[str] = ()

    @property
    def weights(self) -> str:
        """The name of the model that is asked."""
        return self.settings.model

    def read(self, report: Report) -> Reading:
        """What the model finds in a report. Raises ReadError where it does not answer, or not as it was asked to."""
        attributions: list[Attribution] = []
        refused = 0
        for part in parts(report.text):
            items, lost = found(asked(part.of(report.text), self.settings), report.text, part)
            attributions += items
            refused += lost
        made = ReaderVersion(self.name, self.version, self.weights)
        if refused:
            flag = f"{refused} items of the model's answer were refused: they are not made of words of the text"
            return reading_of(replace(report, flags=(*report.flags, flag)), attributions, made)
        return reading_of(report, attributions, made)


def reader() -> ChatReader:
    """The reader by the settings in the environment. Raises ReaderMissing where they are not whole."""
    return ChatReader(settings())
