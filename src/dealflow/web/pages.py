"""Makes the pages' Jinja environment, one for each language. Called by the doors and by the tests of the look.

Message ids are the Chinese texts; English comes from `texts_en`. Undefined names are errors, everything is escaped.
"""

import hashlib
from datetime import date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dealflow.web.texts_en import EN

HERE = Path(__file__).parent
STATIC = HERE / "static"
ZONE = ZoneInfo("Asia/Shanghai")


def exact(fen: int) -> str:
    """Fen as yuan with thousands separators and always two decimals, for tables."""
    sign, rest = ("−" if fen < 0 else ""), abs(fen)
    return f"{sign}{rest // 100:,}.{rest % 100:02d}"


def money(fen: int) -> str:
    """Fen as yuan; the decimals only when there are any, for sentences."""
    return exact(fen).removesuffix(".00")


def moment(at: datetime) -> str:
    """A moment in the project's zone, with its year."""
    return f"{at.astimezone(ZONE):%Y-%m-%d %H:%M}"


def short_moment(at: datetime) -> str:
    """A moment in the project's zone where the year is plain from its surroundings."""
    return f"{at.astimezone(ZONE):%m-%d %H:%M}"


def clock_time(at: datetime) -> str:
    """The time of day in the project's zone."""
    return f"{at.astimezone(ZONE):%H:%M}"


def until(at: datetime) -> str:
    """The end of a term; one that ends at midnight belongs to the day before."""
    local = at.astimezone(ZONE)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return f"{local - timedelta(days=1):%m-%d} 24:00"
    return f"{local:%m-%d %H:%M}"


def day(at: date) -> str:
    """The calendar day in the project's zone."""
    return f"{at.astimezone(ZONE) if isinstance(at, datetime) else at:%Y-%m-%d}"


def long_day(at: date, locale: str) -> str:
    """A day in words with its weekday, for headings."""
    plain = at.astimezone(ZONE).date() if isinstance(at, datetime) else at
    return format_date(plain, "EEE d MMM" if locale == "en" else "M 月 d 日 EEE", locale=locale)


@cache
def fingerprint(path: str) -> str:
    """A few letters of the file's own hash, so that browsers may keep it for a year."""
    return hashlib.sha256((STATIC / path).read_bytes()).hexdigest()[:10]


def asset(path: str) -> str:
    """The address of a static file."""
    return f"/static/{path}?v={fingerprint(path)}"


def installed(path: str) -> bool:
    """Whether a file that set-up puts in place is there; pages work without it."""
    return (STATIC / path).is_file()


def chinese(message: str) -> str:
    """The message id is the text."""
    return message


def english(message: str) -> str:
    """The English text; a missing one shows the Chinese rather than nothing (a test forbids it)."""
    return EN.get(message, message)


def chinese_count(single: str, plural: str, n: int) -> str:
    """Chinese has no plural."""
    return single


def english_count(single: str, plural: str, n: int) -> str:
    """The texts are worded so that one form serves every number."""
    return english(single)


@cache
def environment(locale: str) -> Environment:
    """The templates in one language (`zh_CN` or `en`)."""
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    words = (english, english_count) if locale == "en" else (chinese, chinese_count)
    # The i18n extension puts this method on the environment when it is loaded.
    env.install_gettext_callables(*words, newstyle=True)  # type: ignore[attr-defined]
    env.filters |= {
        "money": money,
        "exact": exact,
        "moment": moment,
        "short": short_moment,
        "until": until,
        "time": clock_time,
        "day": day,
        "long_day": partial(long_day, locale=locale),
    }
    env.globals |= {"asset": asset, "installed": installed}
    return env


def render(template: str, locale: str, **values: object) -> str:
    """A page or a part as text."""
    return environment(locale).get_template(template).render(**values)
