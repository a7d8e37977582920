"""Every address: accounts and identity by allauth, the rest by the apps."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    # Brings /identity/o/… and /.well-known/openid-configuration, which has to be at the root.
    path("", include("allauth.idp.urls")),
    path("", include("builder.urls")),
]
