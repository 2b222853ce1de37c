"""The addresses of the house: each room brings its own."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver


ROOMS = ("ui", "audit", "district", "access", "timeuse", "scorecards", "exchange",
         "home", "api")  # fmt: skip

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(import_module(f"schoolward.{room}.urls")))
    for room in ROOMS
    if find_spec(f"schoolward.{room}.urls")
]
urlpatterns.append(path("account/", include("schoolward.access.account_urls")))

handler400 = "schoolward.config.errors.not_understood"
handler403 = "schoolward.config.errors.not_open"
handler404 = "schoolward.config.errors.not_found"
handler500 = "schoolward.config.errors.broken"
