"""What the sources hold tonight, and what of it the log has not seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from extractor.adding import is_done
from extractor.errors import DecisionsError
from extractor.fetching import Item, Unlisted, items
from extractor.log.canonical import parsed_moment
from extractor.log.sources import Seen
from extractor.plan import NightlyPlan

LONGEST_WAIT_DAYS: Final = 16


@dataclass(frozen=True)
class Problem:
    """What could not be read. ``label`` names it to people; ``transient`` things are tried again every night."""

    label: str
    reason: str
    transient: bool = True


@dataclass(frozen=True)
class Night:
    """When a run is, and the fingerprint of its engine. ``retry`` takes up all that failed before, changed or not."""

    now: dt.datetime
    engine: str
    retry: bool = False

    def waits(self, seen: Seen) -> bool:
        """Whether a source that this engine did not get through is left alone tonight.

        It is tried again after 1, 2, 4, 8 and from then on 16 days, half a day less as nights are not equally long.
        """
        if self.retry or seen.complete or seen.quarantined or seen.engine != self.engine:
            return False
        days = min(2 ** (seen.attempts - 1), LONGEST_WAIT_DAYS)
        return self.now - parsed_moment(seen.read_at) < dt.timedelta(days=days - 0.5)


@dataclass
class Listing:
    """Tonight's items by what is to be done with them.

    ``quarantined`` are those that could not be read before and have not changed since. ``waiting`` are those that the
    engine did not get through and that are not tried every night: each try may cost as much as the first. ``failed``
    are sources, or parts of one, that could not be listed.
    """

    new: list[Item] = field(default_factory=list)
    changed: list[Item] = field(default_factory=list)
    unchanged: int = 0
    quarantined: int = 0
    waiting: list[Problem] = field(default_factory=list)
    failed: list[Problem] = field(default_factory=list)

    @property
    def seen(self) -> int:
        """How many items the sources named."""
        read = len(self.new) + len(self.changed) + self.unchanged
        return read + self.quarantined + len(self.waiting) + len(self.failed)

    @property
    def todo(self) -> list[Item]:
        """What is to be read, in the order the sources are planned and list it."""
        return sorted((*self.new, *self.changed), key=lambda item: self._order[item.origin])

    _order: dict[str, int] = field(default_factory=dict)

    def take(self, item: Item, seen: Seen | None, night: Night) -> None:
        """Puts an item where it belongs."""
        self._order[item.origin] = len(self._order)
        if seen is not None and seen.quarantined and seen.version == item.version and not night.retry:
            self.quarantined += 1
        elif seen is not None and seen.version == item.version and night.waits(seen):
            self.waiting.append(Problem(item.label, f"{seen.problem} It is tried again in some days."))
        elif is_done(item, seen) and not (seen is not None and seen.quarantined):
            self.unchanged += 1
        elif seen is None or seen.quarantined:
            self.new.append(item)
        else:
            self.changed.append(item)


def list_items(plan: NightlyPlan, base: Path, seen: Mapping[str, Seen], night: Night) -> Listing:
    """All planned sources; one that cannot be reached is a problem and does not stop the others."""
    listing = Listing()
    for source in plan.sources:
        try:
            for one in items(source, base):
                if isinstance(one, Unlisted):
                    listing.failed.append(Problem(one.label, one.error, one.transient))
                else:
                    listing.take(one, seen.get(one.origin), night)
        except DecisionsError as error:
            listing.failed.append(Problem(f"the source {source.name}", str(error)))
    return listing
