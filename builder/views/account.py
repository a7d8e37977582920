"""One's own account: the name that others see, and the mail that the embedded default kept."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from builder.mail import keeps_mail
from builder.outbox import mails_for, mails_of_browser
from builder.services.people import set_name
from builder.views.answers import attempt, person

MAILS_SHOWN = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """The person's name, and the way to addresses, password, two-step sign-in and sessions."""
    user = person(request)
    if request.method == "POST":
        attempt(request, lambda: set_name(user, request.POST.get("name", "")), "Your name is saved.")
        return redirect("account")
    return render(request, "builder/account.html")


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Mail that was kept instead of sent: that to one's own verified addresses, and that this browser caused."""
    if not keeps_mail():
        raise Http404("Mail is sent here")
    if not request.user.is_authenticated and not mails_of_browser(request):
        return redirect_to_login(request.get_full_path())
    return render(request, "builder/outbox.html", {"mails": mails_for(request)[:MAILS_SHOWN]})
