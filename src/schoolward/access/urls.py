"""Addresses of the access room."""

from django.urls import path

from schoolward.access.views import entrance, keeping, me


app_name = "access"
urlpatterns = [
    path("demo/<str:secret>/", entrance.demo, name="demo"),
    path("access/invitation/", entrance.accept, name="accept"),
    path("access/invitation/<str:secret>/", entrance.accept_with, name="accept_with"),
    path("access/secure/", me.secure, name="secure"),
    path("access/me/", me.account, name="account"),
    path("access/me/schools/<int:school_id>/", me.rights, name="rights"),
    path("access/sessions/others/end/", me.end_other_sessions, name="end_others"),
    path("access/sessions/<int:pk>/end/", me.end_session, name="end_session"),
    path("access/tokens/new/", me.new_token, name="new_token"),
    path("access/tokens/<int:pk>/end/", me.end_token, name="end_token"),
    path("access/delegates/new/", me.new_delegate, name="new_delegate"),
    path("access/delegates/<int:pk>/end/", me.end_delegate, name="end_delegate"),
    path("access/who/", keeping.who_sees, name="who"),
    path("access/view-as/stop/", keeping.stop_viewing, name="stop_viewing"),
    path("access/view-as/<int:person_id>/", keeping.view_as, name="view_as"),
    path("access/accounts/", keeping.account_list, name="accounts"),
    path("access/accounts/<int:person_id>/", keeping.account_of, name="account_of"),
    path("access/accounts/<int:person_id>/invite/", keeping.invite, name="invite"),
    path(
        "access/accounts/<int:person_id>/close/",
        keeping.close_account,
        name="close_account",
    ),
    path(
        "access/accounts/<int:person_id>/open/",
        keeping.open_account,
        name="open_account",
    ),
    path(
        "access/accounts/<int:person_id>/second-factor/",
        keeping.forget_second_factor,
        name="forget_second_factor",
    ),
    path("access/invitations/<int:pk>/withdraw/", keeping.withdraw, name="withdraw"),
]
