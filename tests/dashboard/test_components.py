from groovelog.dashboard import components, prints, receipts
from groovelog.dashboard.components import Explanation, Fact, Ranked
from groovelog.dashboard.receipts import Paper, Reason
from groovelog.dashboard.texts.wording import Headline
from groovelog.model import FileNote

NASTY = '<img src=x onerror="alert(1)">&'


def test_names_from_the_data_stay_text() -> None:
    pages = (
        components.page_head(NASTY, Headline(NASTY, NASTY, NASTY), NASTY),
        components.facts([Fact(NASTY, NASTY, NASTY)]),
        components.ranking([Ranked(1, NASTY, NASTY, NASTY, 1.0, NASTY, NASTY)], first_marked=True),
        components.explain(Explanation("key", NASTY, ((NASTY, NASTY),))),
        components.figure_head(NASTY, NASTY),
        components.colour_legend([("red", NASTY)]),
        components.table([NASTY], [[NASTY]]),
        components.failure(NASTY),
        components.clock([1.0] * 24, NASTY, NASTY),
        receipts.reasons([Reason(NASTY, NASTY, NASTY)]),
        receipts.paper(Paper(NASTY, 1, 1, 0, 0, {"track": 1}, {}, 1, NASTY, NASTY)),
    )
    for page in pages:
        assert "<img src=x" not in page
        assert "&lt;img" in page


def test_a_disc_shows_the_first_letter_and_keeps_its_sleeve() -> None:
    assert ">黒<" in components.disc("黒い海")
    assert ">P<" in components.disc("(pollen) index")
    assert ">♪<" in components.disc("...")
    assert prints.sleeve_of("Pollen Index") == prints.sleeve_of("POLLEN INDEX")


def test_the_longest_ray_reaches_the_rim_and_a_quarter_of_it_half_the_way() -> None:
    hours = [0.0] * 24
    hours[7], hours[19] = 4.0, 1.0
    drawing = prints.clock_print(hours)
    assert drawing.count("<path") == 2
    assert f"A{prints.RIM:.2f} {prints.RIM:.2f}" in drawing
    middle = (prints.HUB + prints.RIM) / 2
    assert f"A{middle:.2f} {middle:.2f}" in drawing


def test_a_day_without_plays_has_no_rays() -> None:
    assert "<path" not in prints.clock_print([0.0] * 24)


def test_a_file_that_was_not_read_names_the_row_to_blame() -> None:
    told = receipts.of_files([FileNote("my.zip/a/b.json", "cut off", 1204), FileNote("c.pdf", "a PDF")])
    assert "<span>row 1,204</span>" in told
    assert "my.zip" not in told


def test_a_receipt_repeats_what_was_read() -> None:
    page = receipts.paper(
        Paper(
            "my.zip", 80_090, 78_475, 1_203, 412, {"track": 78_475, "episode": 0}, {"playlists": 0}, 3, "UTC", "n", 9.4
        )
    )
    assert "The sum is right: 78,475 + 1,203 + 412 = 80,090" in page
    assert "podcast" not in page
    assert "9.4" in page
