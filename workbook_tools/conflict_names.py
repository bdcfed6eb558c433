"""Turn file names into an answer to "is one of them a copy of the other?".

Programs that copy and synchronise files keep both sides of a conflict under names of their
own; a name is all that tells (issue 3, promise 11). Names are compared without their ending.
"""

from __future__ import annotations

import re

_FLAGS = re.IGNORECASE
_COPY_WORDS = r"copy|salinan"
_MARKS = (
    # as Syncthing: x.sync-conflict-20200403-101010-ABCDEFG, on either side
    re.compile(r"\.sync-conflict-\d{8}-\d{6}(-\w+)?$", _FLAGS),
    # Dropbox, Nextcloud: x (PCNAME's conflicted copy 2020-04-03), x (conflicted copy …)
    re.compile(r" ?[(\[][^()\[\]]*(conflict|konflik|bertentangan)[^()\[\]]*[)\]]$", _FLAGS),
    # as ownCloud does: x_conflict-20200403-101010, by date and time
    re.compile(r"[_ -]conflict[-_]\d{8}[-_]\d{6}$", _FLAGS),
    # Windows and browsers: x (1), x(1)
    re.compile(r" ?\(\d{1,3}\)$"),
    # Windows, macOS: x - Copy, x - Salinan, x copy, x copy 2
    re.compile(rf"( - | -|- |[ _-])({_COPY_WORDS})( \d{{1,3}})?$", _FLAGS),
    # Windows' names of its own: x-DESKTOP-4KF9Q2L (OneDrive)
    re.compile(r"-(DESKTOP|LAPTOP)-[A-Z0-9]{4,8}$|-WIN-[A-Z0-9]{11}$"),
)
_BEFORE = re.compile(rf"^({_COPY_WORDS})( \(\d{{1,3}}\))?( of| dari)? +", _FLAGS)
# OneDrive adds the computer's name: letters, digits and hyphens, at most 15; Safari a number.
_COMPUTER = re.compile(r"-(?!TW[1-4]$)(\d{1,2}|(?=[0-9-]*[A-Z])[A-Z0-9][A-Z0-9-]{0,14})", _FLAGS)


def is_conflict_name(name: str) -> bool:
    """Tell whether a name is one that programs give to copies and to sides of a conflict."""
    return _bare(name) != _stem(name)


def are_copies(first: str, second: str) -> bool:
    """Tell whether one of two different names looks like that of a copy of the other."""
    if _stem(first) == _stem(second):
        return False
    one, other = sorted((_bare(first), _bare(second)), key=len)
    return one == other or (
        other.startswith(one) and _COMPUTER.fullmatch(other, len(one)) is not None
    )


def _stem(name: str) -> str:
    """Give a name without its ending, as systems compare names: case does not tell."""
    return _without_ending(name).casefold()


def _bare(name: str) -> str:
    """Take the marks of copies off a name, as often as they were put on."""
    stem = _without_ending(name)
    while True:
        shorter = _BEFORE.sub("", stem, count=1)
        for mark in _MARKS:
            shorter = mark.sub("", shorter, count=1)
        shorter = shorter.strip()
        if shorter in (stem, ""):
            return stem.casefold()
        stem = shorter


def _without_ending(name: str) -> str:
    stem, _, ending = name.rpartition(".")
    return (stem if stem and ending else name).strip()
