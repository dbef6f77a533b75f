"""Messages that no page sends: made up at random, of every kind that a socket lets through."""

from __future__ import annotations

import json
import random
import struct
from collections.abc import Sequence
from typing import Any

from tests.server.wire import key

ALLOWED = ("comm_open", "comm_close", "comm_msg", "comm_info_request", "kernel_info_request")
FORBIDDEN = (
    *("execute_request", "inspect_request", "complete_request", "history_request"),
    *("is_complete_request", "input_reply", "debug_request", "interrupt_request", "apply_request"),
    *("usage_request", "create_subshell_request", "Execute_Request", "execute_request ", "", "x"),
)
CHANNELS = ("shell", "shell", "shell", "control", "stdin", "iopub", "heartbeat", "", None, 7, [])
TARGETS = ("jupyter.widget", "jupyter.widget.control", "jupyter.widget.version", "nowhere", "", 3)
TRAITS = (
    *("answer", "receipt", "known", "item", "owner", "options", "limit", "readers", "words"),
    *("label", "_esm", "_css", "_model_name", "_view_module", "children", "keys", "comm", "log"),
    *("__class__", "_save", "_values", "no_such", "", "feedback", "layout"),
)
MODELS = ("VBoxModel", "HTMLModel", "TextModel", "OutputModel", "FileUploadModel", "AnyModel", "?")


class Hostile:
    """A source of messages; `code` is what it tries to have executed."""

    def __init__(self, chance: random.Random, widgets: Sequence[str], code: str) -> None:
        self.chance, self.widgets, self.code = chance, list(widgets), code

    def frame(self, session: str) -> str | bytes:
        """Make up one frame: most are messages, some are not even that."""
        roll = self.chance.random()
        if roll < 0.05:
            return self.chance.choice(
                ['{"', "null", "[]", "7", '"x"', "NaN", "{}", "", "[[[", "\0"]
            )
        if roll < 0.08:
            return self.chance.randbytes(self.chance.randint(0, 200))
        message = self.message(session)
        if roll < 0.12:
            for _ in range(self.chance.randint(1, 2)):
                message.pop(self.chance.choice(sorted(message)), None)
        if roll < 0.16:
            message[self.chance.choice(sorted(message) or ["header"])] = self.value()
        text = json.dumps(message)
        if roll < 0.2:
            return self.binary(text.encode())
        if roll < 0.24:
            start = self.chance.randrange(len(text))
            return text[:start] + self.chance.choice('{}[]",:7') + text[start + 1 :]
        return text

    def message(self, session: str) -> dict[str, Any]:
        """Make up a message of the right shape, whatever it says."""
        kind = self.chance.choice(ALLOWED * 6 + FORBIDDEN)
        header = {
            "msg_id": key(),
            "msg_type": kind,
            "session": session,
            "username": self.chance.choice(["", "x" * 1000, "<b>"]),
            "version": self.chance.choice(["5.3", "0", ""]),
            "date": self.chance.choice(["2030-01-01T00:00:00Z", "never"]),
        }
        return {
            "channel": self.chance.choice(CHANNELS) if self.chance.random() < 0.3 else "shell",
            "header": header,
            "parent_header": self.chance.choice([{}, {"msg_id": "x"}]),
            "metadata": self.chance.choice([{}, {"version": "2.1.0"}, {"version": "9"}]),
            "content": self.content(kind),
            "buffers": [],
        }

    def content(self, kind: str) -> Any:
        if kind not in ALLOWED:
            return {"code": self.code, "silent": False, "expression": self.code, "value": self.code}
        if self.chance.random() < 0.05:
            return self.value()
        widget = self.chance.choice([*self.widgets, "absent", "", None, 5])
        data: Any = {"method": "update", "state": self.state(), "buffer_paths": []}
        if kind == "comm_open":
            model = {"_model_name": self.chance.choice(MODELS), "_model_module": "@jupyter-widgets"}
            data = self.chance.choice([{"state": model, "buffer_paths": [["a"]]}, self.value()])
            return {"comm_id": key(), "target_name": self.chance.choice(TARGETS), "data": data}
        if self.chance.random() < 0.2:
            method = self.chance.choice(
                ["request_state", "request_states", "custom", "backbone", 7]
            )
            data = {"method": method, "content": self.value(), "state": self.value()}
        if self.chance.random() < 0.05:
            data["buffer_paths"] = self.chance.choice([[["answer"]], 7, [["a", 0]], "x"])
        return {"comm_id": widget, "data": data}

    def state(self) -> dict[str, Any]:
        if self.chance.random() < 0.6:
            return {"answer": self.answer()}
        return {self.chance.choice(TRAITS): self.value() for _ in range(self.chance.randint(0, 3))}

    def answer(self) -> Any:
        """An answer that may by chance be a proper one."""
        parts = {
            "key": self.chance.choice([key(), key(), "x", 7, None]),
            "sent": self.chance.choice([1, -1, "now", 2**70]),
            "value": self.chance.choice([None, 1, 5, 6, -1, 1e308, "3", True, [1]]),
            "text": self.chance.choice([None, None, "Yes.", "<script>alert(1)</script>", 7]),
            "declined": self.chance.choice([False, False, True, "no"]),
            "reader": self.chance.choice([None, "me", "group", "evaluation", "all", []]),
        }
        if self.chance.random() < 0.2:
            parts[self.chance.choice([*parts, "participant"])] = self.value()
        return self.value() if self.chance.random() < 0.1 else parts

    def value(self) -> Any:
        """Any JSON value, also a deep or a long one."""
        return self.chance.choice(
            [
                *(None, True, 0, -1, 1.5, 10**400, float("nan"), "", "x", "\0", "\ud83d", "\u202e"),
                *([], {}, [[]], {"": {}}, "x" * 100_000, list(range(5000)), "__import__('os')"),
                self._deep(self.chance.choice([50, 500])),
                {f"k{number}": number for number in range(1000)},
                {"IPY_MODEL_": "IPY_MODEL_absent"},
            ]
        )

    def binary(self, message: bytes) -> bytes:
        """A message with buffers as Jupyter packs them, with offsets that may lie."""
        parts = [message, self.chance.randbytes(8)]
        offsets = [12, 12 + len(message)]
        if self.chance.random() < 0.5:
            offsets = [self.chance.randint(0, 2**32 - 1) for _ in offsets]
        number = self.chance.choice([2, 2, 0, 1, 2**31 - 1, 2**32 - 1])
        return struct.pack("!III", number, *offsets) + b"".join(parts)

    def _deep(self, levels: int) -> Any:
        value: Any = 0
        for _ in range(levels):
            value = [value] if self.chance.random() < 0.5 else {"a": value}
        return value
