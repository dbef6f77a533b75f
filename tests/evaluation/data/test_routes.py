"""Nobody is missing from a module that their workshop did not have, or from what was not asked."""

from __future__ import annotations

import myths
from myths.evaluation.data.dropout import leaving

from tests.evaluation.said import join, room, say


def test_who_answered_nothing_of_a_module_that_was_taken_out_is_not_missing(file, store):
    names = room(store, "ROOM", [(4, 2), (4, None), (None, None)])
    say(store, names[0], "myth", "before", 4, module="harm")
    say(store, names[0], "myth", "after", 2, module="harm")
    say(store, names[1], "myth", "before", 3, module="harm")
    before = myths.attrition(file).set_index("module")
    assert before["joined"].to_dict() == {"risk": 3, "harm": 3}
    store.change_workshop("ROOM", modules=["risk"])
    after = myths.attrition(file).set_index("module")
    assert after["joined"].to_dict() == {"risk": 3, "harm": 2}
    assert after.loc["harm", "no_answer"] == 0
    assert after.loc["harm", "no_answer_later"] == 1
    assert after.loc["risk"].equals(before.loc["risk"])


def test_a_module_that_nobody_was_to_do_has_no_row(file, store):
    store.open_workshop(code="ROOM", modules=["harm", "risk"])
    (person, _) = join(store, "ROOM", 2)
    say(store, person, "myth", "before", 4, module="harm")
    assert myths.attrition(file)["module"].tolist() == ["harm"]


def test_in_a_workshop_of_ten_minutes_nobody_left_before_the_second_rating(file, store):
    store.open_workshop(code="BRIEF", route="ten-minutes", modules=["risk"], short=True)
    for person in join(store, "BRIEF", 6):
        say(store, person, "myth", "before", 4)
    room(store, "ROOM", [(4, 2)] * 6)
    counts = myths.attrition(file).set_index("workshop").loc["BRIEF"]
    assert counts["never_asked_twice"] == 6
    assert counts["no_answer_later"] == 0
    left = leaving(myths.pairs(file), myths.pairs(file, phase="followup")).set_index("module")
    row = left.loc["risk"]
    assert (row["before"], row["complete"]) == (12, 6)
    assert (row["complete_other"], row["complete_silent"]) == (6, 0)
