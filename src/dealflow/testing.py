"""Plain doubles for tests, scenarios and benches: a clock that moves only when told."""

from datetime import datetime, timedelta

from dealflow.kernel.clock import PROJECT_ZONE


class FixedClock:
    """Stands at a moment of the project's local time until it is set or moved."""

    def __init__(self, local: str) -> None:
        self.moment = self._read(local)

    @staticmethod
    def _read(local: str) -> datetime:
        moment = datetime.fromisoformat(local)
        return moment if moment.tzinfo else moment.replace(tzinfo=PROJECT_ZONE)

    def now(self) -> datetime:
        """The moment at which it stands."""
        return self.moment

    def set(self, local: str | datetime) -> None:
        """Stand at another moment."""
        self.moment = self._read(local) if isinstance(local, str) else local

    def move(self, **by: float) -> None:
        """Go on by days, hours, minutes, seconds, microseconds."""
        self.moment += timedelta(**by)
