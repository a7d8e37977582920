"""Secrets at rest: unreadable without the key, readable with an older one, never twice the same."""

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.test import override_settings

from builder.models import User
from builder.secrets import Undecipherable, decrypt, encrypt, fingerprint


def test_a_secret_comes_back_and_is_not_readable_as_stored():
    token = encrypt("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in token
    assert token != encrypt("JBSWY3DPEHPK3PXP")
    assert decrypt(token) == "JBSWY3DPEHPK3PXP"


def test_a_key_can_be_replaced_without_losing_secrets():
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    with override_settings(PLAINSPARK_SECRETS_KEY=old):
        token = encrypt("secret")
    with override_settings(PLAINSPARK_SECRETS_KEY=f"{new},{old}"):
        assert decrypt(token) == "secret"
        renewed = encrypt("secret")
    with override_settings(PLAINSPARK_SECRETS_KEY=new):
        assert decrypt(renewed) == "secret"
        with pytest.raises(Undecipherable):
            decrypt(token)


def test_a_changed_secret_is_refused():
    token = encrypt("secret")
    with pytest.raises(Undecipherable):
        decrypt(token[:-4] + "AAAA")


def test_a_fingerprint_is_stable_and_tells_nothing():
    assert fingerprint("token") == fingerprint("token")
    assert fingerprint("token") != fingerprint("tokem")


@pytest.mark.django_db
def test_the_secret_of_an_authenticator_app_is_encrypted_in_the_database(olga: User):
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(olga, "JBSWY3DPEHPK3PXP")
    row = Authenticator.objects.get(user=olga, type=Authenticator.Type.TOTP)
    assert "JBSWY3DPEHPK3PXP" not in str(row.data)
    assert decrypt(row.data["secret"]) == "JBSWY3DPEHPK3PXP"
