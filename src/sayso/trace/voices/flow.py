"""Where a graph of who rests on whom ends: those who rest on nobody, with those who rest on one another as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def ends(rests: Mapping[str, Mapping[str, str]], starts: Iterable[str]) -> dict[str, frozenset[str]]:
    """For each start the ends that can be reached from it; a ring goes by its first member in alphabetical order."""
    ring, order = _rings(rests, starts)
    out: dict[str, frozenset[str]] = {}
    for members in order:  # what is rested on comes before what rests on it
        further = {ring[other] for name in members for other in rests.get(name, ())} - {members[0]}
        reached = frozenset(end for other in further for end in out[other]) or frozenset({members[0]})
        for name in members:
            out[name] = reached
    return out


def _rings(rests: Mapping[str, Mapping[str, str]], starts: Iterable[str]) -> tuple[dict[str, str], list[list[str]]]:
    """The strongly connected components (Tarjan 1972, without recursion), those without a way out first."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    ring: dict[str, str] = {}
    order: list[list[str]] = []
    stack: list[str] = []
    for start in sorted(starts):
        if start in number:
            continue
        work = [(start, iter(sorted(rests.get(start, ()))))]
        number[start] = low[start] = len(number)
        stack.append(start)
        while work:
            name, others = work[-1]
            other = next(others, None)
            if other is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[name])
                if low[name] == number[name]:
                    at = stack.index(name)
                    members = sorted(stack[at:])
                    del stack[at:]
                    ring |= dict.fromkeys(members, members[0])
                    order.append(members)
            elif other not in number:
                number[other] = low[other] = len(number)
                stack.append(other)
                work.append((other, iter(sorted(rests.get(other, ())))))
            elif other not in ring:
                low[name] = min(low[name], number[other])
    return ring, order
