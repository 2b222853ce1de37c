"""The addresses for programs."""

from django.urls import path, re_path
from django.urls.resolvers import URLPattern, URLResolver

from schoolward.api.faults import in_shape, nothing_here
from schoolward.api.health import healthz
from schoolward.api.service import build


ROOT = "api-root"
"""The name by which the schema finds where the API begins."""

service = build()
_patterns, _app_name, _namespace = service.urls


def _shaped(pattern: URLPattern | URLResolver) -> URLPattern:
    """Return an address whose every answer is in the one shape."""
    if not isinstance(pattern, URLPattern):
        msg = "Mount routers flat: their addresses are wrapped one by one."
        raise TypeError(msg)
    return URLPattern(
        pattern.pattern,
        in_shape(pattern.callback),
        pattern.default_args,
        pattern.name,
    )


_shaped_ones = [_shaped(one) for one in _patterns]
_addresses = [
    *(one for one in _shaped_ones if one.name != ROOT),
    path("", nothing_here, name=ROOT),
    re_path(r"^", nothing_here, name="nothing"),
]

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("api/v1/", (_addresses, _app_name, _namespace)),
]
