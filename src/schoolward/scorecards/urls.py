"""Addresses of the catalogue and of its values."""

from django.urls import path

from schoolward.scorecards import views


app_name = "scorecards"

urlpatterns = [
    path("indicators/", views.indicators, name="indicators"),
    path("indicators/define/", views.define, name="define"),
    path("indicators/<slug:key>/", views.indicator, name="indicator"),
    path("indicators/<slug:key>/values.csv", views.values_csv, name="indicator_csv"),
    path("indicators/<slug:key>/change/", views.change, name="change"),
    path("indicators/<slug:key>/retire/", views.retire, name="retire"),
    path("indicators/<slug:key>/revive/", views.revive, name="revive"),
]
