"""A process that dies at a chosen step."""

from collections.abc import Callable
from typing import Any


class Killed(BaseException):
    """Like SIGKILL, it is nobody's to catch."""


def dying(step: Callable[..., Any], left: list[int]) -> Callable[..., Any]:
    """The step, which takes one of the steps `left`; without any, the process dies instead."""

    def take(*args: Any, **kwargs: Any) -> Any:
        if not left[0]:
            raise Killed
        left[0] -= 1
        return step(*args, **kwargs)

    return take
