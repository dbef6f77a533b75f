"""Firefox's own remote control, spoken to by Selenium: geckodriver is not in every system.

Firefox listens for WebDriver's commands itself. They are messages of a length, a colon, and a list
of a kind, a number, a name and values, over TCP.
"""

from __future__ import annotations

import json
import socket
from typing import Any

from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.command import Command
from selenium.webdriver.remote.remote_connection import RemoteConnection

NAMES = {
    Command.NEW_SESSION: "NewSession",
    Command.QUIT: "DeleteSession",
    Command.SET_TIMEOUTS: "SetTimeouts",
    Command.GET: "Navigate",
    Command.GET_CURRENT_URL: "GetCurrentURL",
    Command.GET_TITLE: "GetTitle",
    Command.GO_BACK: "Back",
    Command.GO_FORWARD: "Forward",
    Command.REFRESH: "Refresh",
    Command.NEW_WINDOW: "NewWindow",
    Command.SWITCH_TO_WINDOW: "SwitchToWindow",
    Command.W3C_GET_CURRENT_WINDOW_HANDLE: "GetWindowHandle",
    Command.W3C_GET_WINDOW_HANDLES: "GetWindowHandles",
    Command.CLOSE: "CloseWindow",
    Command.FIND_ELEMENT: "FindElement",
    Command.FIND_ELEMENTS: "FindElements",
    Command.W3C_GET_ACTIVE_ELEMENT: "GetActiveElement",
    Command.CLICK_ELEMENT: "ElementClick",
    Command.CLEAR_ELEMENT: "ElementClear",
    Command.SEND_KEYS_TO_ELEMENT: "ElementSendKeys",
    Command.GET_ELEMENT_TEXT: "GetElementText",
    Command.GET_ELEMENT_PROPERTY: "GetElementProperty",
    Command.IS_ELEMENT_SELECTED: "IsElementSelected",
    Command.W3C_EXECUTE_SCRIPT: "ExecuteScript",
    Command.W3C_ACTIONS: "PerformActions",
    Command.W3C_CLEAR_ACTIONS: "ReleaseActions",
    Command.DELETE_ALL_COOKIES: "DeleteAllCookies",
    Command.ADD_COOKIE: "AddCookie",
    Command.GET_ALL_COOKIES: "GetCookies",
    Command.SCREENSHOT: "TakeScreenshot",
}


class Marionette(RemoteConnection):
    """What Selenium sends commands with, in place of HTTP."""

    def __init__(self, port: int) -> None:
        super().__init__(client_config=ClientConfig(f"http://127.0.0.1:{port}"))
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._stream = self._socket.makefile("rb")
        self._number = 0
        self._read()  # who it is

    def execute(self, command: str, params: dict[str, Any]) -> dict[str, Any]:
        """Do one command (Selenium's hook)."""
        values = {key: value for key, value in params.items() if key != "sessionId"}
        if command == Command.NEW_SESSION:
            values = values["capabilities"]["alwaysMatch"]
        elif command == Command.SCREENSHOT:
            values = {"full": False}
        self._number += 1
        message = json.dumps([0, self._number, f"WebDriver:{NAMES[command]}", values]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self._read()
        if error:
            return {"status": 500, "value": json.dumps({"value": error})}
        alone = isinstance(result, dict) and result.keys() == {"value"}
        return {"value": result["value"] if alone else result}

    def close(self) -> None:
        """Hang up (Selenium's hook)."""
        self._stream.close()
        self._socket.close()

    def _read(self) -> Any:
        length = b""
        while (byte := self._stream.read(1)) != b":":
            if not byte:
                raise ConnectionError("Firefox has hung up")
            length += byte
        return json.loads(self._stream.read(int(length)))
