from __future__ import annotations

import re
from itertools import product
from typing import Any

import myths
import numpy as np
import pandas as pd
import pytest
from myths.errors import EvaluationError, StoreError
from myths.evaluation.data.pairs import pair
from myths.evaluation.stats import change
from myths.evaluation.stats.description import beside

from tests.evaluation.said import DECLINED, join, room, say


def changed(
    rooms: dict[str, list[tuple[float, float]]],
    *,
    modules: int = 1,
    items: tuple[str, ...] = ("myth",),
    **options: Any,
) -> pd.DataFrame:
    """Give the table of `change` for rooms where each item gets the same pairs, without a store."""
    names = [f"m{number}" for number in range(1, modules + 1)]
    book = pd.DataFrame(product(names, items), columns=["module", "item"])
    book = book.assign(keyed=book["item"], kind="rating", language="en", wording="words")
    told = [
        (code, f"{code}-{number}", phase, value)
        for code, pairs in rooms.items()
        for number, values in enumerate(pairs)
        for phase, value in zip(("before", "after"), values, strict=True)
    ]
    said = pd.DataFrame(told, columns=["workshop", "participant", "phase", "value"])
    said = said.merge(book, how="cross").assign(declined=False)
    said = said.astype({"participant": "category", "value": "Float64"})
    people = said[["workshop", "participant", "language"]].drop_duplicates(ignore_index=True)
    people = people.assign(audience="mixed")
    paired = pair(said, people.astype("category"), book.assign(minimum=1, maximum=5), phase="after")
    return change.changed(beside(paired), **options)


def only(table: pd.DataFrame) -> pd.Series:
    (row,) = table.to_dict("records")
    return pd.Series(row)


def mixed(people: int) -> list[tuple[float, float]]:
    """Half get better by two points, a third by one, the rest gets worse."""
    return [(4, 2) if n % 2 else (4, 5) if n % 3 else (4, 3) for n in range(people)]


def test_better_same_and_worse_are_counted_from_complete_pairs(file, store):
    room(store, "ROOM", [(4, 2), (4, 3), (3, 3), (2, 3), (5, None), (DECLINED, 1)])
    row = only(myths.change(file))
    assert (row["asked"], row["n"]) == (6, 4)
    assert (row["better"], row["same"], row["worse"]) == (2, 1, 1)
    assert (row["higher"], row["lower"]) == (1, 2)
    assert row["median_change"] == row["mean_change"] == -0.5
    assert row["changes"] == "-2: 1, -1: 1, 0: 1, +1: 1"
    assert row["better_share"] == 0.5


def test_better_is_up_for_a_fact_and_neither_way_for_confidence(file, store):
    names = room(store, "ROOM", mixed(12), item="fact")
    for name in names:
        say(store, name, "confidence", "before", 5)
        say(store, name, "confidence", "after", 8)
    table = myths.change(file).set_index("item")
    assert table.loc["fact", "effect"] < 0
    assert table.loc["fact", "better"] == table.loc["fact", "higher"]
    assert table.loc["confidence", "effect"] == 1
    assert table.loc["confidence", ["better", "worse", "better_share"]].isna().all()


@pytest.mark.parametrize(
    ("people", "shows", "words"),
    [
        (9, "description", "fewer than 10 pairs"),
        (10, "effect", "fewer than 30 pairs"),
        (29, "effect", "fewer than 30 pairs"),
        (30, "tests", "30 pairs or more"),
    ],
)
def test_what_is_shown_hangs_on_the_number_of_pairs(people, shows, words):
    row = only(changed({"ROOM": mixed(people)}))
    assert row["shows"] == shows
    assert words in row["note"]
    estimated = row[["effect", "effect_low", "effect_high", "mean_low", "mean_high"]]
    assert estimated.notna().all() == (people >= 10)
    assert row[["p", "p_sign", "p_holm"]].notna().all() == (people >= 30)
    assert not row[["effect", "p"]].isna().all() or people < 10


def test_two_workshops_are_described_together_and_estimated_one_by_one():
    table = changed({f"ROOM{n}": mixed(12) for n in range(2)})
    assert table["workshop"].tolist() == ["several", "ROOM0", "ROOM1"]
    assert table["n"].tolist() == [24, 12, 12]
    assert table["shows"].tolist() == ["description", "effect", "effect"]
    assert "2 workshops are too few" in table["note"][0]


def test_three_workshops_have_an_interval_of_their_mean_and_a_row_each():
    table = changed({f"ROOM{n}": mixed(12 + n) for n in range(3)})
    assert table["workshop"].tolist() == ["several", "ROOM0", "ROOM1", "ROOM2"]
    first = table.iloc[0]
    assert first["shows"] == "effect"
    assert first["workshop_mean_low"] < first["workshop_mean"] < first["workshop_mean_high"]
    assert first["icc_low"] < first["icc"] < first["icc_high"]
    assert first[["mean_low", "effect_low", "p"]].isna().all()
    assert "fewer than 6 workshops" in first["note"]
    assert table["workshop_mean"][1:].isna().all()


def test_six_workshops_have_one_row_with_a_test():
    row = only(changed({f"ROOM{n}": mixed(6 + n) for n in range(6)}))
    assert (row["workshops"], row["shows"]) == (6, "tests")
    assert row["test"] == "signs of whole workshops flipped"
    assert "each counting alike" in row["note"]
    assert row["p"] == row["p_holm"]
    assert pd.isna(row["mean_low"])


def test_workshops_that_changed_alike_have_a_mean_without_an_interval():
    first = changed({f"ROOM{n}": mixed(12) for n in range(3)}).iloc[0]
    assert first[["workshop_mean_low", "workshop_mean_high"]].isna().all()
    assert "so their mean has no interval" in first["note"]


def test_from_ten_workshops_on_whole_workshops_are_drawn_and_flipped():
    alike = [mixed(12), [(after, before) for before, after in mixed(12)]] * 5
    table = changed({f"ROOM{n}": pairs for n, pairs in enumerate(alike)})
    row = only(table)
    assert (row["workshops"], row["shows"]) == (10, "tests")
    assert row["test"] == "signs of whole workshops flipped"
    alone = only(changed({"ROOM": [pair for pairs in alike for pair in pairs]}))
    assert row["effect"] == alone["effect"]
    assert row["effect_high"] - row["effect_low"] > alone["effect_high"] - alone["effect_low"]


def test_answers_to_different_wordings_are_not_pooled_unasked(file, store):
    room(store, "ROOM1", [(4, 2)], wording="old-words")
    room(store, "ROOM2", [(4, 3)], wording="new-words")
    with pytest.raises(EvaluationError) as told:
        myths.change(file)
    assert re.search(r"risk\.myth \(en old-words, en new-words\)", str(told.value))
    assert 'by="wording"' in str(told.value)
    table = myths.change(file, by="wording")
    assert dict(zip(table["wording"], table["mean_change"], strict=True)) == {
        "new-words": -1,
        "old-words": -2,
    }
    assert myths.change(file, wording="old-words")["n"].tolist() == [1]
    pooled = myths.change(file, pool_wordings=True)
    assert pooled["wording"].tolist() == ["several", "old-words", "new-words"]
    assert "Several wordings are pooled." in pooled["note"][0]
    with pytest.raises(EvaluationError, match="'workshop'"):
        myths.change(file, by="colour")


def test_two_languages_are_two_wordings(file, store):
    room(store, "ROOM", [(4, 2)])
    (german,) = join(store, "ROOM", language="de")
    for phase, value in {"before": 4, "after": 3}.items():
        say(store, german, "myth", phase, value, language="de", wording="deutsch")
    with pytest.raises(EvaluationError, match="de deutsch"):
        myths.distribution(file)
    assert myths.change(file, language="de")["mean_change"].tolist() == [-1]


def test_over_correction_is_told_beside_improvement(file, store):
    names = room(store, "ROOM", [(4, 2), (4, 2), (3, 3), (3, 2)])
    for name, (before, after) in zip(names, [(2, 5), (2, 2), (1, 4), (3, None)], strict=True):
        say(store, name, "over", "before", before)
        say(store, name, "over", "after", after)
    row = myths.change(file).set_index("item").loc["myth"]
    assert (row["better"], row["over_n"]) == (3, 3)
    assert (row["over_corrected"], row["better_and_over_corrected"]) == (2, 1)
    chosen = myths.change(file, wording="myth-words").iloc[0]
    assert chosen["better_and_over_corrected"] == 1


def test_who_was_at_the_best_end_before_could_not_get_better(file, store):
    room(store, "ROOM1", [(1, 1), (1, 2), (5, 4), (3, 3)])
    room(store, "ROOM2", [(1, 1), (1, 2), (5, 4), (3, 3)], item="fact")
    assert dict(myths.change(file)[["item", "ceiling_share"]].to_numpy()) == {
        "myth": 0.5,
        "fact": 0.25,
    }


def test_the_missing_could_have_done_as_badly_or_as_well_as_the_scale_allows(file, store):
    room(store, "ROOM", [(4, 3), (3, 3), (2, None), (None, 4), (None, None)])
    row = only(myths.change(file))
    assert row["mean_worst_case"] == pytest.approx((-1 + 0 + 3 + 3 + 4) / 5)
    assert row["mean_best_case"] == pytest.approx((-1 + 0 - 1 - 1 - 4) / 5)
    assert (row["better_worst_case"], row["better_best_case"]) == (1 / 5, 4 / 5)


def test_confidence_weighs_how_far_a_rating_is_from_the_middle(file, store):
    names = room(store, "ROOM", [(5, 2), (4, 1), (4, 4)])
    for name, (before, after) in zip(names, [(10, 5), (None, 5), (5, 10)], strict=True):
        say(store, name, "confidence", "before", before)
        say(store, name, "confidence", "after", after)
    row = myths.change(file).set_index("item").loc["myth"]
    assert row["weighted_n"] == 2
    assert row["weighted_change"] == pytest.approx(((-1 * 0.5 - 2 * 1) + (1 * 1 - 1 * 0.5)) / 2)


def test_holms_family_is_every_module_also_when_one_is_looked_at():
    rooms = {"ROOM": mixed(30)}
    table = changed(rooms, modules=7)
    assert table["p_holm"].tolist() == pytest.approx((table["p"] * 7).tolist())
    one = changed(rooms, modules=7, module="m3")
    assert one["p_holm"].tolist() == pytest.approx(table["p_holm"][:1].tolist())


def test_only_the_myth_of_a_module_has_a_corrected_test():
    table = changed({"ROOM": mixed(30)}, items=("myth", "fact")).set_index("item")
    assert table["primary"].to_dict() == {"myth": True, "fact": False}
    assert table["p"].notna().all()
    assert table["p_holm"].notna().to_dict() == {"myth": True, "fact": False}


def test_the_same_seed_gives_the_same_table_and_choosing_changes_no_number():
    rooms = {"ROOM": mixed(20)}
    table = changed(rooms, modules=3)
    pd.testing.assert_frame_equal(table, changed(rooms, modules=3))
    chosen = changed(rooms, modules=3, module="m1")
    pd.testing.assert_frame_equal(chosen, table[table["module"] == "m1"].reset_index(drop=True))
    assert not table["effect_low"].equals(changed(rooms, modules=3, seed=2)["effect_low"])


def test_the_follow_up_has_a_table_of_its_own(file, store):
    room(store, "ROOM", [(4, 1), (3, 2)], phase="followup")
    row = only(myths.change(file, phase="followup"))
    assert (row["phase"], row["mean_change"]) == ("followup", -2)
    assert only(myths.change(file))["note"].startswith("Nobody was asked both times")


def test_the_distribution_holds_every_complete_pair(file, store):
    room(store, "ROOM", [(4, 2), (4, 2), (3, 3), (2, None)])
    table = myths.distribution(file)
    assert table[["before", "later", "people"]].to_numpy().tolist() == [[3, 3, 1], [4, 2, 2]]


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([(4, 2)], "fewer than 10 pairs"),
        ([(DECLINED, DECLINED)] * 12, "Nobody answered both times"),
        ([(4, None)] * 12, "Nobody was asked both times"),
        ([(3, 3)] * 10, "Nobody changed"),
        ([(4, 3)] * 10, "Everybody changed alike"),
        ([(None, 2), (2, None)] * 6, "Nobody answered both times"),
    ],
)
def test_a_thin_sample_is_told_in_words_and_never_as_nan(file, store, pairs, words):
    room(store, "ROOM", pairs)
    table = myths.change(file)
    assert words in only(table)["note"]
    assert "nan" not in table.to_string().lower()
    for other in (myths.pairs(file), myths.attrition(file), myths.distribution(file)):
        assert "nan" not in other.to_string().lower()


@pytest.mark.parametrize("rooms", [1, 10])
def test_if_nobody_moved_there_is_nothing_to_estimate_or_to_test_and_the_note_says_so(rooms):
    row = only(changed({f"ROOM{n}": [(3, 3)] * 40 for n in range(rooms)}))
    assert row[["p", "p_sign", "p_holm", "effect", "effect_low", "mean_low"]].isna().all()
    assert (row["shows"], row["test"]) == ("description", "none")
    assert row["note"] == ("Description only, since there is nothing to estimate. Nobody changed.")


def test_the_note_of_people_who_all_changed_alike_says_that_the_mean_has_no_interval():
    row = only(changed({"ROOM": [(4, 3)] * 40}))
    assert row[["effect", "effect_low", "p"]].notna().all()
    assert pd.isna(row["mean_low"])
    assert "so the mean has no interval" in row["note"]


def test_if_all_moved_one_way_the_interval_still_has_a_width():
    row = only(changed({"ROOM": [(4, 3)] * 12}))
    assert row["effect"] == row["effect_high"] == 1
    assert 0.4 < row["effect_low"] < 0.5


def test_without_answers_there_is_a_table_without_rows(file, store):
    empty = myths.change(file)
    assert empty.empty
    room(store, "ROOM", [(4, 2)])
    full = myths.change(file)
    assert [*map(str, empty.dtypes)] == [*map(str, full.dtypes)]
    assert list(empty.columns) == list(full.columns)


@pytest.mark.parametrize("read", [myths.change, myths.pairs, myths.attrition, myths.reliability])
def test_an_old_database_is_told_in_a_sentence(read, file, store):
    with store.writing() as conn:
        conn.exec_driver_sql("UPDATE myths_version SET version_num = 'unknown'")
    with pytest.raises(StoreError, match="version"):
        read(file)


def test_counts_of_the_rehearsal_are_those_of_the_wide_table():
    db = myths.rehearsal_data()
    wide = myths.wide(db, "TRIAL1", rehearsal=True)
    table = myths.change(db, "TRIAL1", rehearsal=True).set_index(["module", "item"])
    for (module, item), row in table.iterrows():
        moved = (wide[f"{module}.{item}.after"] - wide[f"{module}.{item}.before"]).dropna()
        counts = [len(moved), (moved > 0).sum(), (moved == 0).sum(), (moved < 0).sum()]
        assert row[["n", "higher", "same", "lower"]].tolist() == counts
        assert row["median_change"] == moved.median()
        assert np.isclose(row["mean_change"], moved.mean())
