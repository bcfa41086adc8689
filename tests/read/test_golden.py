"""The shipped example, read: a change of the reader shows here, line by line, before it shows to users.

`SAYSO_GOLDEN=write pytest tests/read/test_golden.py` writes the file anew; read the difference before you commit it.
"""

import os
from importlib import resources
from pathlib import Path

from sayso.gather import Kind, gather_bytes
from sayso.read import read_report
from sayso.vocabulary import Reading

GOLDEN = Path(__file__).with_name("harbour.golden.txt")


def lines(reading: Reading) -> str:
    names = {actor.id: actor.name for actor in reading.actors}
    out = []
    for s in reading.statements:
        who = names[s.speaker.actor] if s.speaker.actor else s.speaker.kind.value
        chain = " < ".join(names[link.actor] if link.actor else link.text for link in s.chain)
        future = ", about the future" if s.about_future else ""
        out.append(f"{s.id} in {s.parent or 'the report'}: {who} {s.stance} ({s.form}, {s.certainty.value}{future})")
        out += [f"    {part}" for part in (s.source.text, s.cue.text, s.content.text) if part]
        out += [f"    chain: {chain}"] if chain else []
    for a in reading.actors:
        out.append(f"{a.id} {a.kind}: {a.name}; names {', '.join(a.names) or '-'}; {len(a.mentions)} mentions")
        out += [f"    role: {role.text}" for role in a.roles]
        out += [f"    label: {label.text} by {label.by}" for label in a.labels]
    out += [f"boilerplate: {span.of(reading.report.text)}" for span in reading.boilerplate]
    return "\n".join(out) + "\n"


def test_the_shipped_example_reads_as_it_did() -> None:
    example = (resources.files("sayso") / "examples" / "harbour.md").read_bytes()
    now = lines(read_report(gather_bytes(example, "harbour.md", Kind.MARKDOWN)))
    if os.environ.get("SAYSO_GOLDEN") == "write":
        GOLDEN.write_text(now, encoding="utf-8")
    assert now == GOLDEN.read_text(encoding="utf-8")
