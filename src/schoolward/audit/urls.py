"""Addresses of the record."""

from django.urls import path

from schoolward.audit import views


app_name = "audit"
urlpatterns = [
    path("audit/", views.events, name="events"),
    path("audit/retention/", views.retention, name="retention"),
    path("audit/retention/<slug:key>/", views.period, name="period"),
    path("audit/retention/<slug:key>/dispose/", views.dispose, name="dispose"),
    path("audit/holds/", views.holds, name="holds"),
    path("audit/holds/<int:pk>/lift/", views.lift, name="lift"),
    path("audit/people/<int:person_id>/", views.person, name="person"),
    path(
        "audit/people/<int:person_id>/export/",
        views.person_export,
        name="person_export",
    ),
    path("audit/people/<int:person_id>/forget/", views.forget, name="forget"),
]
