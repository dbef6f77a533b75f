"""What a browser may lack, how a test takes it away, and what must then become of each page."""

from __future__ import annotations

from tests.server.conftest import ROOT

PATHS = {"start": "/m/start", "module": "/m/risk", "closing": "/m/closing"}
PAGES = ["join", *PATHS, "own answers"]
STORAGE = "Object.defineProperty(window, 'sessionStorage', {{ {} }});"
NOBODY = "() => { throw new DOMException('no', 'SecurityError'); }"
PLAIN = "what plain http lacks: `crypto.randomUUID`, clipboard"
TAKEN = {  # by a script that runs before the page's own; and what is true once it has run
    "`AbortSignal.timeout` (Safari 15)": (
        "delete AbortSignal.timeout;",
        "!AbortSignal.timeout",
    ),
    "`sessionStorage` is null": (STORAGE.format("value: null"), "sessionStorage === null"),
    "`sessionStorage` throws": (
        STORAGE.format(f"get: {NOBODY}"),
        "(() => { try { sessionStorage } catch { return true } })()",
    ),
    "`sessionStorage` is full": (
        f"Storage.prototype.setItem = {NOBODY};",
        "(() => { try { sessionStorage.setItem('a', 'b') } catch { return true } })()",
    ),
    "WebSocket": ("delete window.WebSocket;", "!window.WebSocket"),
    "WebSockets, by a proxy that refuses": ("", "true"),
    "WebSockets, by a proxy that is silent": ("", "true"),
    "clipboard and `execCommand`": (
        """Object.defineProperty(navigator, 'clipboard', { value: undefined });
        document.execCommand = () => false;""",
        "!navigator.clipboard",
    ),
    PLAIN: ("", "!isSecureContext && !crypto.randomUUID && !navigator.clipboard"),
    "BroadcastChannel, observers, `structuredClone`": (
        """for (const each of ['BroadcastChannel', 'IntersectionObserver', 'ResizeObserver',
          'structuredClone']) delete window[each];""",
        """!window.BroadcastChannel && !window.IntersectionObserver && !window.ResizeObserver
        && !window.structuredClone""",
    ),
    "`sendBeacon`": ("delete Navigator.prototype.sendBeacon;", "!navigator.sendBeacon"),
}
SOCKETS = {"refuses": "refuse", "is silent": "swallow"}


def table() -> dict[str, list[str]]:
    """What is taken away -> what becomes of each page, and what is said."""
    lines = (ROOT / "docs/developers/browsers.md").read_text().splitlines()
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if line[:1] == "|"
    ]
    assert rows[0][1:-1] == PAGES
    return {name: cells for name, *cells in rows[2:]}
