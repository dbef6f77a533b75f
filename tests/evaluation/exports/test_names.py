from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from myths.evaluation.exports.short_names import first_bytes, shortened, unique_names

part = st.text("abcXYZ019._-", min_size=1, max_size=64)
columns = st.builds("{}.{}.{}".format, part, part, st.sampled_from(["before", "after"]))


@given(st.lists(columns, unique=True, max_size=30), st.booleans())
def test_names_are_unique_short_and_allowed(names, dots):
    limit = 64 if dots else 28
    given = unique_names(names, limit=limit, dots=dots)
    assert list(given) == names
    assert len({name.lower() for name in given.values()}) == len(names)
    for name in given.values():
        assert len(name) <= limit
        assert name[0].isalpha()
        assert name.replace("_", "").replace(".", "" if dots else ".").isalnum()
        assert not name.endswith((".", "_"))


@pytest.mark.parametrize(
    ("name", "spss", "stata"),
    [
        ("risk.myth.before", "risk.myth.before", "risk_myth_before"),
        ("womens-services.over.after", "womens_services.over.after", "womens_services_over_after"),
        ("1st.myth.after", "v_1st.myth.after", "v_1st_myth_after"),
        ("value", "value", "value"),
    ],
)
def test_a_name_that_fits_stays_as_it_is_as_far_as_it_may(name, spss, stata):
    assert unique_names([name], limit=64, dots=True) == {name: spss}
    assert unique_names([name], limit=28, dots=False) == {name: stata}


def test_a_shortened_name_keeps_its_phase_and_stays_apart():
    names = [f"womens-services.overcorrection{n}.followup" for n in (1, 2)]
    assert list(unique_names(names, limit=28, dots=False).values()) == [
        "womens_services_ove_followup",
        "womens_services_o_2_followup",
    ]


def test_names_that_differ_in_capitals_alone_stay_apart():
    assert len({*unique_names(["a.B.after", "a.b.after"], limit=64, dots=True).values()}) == 2


@given(st.text(), st.integers(3, 40))
def test_a_shortened_label_fits_and_says_that_it_was_shortened(text, limit):
    for in_bytes in (True, False):
        short = shortened(text, limit, in_bytes=in_bytes)
        assert len(short.encode() if in_bytes else short) <= limit
        assert short == " ".join(text.split()) or short.endswith("…")


@given(st.text(), st.integers(4, 40))
def test_a_text_is_cut_between_letters(text, limit):
    first = first_bytes(text, limit)
    assert text.startswith(first)
    assert len(first.encode()) <= limit
    assert first == text or len(text[: len(first) + 1].encode()) > limit
