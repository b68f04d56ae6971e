"""The text of a printed paper, for scenarios that check it. Poppler reads the PDF; the service itself never does."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from dealflow.cli.play.stage import Stage
from dealflow.features.documents import queries as documents
from dealflow.kernel.errors import DealflowError, NotFound


class NoReader(DealflowError):
    """There is no pdftotext on this machine."""

    kind = "missing_tool"

    def __init__(self) -> None:
        super().__init__(
            "检查单据文字需要 pdftotext（软件包 poppler-utils）/ checking papers needs pdftotext (package poppler-utils)"
        )


def text_of(stage: Stage, paper: int) -> str:
    """Print a paper from its record and give its text without blanks: lines break where the layout wants it."""
    with stage.dealflow.reading() as uow:
        record = documents.record(uow.connection, paper)
    if record is None:
        raise NotFound("paper", paper)
    return squeezed(_read(stage.dealflow.press.render(record)))


def _read(pdf: bytes) -> str:
    reader = shutil.which("pdftotext")
    if reader is None:
        raise NoReader
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "paper.pdf"
        file.write_bytes(pdf)
        done = subprocess.run([reader, "-layout", file, "-"], capture_output=True, check=True)  # noqa: S603
    return done.stdout.decode()


def squeezed(text: str) -> str:
    """A text without blanks and line ends."""
    return "".join(text.split())
