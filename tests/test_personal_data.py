"""The guess at personal data is one: a phone and the evaluation find the same in every example."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import myths
import pytest
from myths.personal_data import signs

EXAMPLES = {
    "Write to a.b@c.org": ["e-mail address"],
    "see https://x.org/y": ["web address"],
    "it is on www.example.org": ["web address"],
    "ask @somebody there": ["web address"],
    "call 0176 123 45 67": ["long number"],
    "Ring +49 30 1234567": ["long number"],
    "+49 (30) 123456": ["long number"],
    "my number is 1234567": ["long number"],
    "he lives at Lindenstraße 5": ["street"],
    "at 12 Green Park Road": ["street"],
    "elle habite rue des Lilas, 12": ["street"],
    "in 10117 Berlin": ["postcode"],
    "in 1050 Brussels": ["postcode"],
    "near SW1A 1AA": ["postcode"],
    "I spoke with Mrs Green": ["name"],
    "I spoke with judge Novak": ["name"],
    "mit Frau Müller": ["name"],
    "Frau Ägidius aus 10117 Berlin": ["postcode", "name"],
    "ask Mr Петров": ["name"],
    "Our Police Station talks to the Women's Shelter": [],
    "Die Polizei und das Frauenhaus reden miteinander": [],
    "In 2019-2020 we had 116 016 and Article 48(1)": [],
    "since 2019 Parliament has known": [],
    "The judge said that 3 of 10 men came back": [],
    "5 people came close to it": [],
    "نسأل الخدمة": [],
    "": [],
}
SCRIPT = Path(myths.__file__).parent / "components" / "personal_data.js"


@pytest.mark.parametrize("text", EXAMPLES)
def test_python_finds_what_may_point_to_a_person(text: str):
    assert signs(text) == EXAMPLES[text]


def test_a_phone_finds_the_same():
    code = (
        f"import {{ signs }} from {json.dumps(SCRIPT.as_uri())};"
        f"console.log(JSON.stringify({json.dumps(list(EXAMPLES))}.map(signs)))"
    )
    node = [str(Path(sys.executable).with_name("node")), "--no-warnings", "--input-type=module"]
    done = subprocess.run([*node, "--eval", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == list(EXAMPLES.values())


def test_no_rule_looks_behind_which_older_phones_do_not_know():
    rules = json.loads(SCRIPT.parent.with_name("personal_data.json").read_text("utf-8"))
    assert not [rule for rule in rules if "(?<" in rule["pattern"]]
