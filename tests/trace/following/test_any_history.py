"""However it was added to, forgotten from and followed, what is derived is that of a batch over what is left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from sayso.ledger import Ledger
from sayso.trace.following import follow
from tests.ledger.stories import both, capture, reading
from tests.trace.following.archive import captured, derived, texts

_TEXTS = texts()
_READ = [*both(), *(reading(number) for number in range(4))]


def _history(make: Callable[[], Ledger], folder: Path) -> type[RuleBasedStateMachine]:
    class History(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.ledger = make()

        @rule(numbers=st.lists(st.integers(0, len(_TEXTS) - 1), max_size=4))
        def add(self, numbers: list[int]) -> None:
            self.ledger.add(*(captured(_TEXTS[number]) for number in numbers), read=False)

        @rule(number=st.integers(0, 3), hour=st.integers(0, 23))
        def capture_again(self, number: int, hour: int) -> None:
            self.ledger.add(capture(number, captured=f"2021-04-01T{hour:02}:00:00Z"), read=False)

        @rule(number=st.integers(0, len(_READ) - 1))
        def add_reading(self, number: int) -> None:
            self.ledger.add_readings([_READ[number]])

        @rule(data=st.data())
        def forget(self, data: st.DataObject) -> None:
            if there := sorted((report.title or report.text, report.id) for report in self.ledger.reports()):
                self.ledger.forget(data.draw(st.sampled_from(there))[1], "order 7/26", "R. Meer")

        @rule()
        def follow(self) -> None:
            follow(self.ledger)

        def teardown(self) -> None:
            path = folder / "all.sayso"
            follow(self.ledger)
            self.ledger.export(path)
            afresh = make()
            afresh.import_(path)
            follow(afresh)
            path.unlink()
            assert derived(self.ledger) == derived(afresh)
            assert self.ledger.verify().problems == ()
            self.ledger.close()
            afresh.close()

    return History


def test_any_history(make: Callable[[], Ledger], kind: str, tmp_path: Path) -> None:
    calm = settings(
        max_examples=8 if kind == "sqlite" else 3,
        stateful_step_count=10,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    run_state_machine_as_test(_history(make, tmp_path), settings=calm)
