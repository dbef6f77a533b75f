"""What goes out of the server: protective headers, two cookies, and no file but the pages' own."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator

import httpx
import pytest
from myths import catalog

from tests.server.conftest import Running, Visitor, read

NOBODY = "00000000-0000-0000-0000-000000000000"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
}
OF_DOCUMENTS = ("X-Frame-Options", "Cross-Origin-Opener-Policy")
POLICY = (
    "default-src 'none'",
    "script-src 'self' blob:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)
PRIVATE = [
    "/01_risk.ipynb",
    "/notebooks/participants/01_risk.ipynb",
    "/voila/files/participants/01_risk.ipynb",
    "/voila/tree",
    "/voila/render/01_risk.ipynb",
    "/voila/static/main.js",
    "/voila/execution/1",
    "/static/../workshop.sqlite",
    "/files/01_risk.ipynb",
    "/workshop.sqlite",
    "/workshop.log",
    "/data/workshop.sqlite",
    "/content/series.yml",
    "/api",
    "/api/contents",
    "/api/contents/01_risk.ipynb",
    "/api/kernels",
    "/api/kernelspecs",
    "/api/sessions",
    "/api/status",
    "/api/terminals",
    "/lab",
    "/tree",
    "/login",
    "/metrics",
    "/favicon.ico",
    "/robots.txt",
    "/m/",
    "/m/risk/",
    "/m/01_risk",
    "/m/../../pyproject.toml",
    "/m/..%2f..%2fpyproject.toml",
    "/m/%2e%2e/%2e%2e/pyproject.toml",
    "/m/risk%00",
    "/assets/",
    "/assets/0/../../app.py",
    "/assets/0/..%2f..%2fapp.py",
    "/assets/0/%2e%2e%2fapp.py",
    "/assets/0/nothing.js",
    "//etc/passwd",
    "/%2fetc%2fpasswd",
]


@pytest.fixture(scope="module")
def answers(server: Running) -> Iterator[dict[str, httpx.Response]]:
    """One answer of every kind, by what it is."""
    visitor = Visitor(server)
    got = {
        "first page": visitor.get("/"),
        "agreement": visitor.get(f"/?w={server.code}"),
        "privacy": visitor.get("/privacy"),
        "module before joining": visitor.get("/m/risk"),
        "no such page": visitor.get("/nothing"),
        "wrong code": visitor.join("ABSENT"),
        "forged form": visitor.http.post("/", data={"code": server.code}),
        "wrong method": visitor.http.put("/"),
        "health": visitor.get("/healthz"),
        "joining": visitor.send("/", code=server.code, agree="yes", contributes="no"),
        "code page": visitor.get("/code"),
        "form sent twice": visitor.join(),
        "module": visitor.get("/m/start"),
        "no such module": visitor.get("/m/nothing"),
        "no such kernel": visitor.get(f"/kernels/{NOBODY}"),
        "no such wire": visitor.get(f"/api/kernels/{NOBODY}/channels"),
        "reloaded return page": visitor.get("/return"),
        "leaving": visitor.get("/leave"),
        "left": visitor.send("/leave"),
        "left page": visitor.get("/left"),
    }
    yield got
    visitor.http.close()


def test_every_answer_has_the_protective_headers(answers: dict[str, httpx.Response]):
    lacking = {
        (kind, header): answer.headers.get(header)
        for kind, answer in answers.items()
        for header, value in HEADERS.items()
        if answer.headers.get(header) != value
    }
    assert not lacking
    for kind, answer in answers.items():
        assert set(POLICY) <= set(answer.headers["Content-Security-Policy"].split("; ")), kind


def test_a_file_of_a_page_may_load_nothing_by_itself(answers: dict[str, httpx.Response], visitor):
    names = set(re.findall(r'"(/assets/[^"]+)"', answers["module"].text + answers["left"].text))
    assert {name.rpartition(".")[2] for name in names} == {"css", "js"}
    for name in names:
        sent = visitor.get(name).headers
        own = HEADERS | {"Cache-Control": "public, max-age=31536000, immutable"}
        own |= dict.fromkeys(OF_DOCUMENTS)
        assert {header: sent.get(header) for header in own} == own
        assert set(sent["Content-Security-Policy"].split("; ")) == {
            "default-src 'none'",
            "form-action 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        }


def test_only_the_visit_and_the_forms_token_are_cookies_and_end_with_the_browser(answers, visitor):
    visit, xsrf = visitor.cookie(), visitor.cookie("xsrf")
    given = [cookie for each in answers.values() for cookie in each.headers.get_list("Set-Cookie")]
    for cookie in given:
        name = cookie.partition("=")[0]
        assert name in (visit, xsrf)
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "expires=" not in cookie.lower() or cookie.startswith(f'{visit}="";')
    assert any(cookie.startswith(f"{visit}=") for cookie in given)


def test_the_cookie_is_in_no_page(answers: dict[str, httpx.Response], visitor: Visitor):
    cookie = answers["joining"].cookies[visitor.cookie()]
    assert len(cookie) > 40
    assert not [kind for kind, answer in answers.items() if cookie in answer.text]


def test_scripts_and_styles_are_kept_by_the_browser_and_hold_nothing_of_anybody(answers, visitor):
    paths = set(re.findall(r'/assets/[^"]+', answers["module"].text))
    assert len(paths) == 3
    for path in paths:
        asset = visitor.get(path)
        assert asset.status_code == 200
        assert asset.headers["X-Content-Type-Options"] == "nosniff"
        assert "immutable" in asset.headers["Cache-Control"]
        assert "Set-Cookie" not in asset.headers
        name = path.rsplit("/", 1)[1]
        older = visitor.get(f"/assets/0/{name}")
        assert older.content == asset.content
        assert older.headers["Cache-Control"] == "no-store"


def raw(server: Running, path: str) -> tuple[int, str]:
    """Ask for a path exactly as it is written."""
    wire = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    wire.putrequest("GET", path, skip_host=False)
    wire.endheaders()
    answer = wire.getresponse()
    text = answer.read().decode()
    wire.close()
    return answer.status, read(httpx.Response(answer.status, text=text))


def test_no_notebook_store_content_or_log_is_served(server: Running):
    words = catalog.load().ui.errors.not_found
    answers = {path: raw(server, path) for path in PRIVATE}
    assert {path: status for path, (status, _) in answers.items() if status != 404} == {}
    assert [path for path, (_, text) in answers.items() if words not in text] == []
