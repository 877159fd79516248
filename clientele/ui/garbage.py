"""Where does Python look for what nobody needs any more? On the window's thread alone.

The collector runs in whichever thread happens to make the object that is one too many, and there
it destroys what it finds. A widget that is destroyed beside the window's thread takes the program
down with it, minutes later and somewhere else. So the collector is switched off, and is asked on
the window's thread, as often as it would have run, whenever an answer arrives there.
"""

from __future__ import annotations

import gc


def collect_only_when_asked() -> None:
    """Switch the automatic collector off, for all threads."""
    gc.disable()


def spare_what_is_there() -> None:
    """Never look again through what exists by now, such as everything that was imported.

    Call it once the window stands: looking through all of it takes as long as eight frames.
    """
    gc.freeze()


def collect_if_due() -> None:
    """Collect the oldest generation that is due, if one is. Call it on the window's thread."""
    made, enough = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if made[generation] > enough[generation]:
            gc.collect(generation)
            return
