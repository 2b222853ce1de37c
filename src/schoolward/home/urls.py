"""Addresses of the front pages."""

from django.urls import path

from schoolward.home.views import day, finding, jobs, people, places, school


app_name = "home"
urlpatterns = [
    path("", day.day, name="day"),
    path("schools/", places.schools, name="schools"),
    path("schools/<int:pk>/", school.school, name="school"),
    path("schools/<int:pk>/who/", school.who, name="who"),
    path("networks/", places.networks, name="networks"),
    path("networks/<int:pk>/", places.network, name="network"),
    path("district/", places.district, name="district"),
    path("people/", people.people, name="people"),
    path("people/<int:pk>/", people.person, name="person"),
    path("units/", places.units, name="units"),
    path("units/<int:pk>/", places.unit, name="unit"),
    path("search/", finding.find, name="search"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<int:pk>/", jobs.job, name="job"),
    path("jobs/<int:pk>/retry/", jobs.retry, name="retry_job"),
    path("jobs/<int:pk>/stop/", jobs.stop, name="stop_job"),
]
