"""A spreadsheet as somebody has it who opens it in LibreOffice and saves it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

FORMATS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods:calc8"}


def saved(file: Path, kind: str, folder: Path) -> Path:
    """Open a file and save it as another kind; it is a file of its own in `folder`."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    assert program, (
        "This needs LibreOffice: install your system's package `libreoffice-calc-nogui`."
    )
    folder.mkdir(exist_ok=True)
    command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    subprocess.run(
        [*command, "--convert-to", FORMATS[kind], "--outdir", str(folder), str(file)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder / f"{file.stem}.{kind}"
