"""A trainer's own Markdown is shown, and nothing in it runs or calls elsewhere."""

from hypothesis import given
from hypothesis import strategies as st
from myths.pages.sanitizer import clean, scrollable

PICTURE = "data:image/png;base64,iVBORw0KGgo="


def test_headings_lists_tables_links_and_pictures_stay():
    words = (
        "<h2>In our city</h2><ul><li>one</li></ul><table><tbody><tr><td>1</td></tr></tbody></table>"
    )
    assert clean(words) == words
    assert PICTURE in clean(f'<img src="{PICTURE}" alt="A map">')
    assert 'href="https://example.org"' in clean('<a href="https://example.org">more</a>')


def test_scripts_forms_and_what_comes_from_elsewhere_go():
    for hostile in (
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<img src="https://elsewhere.example/count.png">',
        '<a href="javascript:alert(1)">x</a>',
        '<a href="data:text/html,<script>alert(1)</script>">x</a>',
        "<form action=/leave><input name=code></form>",
        "<iframe src=https://elsewhere.example></iframe>",
        "<style>body{display:none}</style>",
    ):
        kept = clean(hostile)
        for sign in (
            "script",
            "onerror",
            "elsewhere",
            "data:",
            "<form",
            "<input",
            "<iframe",
            "display",
        ):
            assert sign not in kept, (hostile, kept)


def test_a_picture_that_lost_its_address_leaves_no_broken_one():
    lost = '<p>A <img alt="a > b" title="x" src="https://elsewhere.example/a.png"> map</p>'
    assert clean(lost) == "<p>A  map</p>"
    kept = f'<img alt="a > b" src="{PICTURE}">'
    assert clean(kept) == kept.replace(">", "&gt;", 1)


def test_a_table_is_in_a_box_that_scrolls_and_nothing_else_is_in_one():
    table = "<table><tbody><tr><td>1</td></tr></tbody></table>"
    boxed = clean(scrollable(f"<p>a</p>{table}<p>b</p>{table}", 'A "wide" table'))
    assert boxed.count("<div") == boxed.count("</div>") == 2
    for part in ('class="wide"', 'role="group"', 'tabindex="0"', "A &quot;wide&quot; table"):
        assert boxed.count(part) == 2, boxed
    assert clean('<div class="myths-exit" role="alert" tabindex="5">x</div>') == "<div>x</div>"
    hostile = clean(scrollable('<b title="<table><script>alert(1)</script>">x</b>', "T"))
    assert "<script" not in hostile


@given(st.text())
def test_whatever_stands_there_cleaning_it_twice_changes_nothing(words):
    once = clean(words)
    assert clean(once) == once
