"""How long browsers keep static files."""

from wsgiref.headers import Headers

BUILT = "/static/assets/"
A_YEAR = 365 * 24 * 60 * 60


def keep_built_files(headers: Headers, path: str, url: str) -> None:
    """Keep what vite built for good: a new content has a new name, so the old one never goes stale."""
    if url.startswith(BUILT):
        headers["Cache-Control"] = f"max-age={A_YEAR}, public, immutable"
