"""What any browser does for a guest: cookies, files that are loaded once, forms."""

from __future__ import annotations

import asyncio
import gzip
import re
from collections.abc import Mapping
from functools import lru_cache
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

from tornado.httpclient import AsyncHTTPClient, HTTPError, HTTPRequest, HTTPResponse
from tornado.simple_httpclient import SimpleAsyncHTTPClient

from myths.rehearsal.wire import LONGEST

_ASSET = re.compile(rb'(?:src=|href=|from )"(/assets/[^"]+|\./[a-z-]+\.js)"')


def http() -> AsyncHTTPClient:
    """Make the client that any number of guests share; each request is a connection."""
    return SimpleAsyncHTTPClient(
        force_instance=True,
        max_clients=10_000,
        defaults={
            "connect_timeout": LONGEST,
            "request_timeout": LONGEST,
            "follow_redirects": False,
        },
    )


class GuestBrowser:
    """Cookies and the files that were seen; `requests` and `bytes` count what came, compressed."""

    def __init__(self, origin: str, client: AsyncHTTPClient) -> None:
        parts = urlsplit(origin)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.requests = self.bytes = 0
        self.cookies: dict[str, str] = {}
        self._client = client
        self._seen: set[str] = set()

    async def get_assets(self, url: str, response: HTTPResponse) -> None:
        """Load the files that a page or a script names, all at once, and what those name."""
        new = {urljoin(url, name) for name in _named(body(response))} - self._seen
        self._seen |= new  # the browser keeps them

        async def get(asset: str) -> None:
            await self.get_assets(asset, await self.fetch(asset))

        await asyncio.gather(*map(get, new))

    def headers(self) -> dict[str, str]:
        """Return what every request has."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": cookie, "Origin": self.origin, "Accept-Encoding": "gzip"}

    async def fetch(
        self,
        path: str,
        form: Mapping[str, str] | None = None,
        *,
        refusals: bool = False,
        counted: bool = True,
    ) -> HTTPResponse:
        """Get a page, or send a form; errors are raised unless `refusals` are an answer too.

        It is not `counted` when it belongs to no page's load: as one page goes, the next one comes.
        """
        response = await self._client.fetch(
            HTTPRequest(
                urljoin(self.origin, path),
                method="GET" if form is None else "POST",
                headers=self.headers(),
                body=None if form is None else urlencode(form),
                decompress_response=False,  # so that bytes are counted as they travel
            ),
            raise_error=False,
        )
        if counted:
            self.requests += 1
            self.bytes += len(response.body)
        for line in response.headers.get_list("Set-Cookie"):
            self.cookies |= {name: crumb.value for name, crumb in SimpleCookie(line).items()}
        if response.code >= 400 and not refusals:
            raise HTTPError(response.code, response=response)
        return response


def body(response: HTTPResponse) -> bytes:
    """Return what a response holds, as it was before it was compressed."""
    is_gzipped = response.headers.get("Content-Encoding") == "gzip"
    return gzip.decompress(response.body) if is_gzipped else response.body


@lru_cache(maxsize=64)
def _named(page: bytes) -> tuple[str, ...]:
    """Find the files that a page or a script loads."""
    return tuple(name.decode() for name in _ASSET.findall(page))
