from django.urls import path

from frontend.gallery import views

app_name = "gallery"
urlpatterns = [path("", views.gallery, name="page")]
