"""Becomes the server: `python launch.py UID GID PROGRAM ARGUMENT...`. Called by postgres.py.

Drops root's rights when it has them, asks the kernel (Linux) to shut the server down when its parent is killed, turns into it.
"""

import ctypes
import os
import signal
import sys

DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG; a change of user forgets it, so it comes after that


def become(user: int, group: int, command: list[str]) -> None:
    """Does not return."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(group)
        os.setuid(user)
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGINT)
    os.execv(command[0], command)


if __name__ == "__main__":
    become(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
