"""Addresses of the loading dock."""

from django.urls import path

from schoolward.exchange.views import arriving, loads, maps


app_name = "exchange"
urlpatterns = [
    path("imports/", loads.imports, name="imports"),
    path("imports/new/", arriving.new, name="new"),
    path("imports/maps/", maps.maps, name="maps"),
    path("imports/maps/<slug:name>/", maps.edit, name="map"),
    path("imports/maps/<slug:name>/delete/", maps.delete, name="delete_map"),
    path("imports/<int:pk>/", loads.load, name="load"),
    path("imports/<int:pk>/columns/", arriving.columns, name="columns"),
    path("imports/<int:pk>/question/", arriving.question, name="question"),
    path("imports/<int:pk>/load/", loads.make_so, name="make_so"),
    path("imports/<int:pk>/again/", loads.again, name="again"),
    path("imports/<int:pk>/stop/", loads.stop, name="stop"),
    path("imports/<int:pk>/discard/", loads.discard, name="discard"),
    path("imports/<int:pk>/undo/", loads.undo, name="undo"),
    path("imports/<int:pk>/refusals.csv", loads.refusals, name="refusals"),
]
