"""Settings as a value, read once from a mapping (the environment) and handed on as plain arguments. Only bootstrap reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dealflow.kernel.errors import Invalid

_PACKAGE = Path(__file__).parent
_ROOT = _PACKAGE.parent.parent


def _data(name: str) -> Path:
    """A data folder: in a checkout at the top of the repository, in an installed wheel beside the code."""
    inside = _PACKAGE / "_data" / name
    return inside if inside.exists() else _ROOT / name


def _fonts(state: Path) -> Path:
    """The papers' faces: where set-up cut them in a checkout, else beside the state."""
    cut = _ROOT / "var" / "fonts"
    return cut if cut.exists() else state / "fonts"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and how the doors open."""

    database: str
    state: Path  # what the service keeps beside the database: files, fonts, caches
    workflows: Path
    templates: Path
    fonts: Path
    host: str = "127.0.0.1"
    port: int = 8321
    secure_cookies: bool = False
    worker_inside: bool = True

    @property
    def files(self) -> Path:
        """Uploads and printed papers, by SHA-256."""
        return self.state / "files"

    @staticmethod
    def from_env(env: Mapping[str, str]) -> "Settings":
        """From DEALFLOW_* variables. Raises Invalid for a value that makes no sense."""
        state = Path(env.get("DEALFLOW_STATE", "var")).absolute()
        database = env.get("DEALFLOW_DATABASE") or f"sqlite:///{state / 'dealflow.sqlite'}"
        if not database.startswith(("sqlite:///", "postgresql+psycopg://", "postgresql://")):
            raise Invalid("settings.database", "DEALFLOW_DATABASE")
        return Settings(
            database=database,
            state=state,
            workflows=Path(env.get("DEALFLOW_WORKFLOWS") or _data("workflows")),
            templates=Path(env.get("DEALFLOW_TEMPLATES") or _data("templates/documents")),
            fonts=Path(env.get("DEALFLOW_FONTS") or _fonts(state)),
            host=env.get("DEALFLOW_HOST", "127.0.0.1"),
            port=_port(env.get("DEALFLOW_PORT", "8321")),
            secure_cookies=_truth(env, "DEALFLOW_SECURE_COOKIES"),
            worker_inside=database.startswith("sqlite"),
        )


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 <= int(text) < 65536:
        raise Invalid("settings.port", "DEALFLOW_PORT", value=text)
    return int(text)


def _truth(env: Mapping[str, str], name: str) -> bool:
    value = env.get(name, "false").lower()
    if value not in ("true", "false", "1", "0"):
        raise Invalid("settings.truth", name, value=value)
    return value in ("true", "1")
