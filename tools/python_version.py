"""Which Pythons dealflow runs on. The Makefile runs it first of all: it prints a suitable one, or says what to install.

Written so that an old Python 3 can read it: it is what that one meets first.
"""

import shutil
import subprocess
import sys

OLDEST, NEWEST = (3, 11), (3, 13)
WRONG = f"not ({OLDEST!r} <= sys.version_info[:2] <= {NEWEST!r})"
NAMES = ("python3.11", "python3.12", "python3.13")


def suitable() -> "str | None":
    """This Python when it will do, else one found on PATH, else None."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return sys.executable
    for name in NAMES:
        path = shutil.which(name)
        if path and subprocess.call([path, "-c", f"import sys; sys.exit({WRONG})"], stderr=subprocess.DEVNULL) == 0:
            return path
    return None


def please_install(here: str) -> str:
    """One message in plain words, in both languages."""
    return (
        f"dealflow 需要 Python 3.11 至 3.13，本机的 python3 是 {here}。请安装其中之一，再次运行 make。\n"
        f"dealflow needs Python 3.11 to 3.13; python3 here is {here}. Install one of these, then run make again.\n"
        "Debian / Ubuntu: apt-get install python3.11 (or python3.12, python3.13)"
    )


if __name__ == "__main__":
    found = suitable()
    if found is None:
        sys.exit(please_install(f"{sys.version_info[0]}.{sys.version_info[1]}"))
    print(found)
