"""The addresses of forms: running, designing and sharing."""

from django.urls import URLPattern, URLResolver, path

from builder.views import form_design, forms

_FUNCTION = "p/<id:project_id>/functions/<function:slug>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(_FUNCTION, forms.member_form, name="function_form"),
    path(f"{_FUNCTION}check", forms.member_check, name="function_form_check"),
    path(f"{_FUNCTION}design", form_design.design, name="function_design"),
    path(f"{_FUNCTION}design/preview", form_design.preview, name="function_form_preview"),
    path(f"{_FUNCTION}design/undo", form_design.undo, name="function_form_undo"),
    path(f"{_FUNCTION}sharing", form_design.sharing, name="function_form_sharing"),
    path(f"{_FUNCTION}sharing/renew", form_design.renew, name="function_form_renew"),
    path("f/accent/<str:colour>.css", forms.accent_sheet, name="form_accent"),
    path("f/<str:token>/", forms.shared_form, name="shared_form"),
    path("f/<str:token>/check", forms.shared_check, name="shared_form_check"),
]
