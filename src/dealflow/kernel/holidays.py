"""The national holiday arrangements, as data: one entry for each year that has been announced.

Read by calendar.py only. A year is added here when its notice is out (usually in November); nothing is guessed."""

from typing import Final

# year: (blocks of days off, first and last day as month-day), (working weekend days)
ARRANGEMENTS: Final = {
    2025: (
        (("01-01", "01-01"), ("01-28", "02-04"), ("04-04", "04-06"), ("05-01", "05-05"), ("05-31", "06-02"), ("10-01", "10-08")),
        ("01-26", "02-08", "04-27", "09-28", "10-11"),
    ),
    2026: (
        (
            ("01-01", "01-03"),
            ("02-15", "02-23"),
            ("04-04", "04-06"),
            ("05-01", "05-05"),
            ("06-19", "06-21"),
            ("09-25", "09-27"),
            ("10-01", "10-07"),
        ),
        ("01-04", "02-14", "02-28", "05-09", "09-20", "10-10"),
    ),
}
