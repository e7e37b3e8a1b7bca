"""`groovelog serve`: the dashboard."""

from typing import Annotated

import typer

from groovelog.server import serve as run_server


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8888,
) -> None:
    """Open the dashboard on this machine."""
    run_server(context.obj, host, port)
