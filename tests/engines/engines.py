"""Firefox and WebKitGTK from the system's packages, each as a phone that Selenium drives."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium.webdriver import FirefoxOptions, Remote, WebKitGTK, WebKitGTKOptions
from selenium.webdriver.webkitgtk.service import Service

from tests.engines.marionette import Marionette

SIZE = {"width": 390, "height": 844}
NEEDED = "Install {}: as root, `sh tests/system.sh soak` does."
BEGINS = 60  # seconds
STYLE = Path(__file__).with_name("minibrowser.css")  # its bar is wider than a phone
PREFERENCES = """user_pref("marionette.port", 0);
user_pref("intl.accept_languages", "en-GB");
user_pref("ui.useOverlayScrollbars", 1);
user_pref("browser.shell.checkDefaultBrowser", false);
"""


@contextmanager
def firefox(folder: Path, outside: int) -> Iterator[Remote]:
    """Start Firefox; it has no window smaller than 450 px, so the page is told to be smaller."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    assert program, NEEDED.format("Firefox ESR (`firefox-esr`)")
    (folder / "user.js").write_text(PREFERENCES)
    port = folder / "MarionetteActivePort"
    options = FirefoxOptions()
    options.enable_bidi = True
    elsewhere = f"127.0.0.1:{outside}"
    options.set_capability(
        "proxy", {"proxyType": "manual", "httpProxy": elsewhere, "sslProxy": elsewhere}
    )
    with (folder / "log").open("w") as log:
        command = [program, "--marionette", "--headless", "--no-remote", "--profile", str(folder)]
        process = subprocess.Popen(
            [*command, "--remote-debugging-port", "0"], stdout=log, stderr=log
        )
    try:
        end = time.monotonic() + BEGINS
        while not (port.exists() and port.read_text().strip()):
            assert process.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < end, (folder / "log").read_text()
            time.sleep(0.02)
        driver = Remote(Marionette(int(port.read_text())), options=options)
        driver.browsing_context.set_viewport(context=driver.current_window_handle, viewport=SIZE)
        yield driver
    finally:
        process.terminate()
        process.wait()


@contextmanager
def webkitgtk(folder: Path, outside: int) -> Iterator[Remote]:
    """Start WebKitGTK's MiniBrowser on a display of its own."""
    program = next(Path("/usr").glob("lib*/**/webkit2gtk-4.*/MiniBrowser"), None)
    assert program, NEEDED.format("WebKitGTK's driver (`webkit2gtk-driver`)")
    style = folder / "gtk-3.0/gtk.css"
    style.parent.mkdir()
    shutil.copy(STYLE, style)
    options = WebKitGTKOptions()
    options.binary_location = str(program)
    for argument in (
        "--automation",
        f"--proxy=http://127.0.0.1:{outside}",
        "--ignore-host=127.0.0.1",
    ):
        options.add_argument(argument)
    with display() as name:
        env = os.environ | {"DISPLAY": name, "GDK_BACKEND": "x11", "XDG_CONFIG_HOME": str(folder)}
        driver = WebKitGTK(options=options, service=Service(env=env))
        try:
            driver.set_window_rect(0, 0, **SIZE)
            yield driver
        finally:
            driver.quit()


@contextmanager
def display() -> Iterator[str]:
    """Start a display that nobody sees; gives its name."""
    program = shutil.which("Xvfb")
    assert program, NEEDED.format("Xvfb (`xvfb`)")
    told, tell = os.pipe()
    screen = ["-screen", "0", "1400x1000x24", "-nolisten", "tcp"]
    process = subprocess.Popen(
        [program, "-displayfd", str(tell), *screen], pass_fds=[tell], stderr=subprocess.DEVNULL
    )
    os.close(tell)
    try:
        with os.fdopen(told) as name:
            yield f":{name.readline().strip()}"
    finally:
        process.terminate()
        process.wait()


ENGINES = {"firefox": firefox, "webkitgtk": webkitgtk}
