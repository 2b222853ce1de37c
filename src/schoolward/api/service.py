"""The API itself: the rooms' routers, who asks, how often, and what the schema says."""

from typing import Any

from ninja import NinjaAPI

from schoolward import __version__
from schoolward.api import faults
from schoolward.api.examples import EXAMPLES
from schoolward.api.keys import KEYS
from schoolward.api.pace import Pace
from schoolward.api.strict import strict
from schoolward.district.api import router as district
from schoolward.exchange.api import router as exchange
from schoolward.scorecards.api import router as scorecards


DESCRIPTION = """\
What other software may ask of a district's Schoolward.

* Send a person's token as `Authorization: Bearer sw_…`; it acts with that person's
  rights. A signed-in browser may read with its session.
* Lists answer `{"items": […], "next_cursor": … | null}`; pass the cursor on as it is.
* What is not a success answers `{"error": {"code", "message", "next_step"}}`.
* Ids are opaque strings; the ids of other systems stand beside them in `external_ids`.
* Shares are from 0 to 1. A period is a school year such as `2018-19`.
* `as_of` reads the district as it stood on a day.
"""


class Service(NinjaAPI):
    """The API with every operation strict about its parameters."""

    def get_openapi_schema(self, **options: Any) -> Any:
        """Return the schema, with the answer to a wrong method beside the others."""
        schema = super().get_openapi_schema(**options)
        for path in schema["paths"].values():
            for operation in path.values():
                operation["responses"][405] = operation["responses"][404]
                _say(operation["responses"])
                for parameter in operation.get("parameters", ()):
                    _tidy(parameter)
        for name, example in EXAMPLES.items():
            schema["components"]["schemas"][name]["example"] = example
        return schema


SAYINGS = {
    "200": "What was asked for.",
    "400": "The request contradicts itself, or its cursor is none.",
    "401": "No token, or one that opens nothing.",
    "403": "Refused, with the reason and the next step.",
    "404": "Nothing has this id, or nobody may know of it.",
    "405": "This address does not take the method.",
    "422": "A parameter is unknown or cannot be meant.",
    "429": "More requests in a minute than one person's programs may send.",
    "500": "Something broke here.",
}


def _say(responses: dict[Any, Any]) -> None:
    for status in list(responses):
        text = str(status)
        responses[text] = {**responses.pop(status), "description": SAYINGS[text]}


def _tidy(parameter: dict[str, Any]) -> None:
    """Say of a parameter what a program can send: an address has no null."""
    schema = parameter["schema"]
    kinds = [kind for kind in schema.pop("anyOf", ()) if kind.get("type") != "null"]
    for kind in kinds:
        schema.update(kind)
    if examples := parameter.pop("examples", None):
        parameter["example"] = examples[0]


def build() -> Service:
    """Put the rooms' routers together."""
    service = Service(
        title="Schoolward",
        version=__version__,
        description=DESCRIPTION,
        openapi_url="/openapi.json",
        docs_url=None,
        urls_namespace="api",
        auth=list(KEYS),
        throttle=Pace(),
        servers=[{"url": "/", "description": "This district"}],
    )
    service.add_decorator(strict, mode="operation")
    for router in (district, scorecards, exchange):
        service.add_router("", router)
    faults.add_to(service)
    return service
