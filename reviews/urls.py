"""Addresses of the assessment: the desk's files, a reviewer's own reviews, the proposal of a call."""

from django.urls import path

from reviews import views

app_name = "reviews"
urlpatterns = [
    path("desk/files/", views.work_list, name="work_list"),
    path("desk/files/<slug:reference>/", views.file, name="file"),
    path("desk/files/<slug:reference>/application/", views.file_application, name="file_application"),
    path("desk/files/<slug:reference>/reviews/", views.file_reviews, name="file_reviews"),
    path("desk/files/<slug:reference>/history/", views.file_history, name="file_history"),
    path("desk/files/<slug:reference>/annexes/<slug:sha256>/", views.file_annex, name="file_annex"),
    path("desk/files/<slug:reference>/take/", views.take, name="take"),
    path("desk/files/<slug:reference>/screen/", views.screen, name="screen"),
    path("desk/files/<slug:reference>/admit/", views.admit, name="admit"),
    path("desk/files/<slug:reference>/refuse/", views.refuse, name="refuse"),
    path("desk/files/<slug:reference>/refusal/", views.refusal, name="refusal"),
    path("desk/files/<slug:reference>/refusal/return/", views.return_refusal, name="return_refusal"),
    path("desk/files/<slug:reference>/correction/", views.ask_correction, name="ask_correction"),
    path("desk/paper/", views.paper_calls, name="paper_calls"),
    path("desk/paper/<slug:reference>/", views.paper, name="paper"),
    path("desk/post/", views.post_list, name="post_list"),
    path("desk/post/<slug:code>/", views.record_sending, name="record_sending"),
    path("desk/files/<slug:reference>/assign/", views.assign, name="assign"),
    path("desk/files/<slug:reference>/reopen/", views.reopen, name="reopen"),
    path("desk/files/<slug:reference>/complete/", views.complete, name="complete"),
    path("desk/files/<slug:reference>/promote/", views.promote, name="promote"),
    path("desk/files/<slug:reference>/period/", views.record_period, name="record_period"),
    path("desk/files/<slug:reference>/officer/", views.assign_file, name="assign_file"),
    path("reviews/", views.my_reviews, name="my_reviews"),
    path("reviews/<int:pk>/", views.review, name="review"),
    path("reviews/<int:pk>/confirm/", views.confirm, name="confirm"),
    path("reviews/<int:pk>/conflict/", views.gate, name="gate"),
    path("reviews/<int:pk>/lock/", views.lock, name="lock"),
    path("reviews/<int:pk>/doubt/", views.settle_doubt, name="settle_doubt"),
    path("reviews/<int:pk>/recuse/", views.recuse, name="recuse"),
    path("reviews/<int:pk>/unlock/", views.unlock, name="unlock"),
    path("proposals/", views.boards, name="boards"),
    path("proposals/<slug:reference>/", views.board, name="board"),
    path("proposals/<slug:reference>/freeze/", views.freeze, name="freeze"),
    path("proposals/<slug:reference>/return/", views.return_proposal, name="return"),
    path("proposals/<slug:reference>/approve/", views.approve, name="approve"),
    path("proposals/<slug:reference>/letters/", views.letters, name="letters"),
    path("proposals/<slug:reference>/notify/", views.notify, name="notify"),
    path("proposals/<slug:reference>/close/", views.close, name="close"),
    # One file lifted from the reserve list: the same pages, for a proposal that has a number of its own.
    path("proposals/<slug:reference>/<int:number>/", views.board, name="board"),
    path("proposals/<slug:reference>/<int:number>/return/", views.return_proposal, name="return"),
    path("proposals/<slug:reference>/<int:number>/approve/", views.approve, name="approve"),
    path("proposals/<slug:reference>/<int:number>/letters/", views.letters, name="letters"),
    path("proposals/<slug:reference>/<int:number>/notify/", views.notify, name="notify"),
]
