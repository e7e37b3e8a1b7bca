"""`groovelog serve`: the dashboard."""

from typing import Annotated

import typer

from groovelog.server import serve as run_server


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8888,
    dashboard_only: Annotated[
        bool, typer.Option("--dashboard-only", help="Beside the server that has this home: without polling it again.")
    ] = False,
) -> None:
    """Open the dashboard on this machine; on another address than its own, for a group that signs in.

    The first who opens the link that is printed then is the owner, and invites the others.
    """
    run_server(context.obj, host, port, dashboard_only=dashboard_only)
