"""`sayso review …`: what people decide about what was read."""

from __future__ import annotations

import argparse
import getpass
import gzip
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from sayso.cli.adding import follow_with_progress, ledger_argument
from sayso.errors import NotTaken, SaysoError
from sayso.share.json_text import json_text
from sayso.share.visible import one_line

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.review import Choice, Decision, Item, Wanted
    from sayso.vocabulary import ReaderVersion

_KINDS: Final = ("statement", "incident", "place", "time", "actor")
_SHOWN: Final = 100  # code points of an item's words on a line
_AT_ONCE: Final = 1_000  # lines of a bulk between two writes
_EXAMPLES: Final = """examples:
  sayso review next --kind statement --json > queue.jsonl
  sayso review decide r-1f0c…/s3 accept --why "as quoted" --ledger news.db
  sayso review decide r-1f0c…/s3 correct --set speaker="Orla Brandt" --set stance=denies
  sayso review decide --bulk decided.jsonl           lines of next or sample, each with a "verdict"
  sayso review undo d-49eb7a894e897912
  sayso review show r-1f0c… --json
  sayso review sample --seed 7 --size 100 > sample.jsonl && sayso review agreement --sample sample.jsonl
  sayso review export reviewed.jsonl.gz              what training/ reads with --reviewed
exit status: 0 done, 1 nothing found, or not all could be done, 2 wrong usage"""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare the actions and their options."""
    command.formatter_class, command.epilog = argparse.RawDescriptionHelpFormatter, _EXAMPLES
    actions = command.add_subparsers(dest="action", metavar="ACTION")
    next_ = _action(actions, "next", "the most uncertain of what nobody settled", "next --kind place --limit 10")
    _narrowed(next_)
    next_.add_argument("--who", help="leave out what this reviewer decided, and not what others did")
    next_.add_argument("--limit", type=int, default=20, metavar="N", help="how many are shown (default: 20)")
    said = "how many are looked at (default: 100, or 5 for pairs)"
    next_.add_argument("--reports", type=int, metavar="N", help=said)
    said = "instead: claims that may be one, or findings that may bear on what is said"
    next_.add_argument("--pairs", choices=("claim", "match"), help=said)
    next_.add_argument("--after", default="", metavar="REPORT", help="go on after this report, as the page before says")
    decide = _action(actions, "decide", "decide on an item, or on many", "decide r-1f0c…/s3 reject --why 'a headline'")
    decide.add_argument(
        "item", nargs="?", metavar="REPORT/ITEM", help="as r-1f0c…/s3, or r-1f0c…/i-49eb…; a join of names as j-…"
    )
    decide.add_argument("verdict", nargs="?", metavar="VERDICT", help="accept, reject, correct, unsure, merge or split")
    said = "correct: spans as 12:30,41:50 or words that stand there once; a speaker by name, outlet or unknown"
    decide.add_argument("--set", action="append", default=[], metavar="FIELD=VALUE", dest="after", help=said)
    decide.add_argument("--with", action="append", default=[], metavar="ITEM", dest="others", help="merge: with this")
    decide.add_argument("--part", action="append", default=[], metavar="SPANS", dest="parts", help="split: one part")
    decide.add_argument("--claim", metavar="REPORT/ITEM", help="merge or split: a statement of the same claim, or not")
    decide.add_argument("--finding", metavar="FINDING", help="accept or reject: that it bears on the statement")
    said = "accept or reject: that this technique (T0049) is at work in what the statement claims, or in REPORT/report"
    decide.add_argument("--technique", default="", metavar="ID", help=said)
    decide.add_argument("--name", help="of a join of names: whose it is, as sayso who NAME --json tells it")
    decide.add_argument("--settle", action="store_true", help="in view of what others decided on it")
    decide.add_argument("--bulk", metavar="FILE|-", help="a choice a line, as JSON; bad lines are told and passed over")
    undo = _action(actions, "undo", "take back decisions", "undo d-49eb7a894e897912 --why 'a slip'")
    undo.add_argument("decisions", nargs="+", metavar="DECISION", help="as d-49eb…; b-… for all of a bulk")
    for action in (decide, undo):
        action.add_argument("--why", default="", help="the reason, in your words")
        action.add_argument("--who", help="who decides (default: your account)")
    show = _action(actions, "show", "a report's items with their states, decisions and orphans", "show r-1f0c…")
    show.add_argument("report", metavar="REPORT[/ITEM]")
    show.add_argument("--reader", metavar="VERSION", help="the reading by this reader (default: the latest)")
    agree = _action(actions, "agreement", "how far reviewers agree: Krippendorff's alpha by kind", "agreement --json")
    agree.add_argument("--sample", metavar="FILE", help="only on the items of a sample")
    agree.add_argument("--seed", type=int, default=0, help="of the draws for the interval (default: 0)")
    sample = _action(actions, "sample", "items drawn by lot, the same for all", "sample --seed 7 --size 100 > s.jsonl")
    _narrowed(sample)
    sample.add_argument("--seed", type=int, required=True, help="what makes the draw")
    sample.add_argument("--size", type=int, default=100, metavar="N", help="how many (default: 100)")
    export = _action(actions, "export", "reviewed documents as training data", "export reviewed.jsonl.gz")
    export.add_argument("path", metavar="OUT", help="JSON Lines, under gzip where it ends in .gz")
    export.add_argument("--outlet", help="of this outlet")
    _action(actions, "orphans", "decisions that no longer fit what was read", "orphans --json")


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, said: str, example: str
) -> argparse.ArgumentParser:
    action = actions.add_parser(name, help=said, description=said, epilog=f"example: sayso review {example}")
    ledger_argument(action)
    action.add_argument("--json", action="store_true", help="one JSON object a line")
    return action


def _narrowed(action: argparse.ArgumentParser) -> None:
    action.add_argument("--kind", action="append", choices=_KINDS, help="may be given several times (default: all)")
    action.add_argument("--outlet", help="of this outlet")
    action.add_argument("--since", metavar="DAY", help="published on this day or later")
    action.add_argument("--until", metavar="DAY", help="published on this day or before")
    action.add_argument(
        "--reader", metavar="VERSION", help="what this reader read (default: the latest of each report)"
    )


def run(options: argparse.Namespace) -> int:
    """Do what `sayso review` was told; 1 if nothing was found, or not all could be done."""
    actions: dict[str, Callable[[Ledger, argparse.Namespace], int]] = {
        "next": _next, "decide": _decide, "undo": _undo, "show": _show, "agreement": _agreement, "sample": _sample,
        "export": _export, "orphans": _orphans,
    }  # fmt: skip
    if options.action is None:
        raise SaysoError("sayso review does nothing alone", "Add next, decide, undo, show, …; --help shows how")
    from sayso.ledger import Ledger, default_place

    with Ledger(options.ledger or default_place(), files=options.files, create=False) as ledger:
        return actions[options.action](ledger, options)


def _next(ledger: Ledger, options: argparse.Namespace) -> int:
    from sayso.review import next_items
    from sayso.review.plain import brief, queued_row

    if options.limit < 0 or (options.reports is not None and options.reports < 1):
        raise SaysoError("--limit counts from 0 and --reports from 1", "Leave them out")
    if options.pairs:
        return _next_pairs(ledger, options)
    page = next_items(
        ledger, _wanted(ledger, options), limit=options.limit, at_once=options.reports or 100, after=options.after
    )
    for it in page.items:
        if options.json:
            print(json_text(queued_row(it)))
        else:
            state = f" {it.reviewed.state}" if it.reviewed.state != "undecided" else ""
            print(f"{it.uncertainty:.2f} {_line(it.item, it.reviewed.thing.id)}{state}")
            print(f"     {one_line(brief(it.reviewed.thing))} · {one_line(it.why)}")
    _say(f"{page.waiting} wait in the {page.reports} reports that were looked at")
    if page.after:
        _say(f"more: --after {page.after}")
    return 0 if page.items else 1


def _next_pairs(ledger: Ledger, options: argparse.Namespace) -> int:
    from sayso.review import Kind, next_offers
    from sayso.review.plain import offer_row

    follow_with_progress(ledger)
    page = next_offers(
        ledger,
        Kind(options.pairs),
        _wanted(ledger, options),
        limit=options.limit,
        at_once=options.reports or 5,
        after=options.after,
    )
    for it in page.offers:
        if options.json:
            print(json_text(offer_row(it)))
        else:
            beside = f"{it.finding.id} “{one_line(it.finding.claim)}”" if it.finding else _line(it.items[1])
            print(f"{it.uncertainty:.2f} {_line(it.items[0])}\n     {it.tier} {it.score:.2f} {beside}")
    _say(f"{page.waiting} wait in the {page.reports} reports that were looked at")
    if page.after:
        _say(f"more: --after {page.after}")
    return 0 if page.offers else 1


def _decide(ledger: Ledger, options: argparse.Namespace) -> int:
    if options.bulk is not None:
        if options.item is not None:
            raise SaysoError("--bulk takes its items from the file", "Leave the item out")
        return _decide_bulk(ledger, options)
    if options.item is None or options.verdict is None:
        raise SaysoError("There is nothing to decide", "Name an item and a verdict, or a file with --bulk")
    from sayso.review import decide

    try:
        if across := _across(ledger, options):
            print(json_text({"decision": across}) if options.json else across)
            return 0
        choice = _choice(ledger, options)
    except ValueError as error:
        raise SaysoError(str(error), "See sayso review decide --help") from error
    (done,) = decide(ledger, [choice], options.who or _account())
    if isinstance(done, NotTaken):
        raise done
    _tell(done, options)
    return 0


def _across(ledger: Ledger, options: argparse.Namespace) -> str | None:
    """The decision on who is one across reports that the options make; None where they make none of that kind."""
    from sayso.review.choices import place_from, verdict_from
    from sayso.review.joins import decide_join, join_actors
    from sayso.vocabulary import ActorId, ActorRef, JoinId

    verdict, who = verdict_from(options.verdict), options.who or _account()
    if options.item.startswith("j-"):
        if not options.name:
            raise ValueError("a join is looked up by --name: of whom it is")
        follow_with_progress(ledger)
        return decide_join(ledger, JoinId(options.item), options.name, verdict, who, options.why)
    one, others = place_from(options.item), [place_from(it) for it in options.others if "/" in it]
    if verdict != "merged" or len(others) != 1 or others[0][0] == one[0]:
        return None
    for report, actor in (one, others[0]):
        if ledger.reading(report).actor(ActorId(actor)) is None:
            raise ValueError(
                f"{report}/{actor} is no actor; across reports only these are merged, and claims by --claim"
            )
    first, second = (ActorRef(report, ActorId(actor)) for report, actor in (one, others[0]))
    return join_actors(ledger, first, second, who, options.why)


def _choice(ledger: Ledger, options: argparse.Namespace) -> Choice:
    """The choice that the options make. Raises ValueError."""
    from sayso.review import Choice
    from sayso.review.choices import correction_from, place_from, spans_from_words, verdict_from
    from sayso.vocabulary import Span

    report, item = place_from(options.item)
    text = ledger.report(report).text
    return Choice(
        report, item, verdict_from(options.verdict), options.why,
        dict(correction_from(it, text) for it in options.after),
        tuple(it.removeprefix(f"{report}/") for it in options.others),
        tuple(tuple(Span(*pair) for pair in spans_from_words(it, text)) for it in options.parts),
        place_from(options.claim) if options.claim else None, options.finding, options.settle, options.technique,
    )  # fmt: skip


def _decide_bulk(ledger: Ledger, options: argparse.Namespace) -> int:
    from sayso.review import Decision, decide
    from sayso.review.choices import choice_from

    if (
        options.after
        or options.others
        or options.parts
        or options.claim
        or options.finding
        or options.settle
        or options.technique
    ):
        raise SaysoError("--bulk takes all from the file", "Leave out the options of one decision")
    who, taken, refused = options.who or _account(), 0, 0
    waiting: list[tuple[int, Choice]] = []

    def keep() -> None:
        nonlocal taken, refused
        for (number, _), done in zip(waiting, decide(ledger, [it for _, it in waiting], who), strict=True):
            if isinstance(done, Decision):
                taken += 1
                _tell(done, options)
            else:
                refused += 1
                _say(f"line {number}: {done.problem}")
        waiting.clear()

    for number, line in _lines(options.bulk):
        try:
            waiting.append((number, choice_from(line)))
        except ValueError as error:
            refused += 1
            _say(f"line {number}: {error}")
        if len(waiting) == _AT_ONCE:
            keep()
    if waiting:
        keep()
    _say(f"{taken} decided, {refused} lines passed over")
    return 1 if refused or not taken else 0


def _undo(ledger: Ledger, options: argparse.Namespace) -> int:
    from sayso.review import Decision, undo
    from sayso.review.joins import withdraw_join
    from sayso.review.looking import in_bulk

    who = options.who or _account()
    wanted = [it.id for name in options.decisions if name.startswith("b-") for it in in_bulk(ledger, name)]
    wanted += [name for name in options.decisions if not name.startswith("b-")]
    left = 0
    for name, it in zip(dict.fromkeys(wanted), undo(ledger, wanted, who, options.why), strict=True):
        if isinstance(it, Decision):
            _tell(it, options)
        elif across := withdraw_join(ledger, name, who, options.why):
            print(json_text({"decision": across}) if options.json else across)
        else:
            left += 1
            _say(it.problem)
    return 1 if left or not wanted else 0


def _show(ledger: Ledger, options: argparse.Namespace) -> int:
    from sayso.review import decided_pairs, decided_techniques, history, review
    from sayso.review.plain import brief, decision_row, pair_row, reviewed_row, technique_row
    from sayso.vocabulary import ReportId

    name, _, wanted = options.report.partition("/")
    report = ReportId(name)
    found = review(ledger, report, _reader(ledger, options.reader))
    shown = [it for it in found.items if not wanted or wanted in (it.item.id, it.thing.id)]
    pairs, techniques = decided_pairs(ledger, report), decided_techniques(ledger, report)
    made = [it for it in history(ledger, report) if not wanted or {*it.items} & {each.item for each in shown}]
    if options.json:
        row: dict[str, Any] = {"report": report, "reader": asdict(found.reading.reader)}
        row |= {"items": [reviewed_row(it) for it in shown], "pairs": [pair_row(it) for it in pairs]}
        row |= {"techniques": [technique_row(it) for it in techniques]}
        row |= {"orphans": [decision_row(it) for it in found.orphans], "history": [decision_row(it) for it in made]}
        print(json_text(row))
    else:
        for each in shown:
            differs = f" (read otherwise now: {', '.join(each.differs)})" if each.differs else ""
            print(f"{each.state:<10} {_line(each.item, each.thing.id)} {one_line(brief(each.thing))}{differs}")
            for decision in each.decisions:
                print(f"    {_said(decision)}")
        for pair in pairs:
            beside = pair.finding or _line(pair.items[-1])
            print(f"{pair.state:<10} {pair.kind}: {_line(pair.items[0])} | {beside}")
        for technique in techniques:
            print(f"{technique.state:<10} technique {technique.technique}: {_line(technique.item)}")
            for decision in technique.decisions:
                print(f"    {_said(decision)}")
        for lost in found.orphans:
            print(f"orphaned   {_line(lost.items[0])}\n    {_said(lost)}")
    if not shown:
        _say("there is no such item")
    return 0 if shown else 1


def _agreement(ledger: Ledger, options: argparse.Namespace) -> int:
    from sayso.review import agreement, all_decisions
    from sayso.review.plain import agreement_row

    only = None if options.sample is None else {*_sampled(options.sample)}
    with ledger.looking() as connection:
        found = agreement(all_decisions(connection), only, options.seed)
    for it in found:
        if options.json:
            print(json_text(agreement_row(it)))
            continue
        bounds = f" (95 %: {it.low:.3f} to {it.high:.3f})" if it.low is not None and it.high is not None else ""
        alpha = "not defined" if it.alpha is None else f"{it.alpha:.3f}{bounds}"
        agreed = "" if it.agreed is None else f", all agree on {it.agreed:.1%}"
        who = ", ".join(map(one_line, it.reviewers)) or "nobody"
        print(f"{it.kind}: alpha {alpha}; {it.items} items with {it.decisions} decisions by {who}{agreed}")
    if not any(it.items for it in found):
        _say("no item was decided by two reviewers")
    return 0 if any(it.items for it in found) else 1


def _sample(ledger: Ledger, options: argparse.Namespace) -> int:
    from sayso.review import sample
    from sayso.review.plain import item_row

    if options.size < 1:
        raise SaysoError("--size counts from 1", "Leave it out for 100")
    drawn = sample(ledger, options.seed, options.size, _wanted(ledger, options))
    for it in drawn:
        print(json_text(item_row(it)))
    _say(f"{len(drawn)} items drawn by seed {options.seed}")
    return 0 if drawn else 1


def _export(ledger: Ledger, options: argparse.Namespace) -> int:
    from sayso.ledger import Where
    from sayso.review import Example, LeftOut, Wanted, training_data

    path, examples, left = Path(options.path), 0, list[LeftOut]()
    draft = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _written(draft, packed=path.suffix == ".gz") as out:
            for it in training_data(ledger, Wanted(where=Where(outlet=options.outlet))):
                if isinstance(it, Example):
                    examples += 1
                    out.write(json_text(it.row) + "\n")
                else:
                    left.append(it)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise SaysoError(f"{path}: cannot be written: {error.strerror}", "Choose another place") from error
    for it in left:
        lacking = ", ".join(f"{count} {state}" for state, count in it.lacking)
        _say(f"left out: {it.report}: of {it.statements} statements {lacking or 'none is there'}")
    if options.json:
        print(json.dumps({"path": str(path), "documents": examples, "left_out": [asdict(it) for it in left]}))
    _say(f"wrote {path}: {examples} documents, {len(left)} left out")
    return 0 if examples else 1


def _orphans(ledger: Ledger, options: argparse.Namespace) -> int:
    from sayso.review import orphans
    from sayso.review.plain import decision_row

    count = 0
    for _, lost in orphans(ledger):
        for it in lost:
            count += 1
            print(json_text(decision_row(it)) if options.json else f"{_line(it.items[0])}\n    {_said(it)}")
    _say(f"{count} decisions fit nothing that is read now")
    return 0


def _wanted(ledger: Ledger, options: argparse.Namespace) -> Wanted:
    from sayso.ledger import Where
    from sayso.review import Kind, Wanted
    from sayso.review.items import IN_READINGS

    where = Where(outlet=options.outlet, since=options.since, until=options.until)
    kinds = tuple(map(Kind, options.kind)) if options.kind else IN_READINGS
    return Wanted(kinds, where, _reader(ledger, options.reader), getattr(options, "who", None))


def _reader(ledger: Ledger, said: str | None) -> ReaderVersion | None:
    """The reader with a version, or with a name and version. Raises SaysoError where there is none, or several."""
    from sayso.review.looking import readers_met

    if said is None:
        return None
    there = readers_met(ledger)
    found = [it for it in there if said in (it.version, f"{it.name} {it.version}", it.weights)]
    if len(found) != 1:
        known = "; ".join(f"{it.name} {it.version} (weights {it.weights})" for it in there) or "none"
        problem = "several readers are called so" if found else "no reader is called so"
        raise SaysoError(f"--reader {said[:100]!r}: {problem}", f"There are: {one_line(known)}")
    return found[0]


def _lines(path: str) -> Iterator[tuple[int, str]]:
    """The lines of a file, or of standard input, that hold anything, counted from 1."""
    try:
        if path == "-":
            yield from _filled(sys.stdin)
            return
        with Path(path).open(encoding="utf-8", errors="replace") as lines:
            yield from _filled(lines)
    except OSError as error:
        raise SaysoError(f"{path}: cannot be read: {error.strerror}", "Check the path") from error


def _filled(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(lines, 1) if line.strip())


def _sampled(path: str) -> Iterator[str]:
    for number, line in _lines(path):
        try:
            yield str(json.loads(line)["item"])
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise SaysoError(f"{path}:{number}: it names no item", "Give what sayso review sample wrote") from error


def _written(path: Path, *, packed: bool) -> IO[str]:
    """A file to write to; under gzip without a time, so that the same gives the same bytes."""
    if not packed:
        return path.open("w", encoding="utf-8", newline="\n")
    return io.TextIOWrapper(gzip.GzipFile(path, "wb", mtime=0), encoding="utf-8", newline="\n")


def _tell(made: Decision, options: argparse.Namespace) -> None:
    from sayso.review.plain import decision_row

    print(json_text(decision_row(made)) if options.json else f"{_line(made.items[0])}\n    {_said(made)}")


def _line(item: Item, name: str = "") -> str:
    words = one_line(" / ".join(filter(None, item.words)))
    cut = words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"
    return f"{item.report}/{item.id} {f'{name} ' if name else ''}{item.kind} “{cut}”"


def _said(made: Decision) -> str:
    after = "; ".join(f"{name}: {made.before.get(name)} → {value}" for name, value in made.after.items())
    undoes = f" {made.undoes}" if made.undoes else ""
    reason = f": {one_line(made.why)}" if made.why else ""
    corrected = f" ({one_line(after)})" if after else ""
    return f"{made.id} {made.verdict}{undoes}{corrected} by {one_line(made.who)}, {made.when}{reason}"


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise SaysoError("Nobody knows who you are", "Add --who with your name") from error


def _say(text: str) -> None:
    print(f"sayso: {one_line(text)}", file=sys.stderr)
