"""What the receiver's page does off the UI thread: take files, look at bundles, merge them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from antq_desktop.domain.answers import Outcome
from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.domain.periods import calendar_period
from antq_desktop.domain.shown import show_integer

if TYPE_CHECKING:
    from pathlib import Path

    from antq_desktop.services.handover import Handover
    from antq_desktop.services.planned import Effect, Heap
    from antq_desktop.services.taking import Merged, Preview, Taken
    from antq_desktop.ui.jobs import Control


@dataclass(frozen=True, slots=True)
class TookIn:
    """What became of files that were taken in.

    Attributes:
        ids: Digest of each file that is kept now.
        unread: A sentence for each file that could not be read.
        stopped: True when the officer stopped before the last file.
    """

    ids: tuple[str, ...]
    sentence: str
    unread: tuple[str, ...] = ()
    stopped: bool = False


def take_in(handover: Handover, paths: Sequence[Path], control: Control) -> TookIn:
    """Take files through the gate one after another; one that cannot be read stops none."""
    taken: list[Taken] = []
    unread: list[str] = []
    for at, path in enumerate(paths):
        if control.stopped:
            break
        control.report(at, len(paths), f"Đang kiểm tra {path.name}")
        try:
            taken.append(handover.taking.take(path))
        except (UserError, EnvironmentFault) as fault:
            unread.append(f"{path.name}: {fault.message}")
    stopped = len(taken) + len(unread) < len(paths)
    ids = tuple(dict.fromkeys(one.row.sha256 for one in taken))
    return TookIn(ids, _took_in(taken, unread, len(paths), stopped=stopped), tuple(unread), stopped)


def _took_in(taken: Sequence[Taken], unread: Sequence[str], files: int, *, stopped: bool) -> str:
    done = len(taken) + len(unread)
    counts = Counter(one.verdict.label for one in taken if not one.already_merged)
    told = [f"{count} {label[0].lower()}{label[1:]}" for label, count in counts.items()]
    again = sum(one.already_merged for one in taken)
    if again:
        told.append(f"{again} đã nhập trước đó, dữ liệu không đổi")
    if unread:
        told.append(f"{len(unread)} không đọc được")
    start = f"Đã dừng sau {done}/{files} tệp" if stopped else f"Đã kiểm tra {done} tệp"
    return f"{start}: {', '.join(told)}." if told else f"{start}."


@dataclass(frozen=True, slots=True)
class Look:
    """What bundles would do, as it is shown and as it is applied.

    Attributes:
        previews: One for each bundle, in the order in which they are merged.
        heaps: All their heaps together.
        effects: All their effects on the figures together.
        held_back: Sentences of bundles that can no longer be merged.
    """

    previews: tuple[Preview, ...]
    heaps: tuple[Heap, ...]
    effects: tuple[Effect, ...]
    held_back: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The bundles in it, by the digest of their file."""
        return tuple(preview.taken.row.sha256 for preview in self.previews)


def look_at(handover: Handover, ids: Iterable[str], year: int, control: Control) -> Look:
    """Work out what staged bundles would do; nothing is written.

    Raises:
        Stopped: The officer asked for something else meanwhile.
        EnvironmentFault: What the machine denies.
    """
    wanted = list(ids)
    previews: list[Preview] = []
    held_back: list[str] = []
    for at, sha256 in enumerate(wanted):
        control.report(at, len(wanted), "Đang xem trước")
        try:
            previews.append(handover.taking.preview(handover.taking.staged(sha256)))
        except UserError as error:
            held_back.append(error.message)
    previews.sort(key=lambda one: (one.taken.row.sender_name, one.taken.row.number))
    return replace(looked(handover, previews, year), held_back=tuple(held_back))


def looked(handover: Handover, previews: Sequence[Preview], year: int) -> Look:
    """Put the heaps and effects of several previews together."""
    period = calendar_period(str(year))
    heaps: dict[Outcome, Heap] = {}
    effects: dict[str, Effect] = {}
    for preview in previews:
        for heap in handover.heaps(preview):
            held = heaps.get(heap.outcome)
            heaps[heap.outcome] = (
                replace(held, count=held.count + heap.count, names=held.names + heap.names)
                if held
                else heap
            )
        for effect in handover.effects(preview, period):
            before = effects.get(effect.measure)
            effects[effect.measure] = (
                replace(before, change=before.change + effect.change) if before else effect
            )
    return Look(
        tuple(previews),
        tuple(heaps[outcome] for outcome in Outcome if outcome in heaps),
        tuple(effect for effect in effects.values() if effect.change),
    )


@dataclass(frozen=True, slots=True)
class Applied:
    """What merging did.

    Attributes:
        merged: How many bundles were merged.
        kinds: Kinds of records that were written.
        stale: The new preview of a bundle that was not merged, since the data had changed.
        fault: What ended it early.
    """

    merged: int
    kinds: tuple[str, ...]
    sentence: str
    stale: Preview | None = None
    fault: UserError | EnvironmentFault | None = None


def apply(handover: Handover, look: Look, control: Control) -> Applied:
    """Merge bundles one after another, each as it was shown; what was merged before stays."""
    from antq_desktop.services.taking import StaleError

    done: list[Merged] = []
    stale: Preview | None = None
    fault: UserError | EnvironmentFault | None = None
    for preview in look.previews:
        if control.stopped:
            break
        doing = f"Đang nhập gói của {preview.taken.row.sender_name}"
        control.report(len(done), len(look.previews), doing)
        try:
            done.append(handover.taking.merge(preview))
        except StaleError as changed:
            stale = changed.preview
            break
        except (UserError, EnvironmentFault) as met:
            fault = met
            break
    kinds = {item.kind for one in done for item in one.plan.items if item.after is not None}
    sentence = _applied(done, len(look.previews))
    return Applied(len(done), tuple(sorted(kinds)), sentence, stale, fault)


def _applied(done: Sequence[Merged], wanted: int) -> str:
    if not done:
        return "Chưa nhập gói nào."
    if wanted == 1:
        return done[0].sentence
    if len(done) < wanted:
        return f"Đã nhập {len(done)}/{wanted} gói; các gói còn lại vẫn chờ nhập."
    totals: Counter[Outcome] = Counter()
    for one in done:
        totals.update(one.plan.totals)
    told = [f"{show_integer(totals[one])} {one.label}" for one in Outcome if totals[one]]
    units = len({one.row.sender for one in done})
    return f"Đã nhập {len(done)} gói của {units} đơn vị: {', '.join(told) or 'không có hồ sơ'}."


def signed(change: int) -> str:
    """Write a change of a figure with its sign."""
    return f"+{show_integer(change)}" if change > 0 else f"−{show_integer(-change)}"
