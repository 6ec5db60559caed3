"""Shapes drawn by the server: the numbers behind the bars, as SVG percentages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DelayBar:
    """Days elapsed against a target. The widths and positions are SVG percentages (« 43.2% »)."""

    days: int
    target: int | None = None
    elapsed: str = "0%"
    """From the left edge: the days within the target."""
    beyond: str = "0%"
    """From the tick: the days past the target."""
    tick: str = "0%"

    @property
    def late(self) -> bool:
        return self.excess > 0

    @property
    def excess(self) -> int:
        """Days past the target, never negative."""
        return 0 if self.target is None else max(self.days - self.target, 0)


def delay_bar(days: int, target: int | None = None, scale: int | None = None) -> DelayBar:
    """The bar of `days` with a tick at `target`, on an axis of `scale` days.

    Without a scale the tick stands in the middle; an axis that is too short is lengthened. Bars of
    one list compare only when they share a scale.
    """
    if target is None:
        return DelayBar(days)
    axis = max(scale or 2 * target, days, target, 1)
    within = min(days, target)
    return DelayBar(
        days,
        target,
        elapsed=percent(within, axis),
        beyond=percent(days - within, axis),
        tick=percent(target, axis),
    )


def percent(part: float, whole: float) -> str:
    """« 43.2% », with the point that SVG wants; 0% of nothing."""
    return f"{100 * part / whole:.1f}%" if whole else "0%"
