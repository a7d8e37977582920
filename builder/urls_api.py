"""The addresses of spreadsheets, the API and its keys. POST …/run is answered before Django: `builder.endpoint`."""

from django.urls import URLPattern, URLResolver, path

from builder.views import api, api_keys, spreadsheet_runs, spreadsheets

_FUNCTION = "p/<id:project_id>/functions/<function:slug>/"
_KEYS = "p/<id:project_id>/keys/"
_RUN = f"{_FUNCTION}spreadsheet/<id:run_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    # the API
    path(f"{_FUNCTION}api", api.page, name="function_api"),
    path(
        "api/v1/projects/<id:project_id>/functions/<function:slug>/openapi.json", api.openapi, name="function_openapi"
    ),
    path(_KEYS, api_keys.show, name="api_keys"),
    path(f"{_KEYS}<id:key_id>/revoke", api_keys.revoke, name="api_key_revoke"),
    path(f"{_KEYS}clients", api_keys.create_client, name="api_client_create"),
    path(f"{_KEYS}clients/<id:client_id>/revoke", api_keys.revoke_client, name="api_client_revoke"),
    # spreadsheets
    path(f"{_FUNCTION}spreadsheet", spreadsheets.upload, name="function_spreadsheet"),
    path(f"{_RUN}columns", spreadsheets.columns, name="spreadsheet_columns"),
    path(_RUN, spreadsheet_runs.show, name="spreadsheet_run"),
    path(f"{_RUN}progress", spreadsheet_runs.progress, name="spreadsheet_progress"),
    path(f"{_RUN}cancel", spreadsheet_runs.cancel, name="spreadsheet_cancel"),
    path(f"{_RUN}delete", spreadsheet_runs.delete, name="spreadsheet_delete"),
    path(f"{_RUN}result", spreadsheet_runs.result, name="spreadsheet_result"),
]
