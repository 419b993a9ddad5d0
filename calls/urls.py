"""Addresses of the calls: the public pages, then those of the desk."""

from django.urls import path

from calls import views

app_name = "calls"
urlpatterns = [
    path("", views.home, name="home"),
    path("calls/", views.open_calls, name="open"),
    path("calls/<str:reference>/", views.call, name="call"),
    path("territories/", views.territories, name="territories"),
    path("desk/calls/", views.desk_list, name="desk_list"),
    path("desk/calls/<str:reference>/", views.desk_call, name="desk_call"),
    path("desk/calls/<str:reference>/propose/", views.propose, name="propose"),
    path("desk/calls/<str:reference>/return/", views.return_to_draft, name="return"),
    path("desk/calls/<str:reference>/publish/", views.publish, name="publish"),
    path("desk/calls/<str:reference>/open-assessment/", views.open_assessment, name="open_assessment"),
    path("desk/calls/<str:reference>/cancel/", views.cancel, name="cancel"),
    path("desk/calls/<str:reference>/archive/", views.archive, name="archive"),
    path("desk/calls/<str:reference>/extend-deadline/", views.extend_deadline, name="extend_deadline"),
    path("desk/calls/<str:reference>/corrigenda/new/", views.propose_corrigendum, name="propose_corrigendum"),
    path("desk/calls/<str:reference>/corrigenda/<int:pk>/", views.corrigendum, name="corrigendum"),
    path("desk/calls/<str:reference>/corrigenda/<int:pk>/discard/", views.discard_corrigendum, name="discard"),
]
