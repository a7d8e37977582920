"""The one door to what people own: every view, API and service gets its objects through these functions.

Each takes the acting user (or an anonymous one) and gives only what that person may see. What they may not see does
not exist for them: `Http404`, never a refusal that would tell that it is there. A member whose role is too low
gets the same answer.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from builder.models import (
    Draft,
    Form,
    LiveFunction,
    Membership,
    Page,
    PageVersion,
    Project,
    Role,
    Sharing,
    User,
    Workspace,
)

Person = User | AnonymousUser


def visible_workspaces(user: Person) -> QuerySet[Workspace]:
    """The workspaces that this person is a member of, by name."""
    if not user.is_authenticated:
        return Workspace.objects.none()
    return Workspace.objects.filter(memberships__user=user)


def visible_projects(user: Person) -> QuerySet[Project]:
    """The projects, not deleted, of all workspaces that this person is a member of."""
    if not user.is_authenticated:
        return Project.objects.none()
    return Project.objects.filter(workspace__memberships__user=user, deleted_at=None).select_related("workspace")


def membership_of(user: Person, workspace: Workspace) -> Membership | None:
    """The membership of a person in a workspace, or None."""
    if not user.is_authenticated:
        return None
    return Membership.objects.filter(user=user, workspace=workspace).first()


def membership_for(user: Person, workspace_id: str, role: Role = Role.VIEWER) -> Membership:
    """The person's membership of a workspace (loaded with it), by its public id; Http404 unless the role allows."""
    if user.is_authenticated:
        membership = (
            Membership.objects.select_related("workspace").filter(user=user, workspace__public_id=workspace_id).first()
        )
        if membership is not None and membership.allows(role):
            return membership
    raise Http404("No such workspace")


def workspace_for(user: Person, public_id: str, role: Role = Role.VIEWER) -> Workspace:
    """The workspace with this public id; Http404 unless the person has that role in it."""
    return membership_for(user, public_id, role).workspace


def demand(user: Person, workspace: Workspace, role: Role) -> Membership:
    """The person's membership of a workspace; Http404 unless the role allows. Every service begins with this."""
    membership = membership_of(user, workspace)
    if membership is None or not membership.allows(role):
        raise Http404("No such workspace")
    return membership


def roles_allowing(role: Role) -> list[Role]:
    """All roles that may do what needs the given one."""
    return [each for each in Role if each.allows(role)]


def project_for(user: Person, public_id: str, role: Role = Role.VIEWER, *, deleted: bool = False) -> Project:
    """The project with this public id, its workspace loaded; Http404 unless the person has that role in its workspace.

    A deleted project is found only with `deleted`, and then only if it is deleted.
    """
    if user.is_authenticated:
        project = (
            Project.objects.select_related("workspace")
            .filter(
                public_id=public_id,
                deleted_at__isnull=not deleted,
                workspace__memberships__user=user,
                workspace__memberships__role__in=roles_allowing(role),
            )
            .first()
        )
        if project is not None:
            return project
    raise Http404("No such project")


def may(user: Person, project: Project, role: Role) -> bool:
    """Whether this person has at least that role in the project's workspace."""
    membership = membership_of(user, project.workspace)
    return membership is not None and membership.allows(role)


def visible_pages(project: Project) -> QuerySet[Page]:
    """The pages, not deleted, of a project that was got from here, in their order."""
    return Page.objects.filter(project=project, deleted_at=None)


def page_for(user: Person, project_id: str, page_id: str, role: Role = Role.VIEWER, *, deleted: bool = False) -> Page:
    """A page of a project, both loaded; Http404 unless the person has that role."""
    if user.is_authenticated:
        page = (
            Page.objects.select_related("project__workspace")
            .filter(
                public_id=page_id,
                deleted_at__isnull=not deleted,
                project__public_id=project_id,
                project__deleted_at=None,
                project__workspace__memberships__user=user,
                project__workspace__memberships__role__in=roles_allowing(role),
            )
            .first()
        )
        if page is not None:
            return page
    raise Http404("No such page")


def version_of(page: Page, number: int) -> PageVersion:
    """One version of a page that was got from here; Http404 when there is none with that number."""
    version = PageVersion.objects.select_related("author").filter(page=page, number=number).first()
    if version is None:
        raise Http404("No such version")
    return version


def draft_of(user: User, page: Page) -> Draft | None:
    """The person's own unsaved work on a page that was got from here, or None."""
    return Draft.objects.filter(page=page, user=user).first()


def visible_functions(user: Person, project: Project) -> QuerySet[LiveFunction]:
    """The functions of a project that this person may run, in the order of their pages."""
    if not user.is_authenticated:
        return LiveFunction.objects.none()
    return LiveFunction.objects.filter(
        _open_to_role(), project=project, project__workspace__memberships__user=user
    ).select_related("page")


def _open_to_role() -> Q:
    """For a filter that names one membership: what that membership may run. Private functions are for editors."""
    private = Form.objects.filter(
        project=OuterRef("project_id"), function_name=OuterRef("name"), sharing=Sharing.PRIVATE
    )
    return Q(project__workspace__memberships__role__in=roles_allowing(Role.EDITOR)) | Q(~Exists(private))


def function_for(user: Person, project_id: str, slug: str, role: Role = Role.VIEWER) -> LiveFunction:
    """A function of a project, with project, page and build loaded; Http404 unless the person has that role.

    A function whose form is private is there for editors and owners only, in whatever way it is run.
    """
    if user.is_authenticated:
        function = (
            LiveFunction.objects.select_related("project__workspace", "page", "build")
            .filter(
                _open_to_role(),
                slug=slug,
                project__public_id=project_id,
                project__deleted_at=None,
                project__workspace__memberships__user=user,
                project__workspace__memberships__role__in=roles_allowing(role),
            )
            .first()
        )
        if function is not None:
            return function
    raise Http404("No such function")
