"""The addresses of the app. The editor, the forms and the API have their own modules; what is here is workspaces and projects.

Arguments are named alike everywhere, and the test that tries every address as a stranger fills them by these names:
`workspace_id`, `project_id`, `page_id` (public ids), `slug` (of a function), `number` (of a version), `token`.
"""

from django.urls import URLPattern, URLResolver, include, path

from builder.views import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    # the editor, the forms and the API
    path("", include("builder.urls_editor")),
    path("", include("builder.urls_forms")),
    path("", include("builder.urls_api")),
]
