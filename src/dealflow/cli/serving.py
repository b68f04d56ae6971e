"""`dealflow serve` and `dealflow work`: the doors in a web server; background work apart, where the database is PostgreSQL."""

import errno
import logging
import signal
import socket
import threading
from dataclasses import replace
from typing import Annotated

import typer
import uvicorn

from dealflow.asgi import app_for
from dealflow.cli.demo import sample
from dealflow.cli.opening import opened, settings
from dealflow.cli.telling import say, table
from dealflow.jobs import worker


def offer(app: typer.Typer) -> None:
    """Its commands."""
    app.command("serve")(serve)
    app.command("work")(work)


def serve(
    host: Annotated[str, typer.Option(help="监听地址 · address to listen on")] = "",
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="端口，0 为任意 · port; 0 takes any")] = None,
    with_sample: Annotated[
        bool, typer.Option("--sample", help="首次启动时载入样板项目 · load the sample project at first start")
    ] = False,
) -> None:
    """启动服务 · Open the pages and the API."""
    keep_log()
    found = settings()
    wanted = found.port if port is None else port
    with listening(host or found.host, wanted) as door:
        address, taken = door.getsockname()[:2]
        with opened(replace(found, host=address, port=taken)) as dealflow:
            if with_sample:
                sample.load_once(dealflow)
            say(f"http://{shown(address)}:{taken}", "bold green")
            if with_sample:
                table(("登录名 login", "姓名 name", "岗位 roles"), sample.sign_ins(dealflow))
                say(f"密码 / password: {sample.PASSWORD}", "bold")
            config = uvicorn.Config(app_for(dealflow), log_level="warning", server_header=False, date_header=False)
            uvicorn.Server(config).run(sockets=[door])


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens at the address; to another port when this one is taken, which is told."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            door.close()
            raise
        say(f"端口 {port} 已被占用，改用其他端口 / port {port} is taken; another one is used", "yellow")
        door.bind((host, 0))
    door.listen()
    return door


def keep_log() -> None:
    """What the service says goes to the terminal; its libraries speak up only when something is wrong."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("dealflow").setLevel(logging.INFO)


def shown(address: str) -> str:
    """An address as browsers write it."""
    return f"[{address}]" if ":" in address else address


def work() -> None:
    """处理到期事项和打印 · Act on deadlines and print papers, until told to stop."""
    keep_log()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with opened() as dealflow:
        say("开始处理 / at work", "green")
        worker.run(dealflow, stop)
