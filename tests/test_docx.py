"""The Word file: valid, complete, in the look of its template, and nothing of anyone's in it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from reports.document import Cell, Column, Document, Paragraph, Row, Run, Table, text_cell
from reports.write import docx
from reports.write.docx_widths import column_widths
from reports.write.docx_xml import NAMESPACES, name, parse
from reports.write.strings import strings
from tests.edited_template import BODY, STYLES, edited
from tests.made_document import TEMPLATES, document, lists, numbers, paragraph, template
from tests.word_file import WordFile, body, pictured, refusal, written


@pytest.fixture(scope="module")
def word() -> WordFile:
    return written()


# -- what Word and its readers need


def landscape() -> Document:
    first, second, *rest = pictured().sections
    return replace(pictured(), sections=(first, replace(second, landscape=True), *rest))


@pytest.mark.parametrize("made", [pictured, landscape])
def test_the_file_is_valid(made, tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(docx.write(made(), template()))
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []


def test_every_string_of_the_document_can_be_read(word):
    whole = word.text()
    assert [text for text in strings(document()) if " ".join(text.split()) not in whole] == []


def test_text_is_never_markup(word):
    whole = word.text()
    for text in ("Alle <5 pv, T&K ja {{ 7*7 }}", "Asiakkaat & palvelut", "Mallikaupunki <työllisyyspalvelut>"):
        assert text in whole


@pytest.mark.parametrize("text", ["{_{ a }_}", "{_% b %_}", "a_b_c", "{%p c %}", "<?list 3?>", "rivi\nvaihtuu", "a\tb"])
def test_signs_that_mean_something_to_docxtpl_stay_text(text):
    whole = written(body(paragraph(text))).text()
    assert " ".join(text.split()) in whole


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\ud800", "\uffff"])
def test_a_sign_that_word_cannot_hold_is_refused_with_its_text(sign):
    (found,) = refusal(body(paragraph(f"Alku{sign}loppu")), template())
    assert found.code == "docx-character"
    assert "Alku" in found.values["text"]


def test_pictures_have_alternative_texts_and_ids_of_their_own(word):
    every = [drawing for part, xml in word.parts.items() if part.endswith(".xml") for drawing in _drawings(xml)]
    assert len(every) == 3
    assert len({drawing.get("id") for drawing in every}) == 3
    assert all(len(drawing.get("descr")) > 8 for drawing in every)


def _drawings(xml: bytes) -> list[Any]:
    return list(parse(xml).iter(name("wp:docPr")))


def test_a_picture_is_no_wider_than_the_text(word):
    widest = max(int(extent.get("cx")) for extent in word.all("//wp:extent"))
    page = word.all("/w:document/w:body/w:sectPr")[0]
    size, margins = page.find(name("w:pgSz")), page.find(name("w:pgMar"))
    text = int(size.get(name("w:w"))) - int(margins.get(name("w:left"))) - int(margins.get(name("w:right")))
    assert widest / 635 <= text + 1


def test_a_caption_counts_by_a_field_and_its_bookmark_covers_the_number_only(word):
    caption = next(p for p in word.all("//w:p") if "SEQ Kuvio" in "".join(p.itertext()))
    inside = caption.xpath(
        "*[preceding-sibling::w:bookmarkStart and following-sibling::w:bookmarkEnd]", namespaces=NAMESPACES
    )
    assert "".join(text for run in inside for text in run.itertext(name("w:t"))) == "1"
    assert "".join(caption.itertext(name("w:t"))).startswith("Kuvio\u00a01. ")


def test_references_jump_to_bookmarks_that_exist(word):
    bookmarks = [mark.get(name("w:name")) for mark in word.all("//w:bookmarkStart")]
    targets = [link.get(name("w:anchor")) for link in word.all("//w:hyperlink[@w:anchor]")]
    codes = re.findall(r"REF (\S+) ", " ".join(text.text for text in word.all("//w:instrText")))
    assert len(codes) == 3
    assert set(targets) | set(codes) <= set(bookmarks)
    assert len(bookmarks) == len(set(bookmarks))
    assert all(len(bookmark) <= 40 for bookmark in bookmarks)


def test_every_field_is_begun_separated_and_ended(word):
    kinds = Counter(char.get(name("w:fldCharType")) for char in word.all("//w:fldChar"))
    assert kinds["begin"] == kinds["separate"] == kinds["end"] > 0


def test_the_contents_list_is_in_place_and_asks_nothing(word):
    lines = word.styled("TOC1")
    headings = word.styled("Heading1")
    assert lines == headings
    assert "Liite\u00a01. Lukujen lähteet" in lines
    code = next(text.text for text in word.all("//w:instrText") if "TOC" in text.text)
    assert "\\n" in code.split()
    assert b"updateFields" not in word.parts["word/settings.xml"]
    assert b"w:dirty" not in word.parts[BODY]


def test_every_list_counts_from_its_own_number(word):
    numbered = word.all('//w:p[starts-with(w:pPr/w:pStyle/@w:val, "ListNumber")]')
    counts = [p.find(f"{name('w:pPr')}/{name('w:numPr')}/{name('w:numId')}").get(name("w:val")) for p in numbered]
    first, second, inner, inner_second, third = counts
    assert first == second == third != inner == inner_second
    numbering = parse(word.parts["word/numbering.xml"])
    starts = numbering.xpath(f'//w:num[@w:numId="{first}"]//w:startOverride/@w:val', namespaces=NAMESPACES)
    assert starts == ["3"]


def test_an_entry_stays_with_the_deeper_one_below_it_but_not_in_tables(word):
    kept = [p for p in word.all("//w:p[w:pPr/w:keepNext]") if p.getparent().tag != name("w:tc")]
    entries = ["".join(p.itertext(name("w:t"))) for p in kept if "List" in p[0][0].get(name("w:val"))]
    assert entries == ["Lievän tuen tiimi", "sitten"]
    nested = body(Table("t", "T", (Column("a", "left", 1.0),), (Row((Cell((lists()[0],)),)),)))
    assert written(nested).all('//w:p[w:pPr/w:pStyle/@w:val="TaulukonLuettelo"]/w:pPr/w:keepNext') == []


def test_tables_repeat_their_header_and_break_no_row(word):
    tables = word.all("//w:tbl")
    assert len(tables) == 2
    for table in tables:
        rows = table.findall(name("w:tr"))
        assert rows[0].find(f"{name('w:trPr')}/{name('w:tblHeader')}") is not None
        assert all(row.find(f"{name('w:trPr')}/{name('w:cantSplit')}") is not None for row in rows)
        widths = [int(column.get(name("w:w"))) for column in table.iter(name("w:gridCol"))]
        assert sum(widths) == int(table.find(f"{name('w:tblPr')}/{name('w:tblW')}").get(name("w:w")))


def test_a_cell_always_ends_with_a_paragraph():
    columns = (Column("a", "left", 0.5), Column("b", "right", 0.5))
    table = Table("t", "T", columns, (Row((Cell(()), text_cell(""))), Row((text_cell("x"), Cell(())), total=True)))
    word = written(body(table))
    assert all(cell[-1].tag == name("w:p") for cell in word.all("//w:tc"))


def test_a_table_without_rows_and_a_document_without_extras_can_be_written():
    bare = replace(
        body(replace(numbers("t"), rows=())),
        subtitle="",
        roles=(),
        notices=(),
        key_figures=(),
        attachments=(),
        separate=(),
    )
    assert "Ikäryhmä" in written(bare).text()


def test_no_paragraph_of_the_body_is_empty(word):
    empty = [p for p in word.all("/w:document/w:body/w:p") if not "".join(p.itertext(name("w:t"))).strip()]
    assert [p for p in empty if p.find(f".//{name('w:drawing')}") is None] == []


def test_a_landscape_section_has_its_own_page_and_header():
    word = written(landscape())
    sizes = [size.get(name("w:orient")) for size in word.all("//w:sectPr/w:pgSz")]
    assert sizes == [None, "landscape", None]
    assert len(word.all("//w:sectPr/w:titlePg")) == 1
    upright, turned = (_last_stop(word.parts[part]) for part in ("word/styles.xml", "word/header1-landscape.xml"))
    assert turned > upright


def _last_stop(xml: bytes) -> int:
    stops = parse(xml).iter(name("w:tab"))
    return max(int(stop.get(name("w:pos"), "0")) for stop in stops if stop.get(name("w:val")) == "right")


# -- what the file tells of itself


def test_the_properties_are_the_document_s_own(word):
    core = parse(word.parts["docProps/core.xml"])
    told = {etree.QName(element).localname: element.text for element in core}
    assert told["title"] == "Työllisyys & kokeilu 2021"
    assert told["language"] == "fi-FI"
    assert told["creator"] == told["lastModifiedBy"] == "Mallikaupunki <työllisyyspalvelut>"
    assert told["created"] == told["modified"] == "2022-02-16T00:00:00Z"


def test_the_document_is_finnish_throughout(word):
    languages = re.findall(rb'<w:lang w:val="([^"]+)"', word.parts[STYLES])
    assert languages == [b"fi-FI"]
    assert b'<w:themeFontLang w:val="fi-FI"/>' in word.parts["word/settings.xml"]


def test_two_runs_anywhere_give_the_same_bytes(tmp_path):
    code = (
        "import sys, hashlib; sys.path.insert(0, sys.argv[1]); from reports.write import docx;"
        "from tests.word_file import pictured; from tests.made_document import template;"
        "print(hashlib.sha256(docx.write(pictured(), template())).hexdigest())"
    )
    root = str(TEMPLATES.parent)
    found = {
        subprocess.run(
            [sys.executable, "-c", code, root], cwd=folder, env={"TZ": zone, "LC_ALL": "C", "PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout
        for folder, zone, seed in ((tmp_path, "Asia/Tokyo", "1"), (Path(root), "America/Lima", "2"))
    }  # fmt: skip
    assert len(found) == 1


# -- small things


def test_strong_emphasised_and_linked_words_use_the_template_s_styles(word):
    used = [style.get(name("w:val")) for style in word.all("//w:r/w:rPr/w:rStyle")]
    assert {"Strong", "Emphasis", "Hyperlink"} <= set(used)


def test_a_removed_character_style_is_made_again(tmp_path):
    def removed(xml: str) -> str:
        return re.sub(r'<w:style [^>]*w:styleId="Strong">.*?</w:style>', "", xml)

    word = written(layout=edited(tmp_path, {STYLES: removed}))
    assert b'w:styleId="Strong"' in word.parts[STYLES]


def test_an_address_outside_is_a_relationship(word):
    assert (
        b'Target="https://example.org/?a=1&amp;b=2" TargetMode="External"' in word.parts["word/_rels/document.xml.rels"]
    )


def test_both_looks_at_once_and_an_unknown_target_are_plain_enough():
    runs = (Run("molemmat", strong=True, emphasis=True), Run(" ei minnekään", target="poissa", number="9"))
    word = written(body(Paragraph(runs)))
    assert "molemmat ei minnekään 9" in word.text()
    assert "IntenseEmphasis" in [style.get(name("w:val")) for style in word.all("//w:rStyle")]


def test_a_column_is_never_narrower_than_its_longest_word():
    columns = (Column("Lyhyt", "left", 0.02), Column("b", "left", 0.98))
    narrow, wide = column_widths(
        Table("t", "T", columns, (Row((text_cell("yhdyssana"), text_cell("b"))),)), 8000, 10, 200
    )
    assert narrow > 9 * 0.5 * 200
    assert narrow + wide == 8000


def test_words_that_do_not_fit_side_by_side_lack_room_alike():
    columns = (Column("x" * 60, "left", 0.9), Column("x" * 60, "left", 0.1))
    first, second = column_widths(Table("t", "T", columns, ()), 8164, 10, 200)
    assert first == second == 4082


@pytest.mark.parametrize("shares", [(0.0, 0.0), (0.5, 0.5), (0.1, 0.2)])
def test_widths_always_add_up(shares):
    columns = tuple(Column("x" * 99, "left", share) for share in shares)
    assert sum(column_widths(Table("t", "T", columns, ()), 8164, 10, 200)) == 8164


@pytest.mark.parametrize(("words", "whole"), [(3, True), (90, False)])
def test_a_short_table_is_kept_on_a_page_only_if_its_rows_are_low(words, whole):
    rows = tuple(Row((text_cell("sanoja " * words),)) for _ in range(6))
    word = written(body(Table("t", "T", (Column("a", "left", 1.0),), rows)))
    kept = [bool(row.xpath(".//w:keepNext", namespaces=NAMESPACES)) for row in word.all("//w:tbl[1]/w:tr")]
    assert all(kept[:-1]) == whole


def test_a_table_without_a_caption_has_a_small_gap_before_it():
    word = written(body(numbers("t")))
    gap = word.all("//w:tbl")[0].getprevious()
    assert "".join(gap.itertext(name("w:t"))) == ""
    assert gap.find(f".//{name('w:spacing')}").get(name("w:line")) == "160"
    assert word.styled("TaulukonNimi").count("") == 1


def test_the_last_two_rows_of_a_long_table_stay_together():
    rows = tuple(Row((text_cell(str(number)),)) for number in range(40))
    word = written(body(Table("t", "T", (Column("a", "left", 1.0),), rows)))
    kept = [bool(row.xpath(".//w:keepNext", namespaces=NAMESPACES)) for row in word.all("//w:tbl[1]/w:tr")]
    assert (kept[:3], kept[-3:]) == ([True, True, False], [False, True, False])
