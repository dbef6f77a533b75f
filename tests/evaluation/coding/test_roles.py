"""What a sheet is for: to try the codebook, to code blind, or to agree where the coders differ."""

from __future__ import annotations

import json

import myths
import pytest
from click.testing import CliRunner
from myths.cli import main
from myths.errors import CodingError
from myths.evaluation import Coding

from tests.evaluation.coding.coders import book, room
from tests.store.samples import given, written


@pytest.fixture
def coding(store, file, tmp_path):
    """Forty texts of forty people: "Text 0." to "Text 39."."""
    room(store, "REAL", [f"Text {n}." for n in range(40)])
    book(tmp_path / "coding", "gap")
    return Coding(db=file)


def code(coding, name, *, gives, finish=True, only=None, **options):
    """Give "gap" to the texts whose numbers are in `gives`; `only` these are decided."""
    coder = coding.coder(name, **options)
    for text in coder.texts:
        number = int(text.words.split()[1].rstrip("."))
        if only is not None and number not in only:
            continue
        if number in gives:
            coder.toggle(text.id, "gap")
        else:
            coder.none(text.id)
    if finish:
        coder.finish()
    return coder


ADA = {*range(20)}
BEA = {*range(4, 23)}


def both(coding):
    code(coding, "ada", gives=ADA)
    code(coding, "bea", gives=BEA)


def told(coding) -> str:
    return myths.report(coding._read().db, coding=coding.folder).html()


def test_an_agreed_sheet_counts_and_leaves_agreement_as_it_was(coding):
    both(coding)
    before = coding.agreement()
    assert before.loc["gap", ["texts", "all", "some", "none"]].tolist() == [40, 16, 7, 17]
    agreed = code(coding, "agreed", gives={0, 1, 20})
    assert {text.words for text in agreed.texts} == {f"Text {n}." for n in (0, 1, 2, 3, 20, 21, 22)}
    assert coding.agreement().equals(before)
    assert coding.disagreements().columns.tolist().count("agreed") == 0
    counted = coding.settled()
    assert counted["code"].notna().sum() == 16 + 3
    assert len(counted) == 40
    assert "people were coded by 2 people, each without knowing" in told(coding)
    assert "decided together afterwards" in told(coding)


def test_codes_without_an_agreed_sheet_are_those_that_all_gave(coding):
    both(coding)
    assert coding.settled()["code"].notna().sum() == 16
    assert "decided together afterwards" not in told(coding)


def test_a_trial_sheet_influences_nothing(coding, tmp_path):
    both(coding)
    before = coding.agreement(), coding.settled(), coding.codes(), told(coding)
    code(coding, "first", gives={1}, only={1, 2}, finish=False, role="trial")
    assert coding.is_finished()
    after = coding.agreement(), coding.settled(), coding.codes(), told(coding)
    assert all(one.equals(two) for one, two in zip(before[:3], after[:3], strict=True))
    assert before[3] == after[3]
    done = myths.export(tmp_path / "out", coding._read().db, formats=["csv"])
    assert "first" not in (done.path / "csv/codes.csv").read_text()
    assert len(coding.codes("first")) == 2  # to be talked about


def test_an_old_folder_without_roles_is_read_and_its_agreed_sheet_is_no_coder(coding):
    both(coding)
    code(coding, "agreed", gives={0}, role="coder")  # as it was made before there were roles
    code(coding, "common", gives={0}, role="coder")
    for path in coding.folder.glob("*.jsonl"):
        first, *lines = path.read_text().splitlines()
        head = {k: v for k, v in json.loads(first).items() if k not in ("role", "part")}
        old = [json.dumps({k: v for k, v in json.loads(x).items() if k != "stands"}) for x in lines]
        path.write_text("\n".join([json.dumps(head), *old]) + "\n")
    again = Coding(db=coding._read().db)
    assert again.coders()["role"].to_dict() == {
        "ada": "coder",
        "agreed": "agreed",
        "bea": "coder",
        "common": "coder",
    }
    assert again.agreement(["ada", "bea"]).loc["gap", "some"] == 7
    assert again.settled()["code"].notna().sum() == 1
    again.set_role("common", "trial")
    assert "coded by 2 people, each without knowing" in told(again)
    assert again.agreement().loc["gap", "some"] == 7


def test_coders_can_be_named_for_tables_report_and_export(coding, file, tmp_path):
    both(coding)
    code(coding, "cy", gives=set())
    assert coding.settled()["code"].notna().sum() == 0
    assert coding.settled(["ada", "bea"])["code"].notna().sum() == 16
    assert coding.agreement(["ada", "bea"]).loc["gap", "texts"] == 40
    assert "coded by 3 people" in told(coding)
    assert "coded by 2 people" in myths.report(file, coders=["ada", "bea"]).html()
    myths.export(tmp_path / "out", file, formats=["csv"], coders=["ada", "bea"])
    assert "cy" not in (tmp_path / "out/csv/codes.csv").read_text()
    for name, out in (("export", tmp_path / "two"), ("report", None)):
        target = [str(out)] if out else ["--out", str(tmp_path / "report"), "--format", "html"]
        options = ["--db", f"sqlite:///{file}", "--coder", "ada", "--coder", "bea"]
        assert CliRunner().invoke(main, [name, *target, *options]).exit_code == 0
    assert "coded by 2 people" in (tmp_path / "report.html").read_text()
    assert "cy" not in (tmp_path / "two/csv/codes.csv").read_text()


def test_agreement_is_between_blind_coders_only(coding):
    both(coding)
    code(coding, "agreed", gives={0})
    with pytest.raises(CodingError, match="'agreed' has the role 'agreed'"):
        coding.agreement(["ada", "agreed"])
    with pytest.raises(CodingError, match="There is no role 'boss'"):
        coding.set_role("ada", "boss")
    with pytest.raises(CodingError, match="has the role coder"):
        coding.coder("ada", role="trial")
    coding.set_role("bea", "agreed")
    with pytest.raises(CodingError, match="both agreed sheets"):
        coding.settled()


def test_a_sample_can_be_coded_by_two_and_alpha_is_of_that_sample(coding):
    ada = code(coding, "ada", gives=ADA, part=(0, 0.7))
    bea = code(coding, "bea", gives=BEA, part=(0.4, 1))
    mine, hers = ({text.id for text in who.texts} for who in (ada, bea))
    assert len(mine | hers) == 40
    assert 0 < len(mine & hers) < min(len(mine), len(hers))
    row = coding.agreement().loc["gap"]
    assert row["texts"] == len(mine & hers)
    assert len(coding.settled()) == 40
    assert coding.coders()["texts"].tolist() == [len(mine), len(hers)]
    assert coding.is_finished()
    with pytest.raises(CodingError, match=r"part=.* is no part"):
        coding.coder("cy", part=(0.5, 0.5))
    with pytest.raises(CodingError, match="has the part"):
        coding.coder("ada", part=(0, 1))


def test_a_finished_sheet_takes_new_texts_and_is_unfinished_for_these_alone(coding, store, file):
    both(coding)
    before = coding.agreement()
    people = myths.participants(file)["participant"].astype(str)
    for number, name in enumerate(people[:8]):
        later = given(text=f"Text {100 + number}.", reader="evaluation")
        store.save(name, written("learned", "followup"), later)
    assert not coding.is_finished()
    assert coding.coders()["finished"].isna().all()
    assert coding.working() == []
    assert coding.agreement().equals(before)
    assert "Some texts came later" in told(coding)
    ada = code(coding, "ada", gives={101, 102}, only={*range(100, 108)})
    with pytest.raises(CodingError, match="finished"):
        ada.toggle(next(t.id for t in ada.texts if t.words == "Text 0."), "gap")
    assert coding.agreement().equals(before)  # bea is still blind for the new ones
    bea = coding.coder("bea")
    fresh = next(text.id for text in bea.texts if text.words == "Text 101.")
    assert bea.others(fresh) == {}
    ada.reopen()
    assert not coding.coder("ada").stands(fresh)
    ada.finish()
    code(coding, "bea", gives={102, 103}, only={*range(100, 108)})
    assert coding.agreement().loc["gap", ["texts", "all", "some"]].tolist() == [48, 17, 9]
    assert coding.is_finished()
    assert "each without knowing" in told(coding)
    assert "coded by 2 people" in told(coding)


def test_who_has_not_coded_a_text_sees_nothing_of_the_others_however_many_have_finished(coding):
    both(coding)
    cy = coding.coder("cy")
    assert all(cy.others(text.id) == {} for text in cy.texts)
    cy.none(cy.texts[0].id)
    for ask in (coding.codes, coding.agreement, coding.settled, coding.quotes):
        with pytest.raises(CodingError, match=r"Not finished yet: cy.*set_role\('cy', 'trial'\)"):
            ask()
        with pytest.raises(CodingError, match="Not finished yet: cy"):
            ask("ada")
    coding.set_role("cy", "trial")
    assert coding.coder("cy").others(cy.texts[0].id) == {}
    assert len(coding.codes()) == 80


def test_the_agreed_desk_shows_what_the_coders_gave(coding):
    both(coding)
    agreed = coding.desk("agreed")
    assert agreed.role == "agreed"
    view = agreed.heard({"step": "1", "do": "hello"})
    assert view["count"] == 7
    assert {each["coder"] for each in view["others"]} == {"ada", "bea"}
    assert sorted(each["codes"] for each in view["others"]) == [[], ["Gap"]]


def test_while_coders_are_at_work_there_is_nothing_to_agree_on(coding):
    code(coding, "ada", gives=ADA)
    code(coding, "bea", gives=BEA, finish=False)
    assert coding.coder("agreed").texts == []


def test_undo_survives_a_restart_and_the_file_keeps_no_memos(coding):
    ada = coding.coder("ada")
    first, second = ada.texts[0].id, ada.texts[1].id
    ada.toggle(first, "gap")
    ada.memo(first, "Mrs Green wrote this")
    ada.memo(first, "")
    ada.none(second)
    kept = "".join(path.read_text() for path in coding.folder.glob("ada.*"))
    assert "Green" not in kept
    again = coding.coder("ada")
    assert again.can_undo
    assert again.undo() == second
    assert again.entry(second) is None
    again.memo(first, "mine")
    once_more = coding.coder("ada")
    assert once_more.undo() == first
    assert once_more.entry(first).codes == ()
    assert once_more.entry(first).memo == "mine"
    assert once_more.redo() == first
    assert [mark.code for mark in once_more.entry(first).codes] == ["gap"]


def test_who_withdraws_is_in_no_undo_file(coding, store):
    ada = coding.coder("ada")
    for text in ada.texts[:2]:
        ada.toggle(text.id, "gap")
    gone = ada.texts[0].id.split("/")[0]
    store.erase_participant(gone)
    coding.forget()
    assert gone not in "".join(path.read_text() for path in coding.folder.iterdir())
    assert coding.coder("ada").can_undo


def test_the_same_sentence_is_quoted_once(store, file, tmp_path):
    room(
        store, "REAL", ["The same gap.", " the  SAME gap."] * 6 + [f"A gap {n}." for n in range(3)]
    )
    book(tmp_path / "coding", "gap")
    coding = Coding(db=file)
    for name in ("ada", "bea"):
        coder = coding.coder(name)
        for text in coder.texts:
            coder.toggle(text.id, "gap")
        coder.finish()
    drawn = [" ".join(words.casefold().split()) for words in coding.quotes(n=9)["quote"]]
    assert sorted(drawn) == ["a gap 0.", "a gap 1.", "a gap 2.", "the same gap."]


def test_texts_of_each_language_are_coded_by_those_who_read_it(coding, store):
    for number in range(40, 60):
        name = store.join("REAL", language="de", consent="agreed").participant
        text = given(text=f"Text {number}.", reader="evaluation")
        store.save(name, written("learned", "after", language="de"), text)
    code(coding, "ada", gives=ADA, languages=["en"])
    code(coding, "bea", gives={*BEA, 50})
    code(coding, "cleo", gives={50, 51}, languages="de")
    assert coding.is_finished()
    assert coding.coders()["texts"].to_dict() == {"ada": 40, "bea": 60, "cleo": 20}
    both = coding.agreement()
    german, english = (coding.agreement(language=each).loc["gap"] for each in ("de", "en"))
    assert (both.loc["gap", "texts"], english["texts"], german["texts"]) == (60, 40, 20)
    assert german[["all", "some"]].tolist() == [1, 1]
    assert "languages" not in coding.folder.joinpath("bea.jsonl").read_text().splitlines()[0]
    with pytest.raises(CodingError, match="has the languages"):
        coding.coder("ada", languages=["de"])
    assert len(coding.coder("ada").texts) == 40


def test_a_language_that_no_coder_reads_is_not_told(coding, store):
    name = store.join("REAL", language="de", consent="agreed").participant
    text = given(text="Text 50.", reader="evaluation")
    store.save(name, written("learned", "after", language="de"), text)
    for coder, gives in (("ada", ADA), ("bea", BEA)):
        code(coding, coder, gives=gives, languages=["en"])
    assert not coding.is_finished()
    assert set(coding.codes()["language"]) == {"en"}
    assert "Some texts came later" in told(coding)
