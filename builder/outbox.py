"""Who may read kept mail: each person what came to their own addresses since they were verified, each browser the few it caused itself."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest

from builder.accounts import SESSION_MAIL
from builder.models import OutboxMessage, ProvedAddress


def mails_of_browser(request: HttpRequest) -> list[str]:
    """The public ids of the kept mails that this browser session caused and may read, the newest last."""
    return list(request.session.get(SESSION_MAIL, []))


def mails_for(request: HttpRequest) -> QuerySet[OutboxMessage]:
    """All kept mails that whoever sent this request may read, the newest first."""
    mine = Q(public_id__in=mails_of_browser(request))
    if request.user.is_authenticated:
        proofs = ProvedAddress.objects.filter(user=request.user, email=OuterRef("email")).values("since")[:1]
        addresses = EmailAddress.objects.filter(user=request.user, verified=True).annotate(since=Subquery(proofs))
        for address, since in addresses.values_list("email", "since"):
            # Without a proof the address came with the account.
            mine |= Q(recipient=address.lower(), created__gte=since or request.user.date_joined)
    return OutboxMessage.objects.filter(mine)


def newest_mail_of_browser(request: HttpRequest) -> OutboxMessage | None:
    """The newest kept mail that this browser session caused, or None."""
    kept = mails_of_browser(request)
    return OutboxMessage.objects.filter(public_id=kept[-1]).first() if kept else None
