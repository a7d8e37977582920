"""The addresses of workspaces and projects; the editor, the forms and the API have modules of their own.

Arguments are named alike everywhere, and the test that tries every address as a stranger fills them by these names:
`workspace_id`, `project_id`, `page_id` (public ids), `slug` (of a function), `number` (of a version), `token`.
"""

from django.urls import URLPattern, URLResolver, include, path

from builder.views import account, home, members, pages, projects, versions, workspaces

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("demo/", home.sign_in_demo, name="demo"),
    path("outbox/", account.outbox, name="outbox"),
    path("account/", account.account, name="account"),
    path("invitations/<str:token>/", members.invitation, name="invitation"),
    # workspaces
    path("w/new/", workspaces.create, name="workspace_create"),
    path("w/<id:workspace_id>/", workspaces.show, name="workspace"),
    path("w/<id:workspace_id>/rename/", workspaces.rename, name="workspace_rename"),
    path("w/<id:workspace_id>/leave/", members.leave, name="workspace_leave"),
    path("w/<id:workspace_id>/activity/", workspaces.activity, name="activity"),
    path("w/<id:workspace_id>/members/", members.show, name="members"),
    path("w/<id:workspace_id>/members/<id:member_id>/role/", members.change_role, name="member_role"),
    path("w/<id:workspace_id>/members/<id:member_id>/remove/", members.remove, name="member_remove"),
    path(
        "w/<id:workspace_id>/invitations/<id:invitation_id>/withdraw/",
        members.withdraw_invitation,
        name="invitation_withdraw",
    ),
    path("w/<id:workspace_id>/projects/new/", projects.create, name="project_create"),
    # projects and their pages
    path("p/<id:project_id>/", projects.show, name="project"),
    path("p/<id:project_id>/settings/", projects.settings, name="project_settings"),
    path("p/<id:project_id>/rename/", projects.rename, name="project_rename"),
    path("p/<id:project_id>/delete/", projects.delete, name="project_delete"),
    path("p/<id:project_id>/restore/", projects.restore, name="project_restore"),
    path("p/<id:project_id>/pages/new/", pages.add, name="page_add"),
    path("p/<id:project_id>/pages/order/", pages.order, name="page_order"),
    path("p/<id:project_id>/pages/<id:page_id>/rename/", pages.rename, name="page_rename"),
    path("p/<id:project_id>/pages/<id:page_id>/delete/", pages.delete, name="page_delete"),
    path("p/<id:project_id>/pages/<id:page_id>/restore/", pages.restore, name="page_restore"),
    path("p/<id:project_id>/pages/<id:page_id>/versions/", versions.show, name="versions"),
    path("p/<id:project_id>/pages/<id:page_id>/versions/<int:number>/", versions.version, name="version"),
    path("p/<id:project_id>/pages/<id:page_id>/versions/compare/", versions.compare, name="version_compare"),
    path(
        "p/<id:project_id>/pages/<id:page_id>/versions/<int:number>/restore/",
        versions.restore,
        name="version_restore",
    ),
    # the editor, the forms and the API
    path("", include("builder.urls_editor")),
    path("", include("builder.urls_forms")),
    path("", include("builder.urls_api")),
]
