from django.urls import path

from rapport.people import data, desk, views

app_name = "people"

urlpatterns = [
    path("welcome/", views.arrival, name="arrival"),
    path("my/", views.my, name="my"),
    path("my/data/", data.my_data, name="my-data"),
    path("my/data/file/", data.my_data_file, name="my-data-file"),
    path("my/data/removal/", data.my_data_removal, name="my-data-removal"),
    path("privacy/", data.privacy, name="privacy"),
    path("demo/sign-in/", views.demo_sign_in, name="demo-sign-in"),
    path("invitations/<str:secret>/", views.invitation, name="invitation"),
    path("desk/people/", desk.people, name="people"),
    path("desk/people/invitations/", desk.invitations, name="invitations"),
    path("desk/people/invitations/<int:pk>/removal/", desk.invitation_removal, name="invitation-removal"),
    path("desk/people/<int:pk>/", desk.person, name="person"),
    path("desk/people/<int:pk>/appointments/", desk.appointments, name="person-appointments"),
    path("desk/people/appointments/<int:pk>/removal/", desk.appointment_removal, name="appointment-removal"),
    path("desk/privacy/", desk.clean_up, name="clean-up"),
]
