"""Reads lengths of time and dates."""

from __future__ import annotations

import datetime
import re
import time

from ._errors import SettingError
from ._wirecopy import time_of

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400}


def now() -> int:
    """Return the time of the clock, in seconds since 1970."""
    return int(time.time())


def seconds(argument: str, value: object) -> int:
    """Return a length of time in seconds."""
    if isinstance(value, datetime.timedelta):
        length = value.total_seconds()
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        length = value
    elif isinstance(value, str) and (found := re.fullmatch(r"\s*(\d+)\s*([smhdw])\s*", value)):
        length = int(found[1]) * _SECONDS[found[2]]
    else:
        raise SettingError(
            f"{argument}: expected a timedelta, a number of seconds, or a str such as '7d' or '12h', found {value!r}"
        )
    if not 0 <= length < 1 << 62:
        raise SettingError(f"{argument}: expected a time that is not negative, found {value!r}")
    return int(length)


def moment(argument: str, value: object) -> int:
    """Return a date, or a date with a time, in seconds since 1970. Without a time zone, it is in UTC."""
    if isinstance(value, datetime.datetime):
        zoned = value if value.tzinfo else value.replace(tzinfo=datetime.timezone.utc)
        return int(zoned.timestamp())
    if isinstance(value, datetime.date):
        return moment(argument, datetime.datetime(value.year, value.month, value.day))
    if isinstance(value, str) and (found := time_of(value)) is not None:
        return found
    expected = "a date, a datetime, or a str such as '2031-04-02' or '2031-04-02T08:00:00Z'"
    raise SettingError(f"{argument}: expected {expected}, found {value!r}")
