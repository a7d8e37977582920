"""The addresses of the page editor and of the help."""

from django.urls import path

from builder.views import editor
from builder.views.help import language, message, messages

PAGE = "p/<id:project_id>/pages/<id:page_id>/"

urlpatterns = [
    path(PAGE, editor.page_editor, name="page_editor"),
    path(f"{PAGE}check", editor.page_check, name="page_check"),
    path(f"{PAGE}complete", editor.page_complete, name="page_complete"),
    path(f"{PAGE}format", editor.page_format, name="page_format"),
    path(f"{PAGE}draft", editor.page_draft, name="page_draft"),
    path(f"{PAGE}save", editor.page_save, name="page_save"),
    path("help/", language, name="help"),
    path("help/messages/", messages, name="help_messages"),
    path("help/messages/<slug:code>", message, name="help_message"),
]
