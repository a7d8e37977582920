"""What the API answers when it does not run anything: a status, a stable code and plain words."""

from __future__ import annotations

from dataclasses import dataclass

from compiler.targets.openapi import INPUTS_PER_CALL

LARGEST_BODY = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Problem:
    """A request that is not answered with results. `field` is the input that it is about; `wait` seconds help."""

    status: int
    code: str
    message: str
    field: str | None = None
    wait: int | None = None

    def body(self) -> dict[str, object]:
        """As JSON data."""
        return {"error": {"code": self.code, "message": self.message, "field": self.field}}


class Unanswered(Exception):
    """Raised where a request cannot be answered with results."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


NO_CREDENTIAL = Problem(
    401, "no_key", "Send an API key of the project with the request, as the header “Authorization: Bearer ps_…”."
)
BAD_CREDENTIAL = Problem(
    401, "key_not_valid", "This key is not valid. It may have been revoked, or the access token may have run out."
)
NO_SCOPE = Problem(403, "scope_missing", "This access token may not run functions. Ask for one with the scope “run”.")
NOT_FOUND = Problem(404, "no_such_function", "There is no such function in the project of this key.")
NOT_POST = Problem(405, "only_post", "This address runs a function. Send a POST request with its inputs as JSON.")
TOO_LARGE = Problem(
    413,
    "too_large",
    f"The request is larger than {LARGEST_BODY // 1024 // 1024} MB. Please send the inputs in several requests.",
)
TOO_MANY_INPUTS = Problem(
    413,
    "too_many_inputs",
    f"A request may hold at most {INPUTS_PER_CALL:,} inputs. Please send them in several requests.",
)
NOT_JSON = Problem(
    400,
    "not_json",
    "The request is not JSON that can be read. Send the inputs with their names, as shown on the function's API page.",
)
NOT_INPUTS = Problem(
    400,
    "not_inputs",
    "The request should hold the inputs with their names, or a list of such, as shown on the function's API page.",
)

OUR_FAULT = Problem(
    500,
    "our_fault",
    "Something went wrong on our side, and it has been noted. Your request was fine; please try again.",
)

LISTS_RUNNING = Problem(
    429,
    "lists_running",
    "Other lists of inputs that you sent are still being worked on. Please wait until one of them is answered.",
    wait=1,
)


def too_many_requests(seconds: int) -> Problem:
    """The answer to a caller who has to wait."""
    unit = "second" if seconds == 1 else "seconds"
    return Problem(
        429, "too_many_requests", f"Too many requests. Please wait {seconds} {unit} and try again.", wait=seconds
    )
