"""One address says how mail leaves the house: `smtp://user:password@host:587`, `smtps://…`, or none (files)."""

from urllib.parse import unquote, urlsplit


def mail_settings(address: str) -> dict[str, object]:
    """Django's mail settings for an address. Raises ValueError where the address is of another kind."""
    if not address:
        return {"EMAIL_BACKEND": "rapport.lib.mail_folder.FolderBackend"}
    parts = urlsplit(address)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("RAPPORT_MAIL_URL must look like smtp://user:password@host:587 (or smtps://…)")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parts.port != 25,
        "EMAIL_TIMEOUT": 20,
    }
