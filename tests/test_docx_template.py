"""What someone may do to report.docx in Word, what is refused, and what of it stays behind."""

from __future__ import annotations

import gc
import re

import pytest

from reports.write import docx
from reports.write.docx_xml import NAMESPACES, name
from tests.edited_template import BODY, FIRST_HEADER, STYLES, before, cut, edited, picture, style_renamed, swap, words
from tests.made_document import template
from tests.word_file import pictured, refusal, written

PAYLOAD = "{{ ''.__class__.__mro__[1].__subclasses__() }}"

# -- what a communications officer may do


def test_a_part_that_is_taken_out_is_left_out_and_said(tmp_path):
    layout = edited(tmp_path, {BODY: cut("{%p for figure in key_figures %}", "{%p endfor %}")})
    word = written(layout=layout)
    assert "2\u00a0842" not in word.text()
    assert docx.unused(layout) == ("key_figures",)
    assert docx.unused(template()) == ()


def test_the_contents_list_may_be_taken_out(tmp_path):
    word = written(layout=edited(tmp_path, {BODY: cut("{{ labels.contents }}", "{{r contents }}")}))
    assert word.styled("TOC1") == []
    assert not any("TOC" in text.text for text in word.all("//w:instrText"))


def test_links_to_a_part_that_is_taken_out_become_words(tmp_path):
    word = written(layout=edited(tmp_path, {BODY: swap("sections + attachments", "sections")}))
    assert "liitteestä\u00a01" in "".join(word.lines)
    assert "attachment" not in " ".join(text.text for text in word.all("//w:instrText"))


def test_a_renamed_style_shows(tmp_path):
    word = written(layout=edited(tmp_path, style_renamed("BodyText", "KaupunginLeipis")))
    assert "Välissä." in word.styled("KaupunginLeipis")
    assert word.styled("BodyText") == []


def test_a_swapped_logo_shows(tmp_path):
    logo = picture((b"gAMA", b"\0\0\xb1\x8f"))
    assert written(layout=edited(tmp_path, {}, {"word/media/logo.png": logo})).parts["word/media/logo.png"] == logo


def test_changed_words_and_colours_show(tmp_path):
    changes = {
        BODY: swap("{{ date }}", "Hyväksytty {{ date }}"),
        STYLES: swap("0F4C81", "AA1155", 99),
        "word/header1.xml": swap("{{ organisation }}", "Kaupunginhallitus"),
    }
    word = written(layout=edited(tmp_path, changes))
    assert "Hyväksytty 16.2.2022" in word.text()
    assert b"AA1155" in word.parts[STYLES]
    assert "Kaupunginhallitus" in word.parts["word/header1.xml"].decode()


def test_a_sample_coloured_by_hand_colours_all_that_follow_it(tmp_path):
    red = '<w:color w:val="AA0000"/>'
    sample = '<w:pStyle w:val="BodyText"/></w:pPr><w:r>'
    changes = {BODY: swap(f"{sample}<w:t", f"{sample}<w:rPr>{red}</w:rPr><w:t")}
    word = written(layout=edited(tmp_path, changes))
    runs = word.all('//w:p[w:pPr/w:pStyle/@w:val="BodyText"]//w:r[w:t]')
    assert len(runs) > 3
    assert all(run.find(f"{name('w:rPr')}/{name('w:color')}") is not None for run in runs)


def test_every_table_follows_the_sample(tmp_path):
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="FFEECC"/>'
    word = written(
        layout=edited(tmp_path, {BODY: swap('<w:vAlign w:val="bottom"/>', f'{shade}<w:vAlign w:val="bottom"/>')})
    )
    heads = word.all('//w:tr[w:trPr/w:tblHeader]/w:tc[w:p/w:pPr/w:pStyle/@w:val="TaulukonOtsikko"]')
    assert len(heads) == 6
    assert all(cell.find(f"{name('w:tcPr')}/{name('w:shd')}") is not None for cell in heads)


def test_a_heading_of_the_template_s_own_is_in_the_contents(tmp_path):
    own = '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Lukijalle</w:t></w:r></w:p>'
    word = written(layout=edited(tmp_path, {BODY: before("{%p for section in", own)}))
    assert word.styled("TOC1")[0] == "Lukijalle"


def test_word_may_break_a_tag_apart_and_curl_its_quotes(tmp_path):
    def broken(xml: str) -> str:
        xml = xml.replace(
            "{{ title }}", '{{</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t xml:space="preserve"> title }}'
        )
        return xml.replace('block.kind == "notice"', "block.kind == ”notice”")

    word = written(layout=edited(tmp_path, {BODY: broken}))
    assert "Työllisyys & kokeilu 2021" in word.styled("Title")
    assert "Tästä puuttuu tieto." in word.styled("Huomautus")


# -- what is refused


def test_a_template_that_loses_text_is_an_error(tmp_path):
    layout = edited(tmp_path, {BODY: swap("{{r entry.text }}", "{{r entry.number }}", 9)})
    found = refusal(pictured(), layout)
    assert {problem.code for problem in found} == {"text-lost"}
    assert "Lievän tuen tiimi" in [problem.values["text"] for problem in found]


@pytest.mark.parametrize("part", [BODY, FIRST_HEADER, "word/footer1.xml"])
def test_a_payload_is_refused_wherever_it_stands(part, tmp_path):
    into = "</w:hdr>" if "header" in part else "</w:ftr>" if "footer" in part else "<w:sectPr>"
    found = refusal(pictured(), edited(tmp_path, {part: swap(into, words(PAYLOAD) + into)}))
    assert all(problem.place.file == "templates/annual/report.docx" for problem in found)


def test_a_payload_in_the_properties_is_not_run(tmp_path):
    core = {"docProps/core.xml": swap("Vuosiraportin asiakirjapohja", PAYLOAD)}
    assert "Työllisyys &amp; kokeilu 2021" in written(layout=edited(tmp_path, core)).parts["docProps/core.xml"].decode()


def test_an_unknown_name_is_told_with_its_paragraph(tmp_path):
    (found,) = refusal(pictured(), edited(tmp_path, {BODY: swap("{{ subtitle }}", "{{ subtitel }}")}))
    assert (found.code, found.values["near"], found.place.row) == ("lint-name-near", "subtitle", 4)


@pytest.mark.parametrize(
    "tag", ["{{ roles }}", "{{ sections[0].landscape }}", "{{ sections[0].blocks }}", "{{ title.upper }}"]
)
def test_only_text_and_numbers_are_printed(tag, tmp_path):
    assert refusal(pictured(), edited(tmp_path, {BODY: swap("{{ subtitle }}", tag)}))


def test_a_sample_table_out_of_its_place_is_told(tmp_path):
    def moved(xml: str) -> str:
        table = re.search(r"<w:tbl>.*?</w:tbl>", xml)
        assert table is not None
        return xml.replace(table[0], "").replace("<w:sectPr>", f"{table[0]}<w:sectPr>")

    (found,) = refusal(pictured(), edited(tmp_path, {BODY: moved}))
    assert found.code == "template-table"


def test_a_sample_table_for_blocks_that_are_no_tables_is_told(tmp_path):
    def looped(xml: str) -> str:
        xml = xml.replace("<w:tbl>", words("{%p for role in roles %}") + "<w:tbl>")
        return xml.replace("</w:tbl>", "</w:tbl>" + words("{%p endfor %}"))

    (found,) = refusal(pictured(), edited(tmp_path, {BODY: looped}))
    assert found.code == "template-table"


def test_a_name_that_only_some_blocks_have_is_told_with_its_text(tmp_path):
    sample = '<w:pStyle w:val="BodyText"/></w:pPr><w:r><w:t xml:space="preserve">{{r block.text }}'
    change = swap(sample, f"{sample} {{{{ block.caption }}}}")
    (found,) = refusal(pictured(), edited(tmp_path, {BODY: change}))
    assert (found.code, found.values["name"]) == ("lint-name-near", "caption")
    assert "block.caption" in found.values["text"]


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 broken"])
def test_a_broken_template_is_told(content, tmp_path):
    (tmp_path / "report.docx").write_bytes(content)
    (found,) = refusal(pictured(), template(tmp_path))
    assert found.code == "docx-unreadable"


# -- what stays behind

COMMENTS = f'<w:comments xmlns:w="{NAMESPACES["w"]}"><w:comment w:author="Joku"/></w:comments>'
COMMENT = '<w:commentRangeStart w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
TRACKED = '<w:p w:rsidR="00AB12CD"><w:ins w:id="9" w:author="Joku"><w:r><w:t>Lisätty</w:t></w:r></w:ins>'
DELETED = '<w:del w:id="8" w:author="Joku"><w:r><w:delText>Poistettu</w:delText></w:r></w:del></w:p>'


def test_traces_of_people_stay_behind(tmp_path):
    changes = {
        BODY: before("{{ organisation }}", f"{TRACKED}{COMMENT}{DELETED}"),
        "word/_rels/document.xml.rels": swap(
            "</Relationships>",
            '<Relationship Id="c" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"'
            ' Target="comments.xml"/></Relationships>',
        ),
        "[Content_Types].xml": swap(
            "</Types>",
            '<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'wordprocessingml.comments+xml"/></Types>',
        ),
        "word/settings.xml": swap("<w:zoom", '<w:attachedTemplate xmlns:r="x" r:id="t"/><w:zoom'),
    }
    parts = {
        "word/comments.xml": COMMENTS.encode(),
        "docProps/app.xml": b"<Properties><Manager>Joku</Manager></Properties>",
        "word/media/logo.png": picture((b"tEXt", b"Author\0Joku"), (b"eXIf", b"60.38N")),
    }
    word = written(layout=edited(tmp_path, changes, parts))
    assert "Lisätty" in word.text()
    assert [part for part, content in word.parts.items() if b"Joku" in content or b"60.38" in content] == []
    assert not {"word/comments.xml", "docProps/app.xml"} & set(word.parts)
    assert b"rsid" not in word.parts[BODY] + word.parts["word/settings.xml"]
    assert b"comment" not in word.parts[BODY] + word.parts["word/_rels/document.xml.rels"]


def test_a_photograph_s_metadata_stays_behind(tmp_path):
    exif = b"\xff\xe1\x00\x0cExif\0\0Joku"
    photo = b"\xff\xd8" + b"\xff\xe0\x00\x04JF" + exif + b"\xff\xda\x00\x02data\xff\xd9"
    word = written(layout=edited(tmp_path, {}, {"word/media/logo.png": photo}))
    assert word.parts["word/media/logo.png"] == photo.replace(exif, b"")


def test_a_document_that_was_written_is_free_at_once():
    written()
    gc.collect()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        written()
        gc.collect()
        circled = {type(one).__name__ for one in gc.garbage}
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
    assert circled & {"_Job", "_Document", "_Element", "Section"} == set()
