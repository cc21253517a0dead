"""The bytes of charts: always the same, one clean element, ids that never clash, pictures that say what they show."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
import threading
import xml.etree.ElementTree as ET

import pytest

from figures.registry import draw
from figures.save import png
from tests.made_charts import ALL, ROOT, ages, look, shares, theme

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("make", ALL)
def test_a_picture_uses_the_themes_colours_only(make):
    ours = {value.lower() for key, value in look().items() if value.startswith("#") and not key.startswith("dark")}
    assert set(re.findall(r"#[0-9a-f]{6}\b", draw(make(), theme(), standalone=True).svg)) <= ours


@pytest.mark.parametrize("make", ALL)
def test_a_picture_is_one_clean_element(make):
    drawing = draw(make(), theme())
    root = ET.fromstring(drawing.svg)  # noqa: S314 - our own
    assert root.tag == f"{SVG}svg"
    assert drawing.svg.startswith("<svg ")
    for leftover in ("<?xml", "<!DOCTYPE", "<!--", "<metadata", "<style", "<text", "matplotlib", "clip-path"):
        assert leftover not in drawing.svg
    assert drawing.width_mm == pytest.approx(160)
    assert [float(part) for part in root.attrib["viewBox"].split()[2:]] == pytest.approx(
        [drawing.width_mm / 25.4 * 72, drawing.height_mm / 25.4 * 72], abs=0.02
    )


def test_ids_are_used_and_differ_between_charts():
    found = [draw(make(), theme()).svg for make in ALL] + [draw(ages(), theme(), standalone=True).svg]
    ids = [name for svg in found for name in re.findall(r' id="([^"]+)"', svg)]
    used = {name for svg in found for name in re.findall(r'href="#([^"]+)"', svg)}
    assert len(ids) == len(set(ids))
    assert set(ids) == used


def test_a_picture_that_stands_alone_says_what_it_shows():
    svg = draw(ages(title="T&K <5"), theme(), standalone=True).svg
    assert "<title>T&amp;K &lt;5</title><desc>Pylväskaavio: T&amp;K &lt;5 " in svg
    assert "<title>" not in draw(ages(), theme()).svg


def test_the_same_chart_gives_the_same_bytes():
    for make in ALL:
        one, other = (draw(make(), theme(), standalone=True) for _ in range(2))
        assert one == other
        assert png(one.svg, one.width_mm) == png(other.svg, other.width_mm)


def test_bytes_do_not_depend_on_place_time_zone_or_a_users_settings(tmp_path):
    (tmp_path / "matplotlibrc").write_text(
        "font.size: 30\ntext.usetex: True\nsavefig.bbox: tight\nlines.linewidth: 9\nsvg.fonttype: none\n"
        "figure.dpi: 200\npath.sketch: 1, 100, 2\npatch.force_edgecolor: True\n"
    )
    code = (
        "import hashlib; from figures.registry import draw; from figures.save import png;"
        "from tests.made_charts import ALL, theme; made = [draw(make(), theme()) for make in ALL];"
        "[print(hashlib.sha256(one.svg.encode() + png(one.svg, one.width_mm)).hexdigest()) for one in made]"
    )
    outputs = []
    for zone, language, seed in (("UTC", "C.UTF-8", "0"), ("Pacific/Auckland", "fi_FI.UTF-8", "77")):
        changed = {"TZ": zone, "LANG": language, "LC_ALL": language, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        env = {**os.environ, **changed, **({} if zone == "UTC" else {"MPLCONFIGDIR": str(tmp_path)})}
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        outputs.append(done.stdout)
    assert len(outputs[0].split()) == len(ALL)
    assert outputs[0] == outputs[1]


def test_threads_do_not_mix_pictures():
    wanted = {make.__name__: draw(make(), theme()).svg for make in ALL}
    found: dict[str, str] = {}
    work = [
        threading.Thread(target=lambda make=make: found.update({make.__name__: draw(make(), theme()).svg}))
        for make in ALL
    ]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    assert found == wanted


def test_a_png_is_as_wide_as_asked_and_says_its_resolution():
    drawing = draw(shares(), theme())
    found = png(drawing.svg, drawing.width_mm)
    assert found.startswith(b"\x89PNG")
    assert struct.unpack(">I", found[16:20])[0] == pytest.approx(160 / 25.4 * 200, abs=1)
    assert struct.unpack(">I", found[found.index(b"pHYs") + 4 :][:4])[0] == round(200 / 0.0254)


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc what is held")
def test_pictures_that_were_made_take_no_memory():
    code = (
        "import re; from pathlib import Path; from figures import save\n"
        "def held(): return int(re.search('VmRSS:\\\\s+([0-9]+)', Path('/proc/self/status').read_text())[1]) / 1024\n"
        """svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h{}v9z"/></svg>'\n"""
        "for number in range(12): save.png(svg.format(number), 160)\n"
        "most = held(); save.forget(); print(most - held())"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) > 40  # eleven pictures of 6 MB each, less what the system keeps for the next
