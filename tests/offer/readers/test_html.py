"""HTML offers: the visible text as a visitor reads it, and everything hidden, marked with its reason."""

import pytest

from exoreg.offer.readers import read_offer


def visible(html: str) -> str:
    """The visible wording of a page."""
    parts = read_offer(f"<!doctype html>{html}".encode()).parts
    return "|".join(part.text for part in parts if part.hidden is None)


def hidden(html: str) -> list[tuple[str | None, str]]:
    """Reason and text of each hidden part."""
    parts = read_offer(f"<!doctype html>{html}".encode()).parts
    return [(part.hidden, part.text) for part in parts if part.hidden is not None]


def reasons(html: str) -> list[str]:
    """What was not read."""
    return [note.reason for note in read_offer(f"<!doctype html>{html}".encode()).unread]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<b>reg</b>enerates <i>skin</i>", "regenerates skin"),
        ("re<!-- x -->gener<span></span>ates", "regenerates"),
        ("<p>One<p>two</p>three<br>four", "One\ntwo\nthree\nfour"),
        ("<ul><li>knee</li><li>hip</li></ul>", "knee\nhip"),
        ("<table><tr><td>Kit<td>2 vials<tr><td>a<td>b</table>", "Kit\t2 vials\na\tb"),
        ("caf&eacute;&nbsp;&amp; &#x3b1;", "café\u00a0& α"),
        ("  a \n\t b  ", "a b"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("Our <span style='display:none'>x</span>serum", "Our serum"),
        ("<div style='visibility:hidden'>no <b style='visibility:visible'>yes</b></div>", "yes"),
        ("<details><summary>Uses</summary>Joints</details>", "Uses\nJoints"),
        ("<input type=submit value='Buy now'>", "Buy now"),
        ("<p>unclosed <b>broken <table><p>page", "unclosed broken\npage"),
    ],
)
def test_text_reads_as_it_shows(html: str, text: str) -> None:
    """Blocks are lines, white space collapses, inline tags and comments do not cut words."""
    assert visible(html) == text


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<title>Cures acne</title>", "title"),
        ("<meta name=description content='Cures acne'>", "meta description"),
        ("<meta name=keywords content='Cures acne'>", "meta keywords"),
        ("<meta property=og:title content='Cures acne'>", "meta og:title"),
        ("<img alt='Cures acne'>", "alt text"),
        ("<p title='Cures acne'></p>", "title attribute"),
        ("<p aria-label='Cures acne'></p>", "aria-label"),
        ("<input placeholder='Cures acne'>", "placeholder"),
        ("<p data-tip='Cures acne'></p>", "data-tip attribute"),
        ("""<p data-x='{"n":1,"t":["Cures acne"]}'></p>""", "data-x attribute"),
        ("<!-- Cures acne -->", "comment"),
        ("<p></p><noscript>Cures acne</noscript>", "noscript"),
        ("<template><p>Cures acne</p></template>", "template"),
        ('<script type="application/ld+json">{"a":{"b":"Cures acne"}}</script>', "JSON-LD"),
        ("<p hidden>Cures acne</p>", "hidden attribute"),
        ("<div style='display: none !important'><p>Cures acne</p></div>", "display:none"),
        ("<p style='visibility:hidden'>Cures acne</p>", "visibility:hidden"),
        ("<p style='font-size:0'>Cures acne</p>", "font size 0"),
        ("<p style='opacity:0'>Cures acne</p>", "opacity 0"),
        ("<p style='position:absolute;left:-9999px'>Cures acne</p>", "off-screen"),
        ("<p style='text-indent:-100em'>Cures acne</p>", "off-screen"),
        ("<p style='height:0;overflow:hidden'>Cures acne</p>", "size 0"),
        ("<p style='color:#fff'>Cures acne</p>", "white on white"),
        ("<p style='color:rgb(254, 254, 254)'>Cures acne</p>", "white on white"),
        ("<font color=white>Cures acne</font>", "white on white"),
        (
            "<div style='background:#123456'><p style='color:#123456'>Cures acne</p></div>",
            "same colour as its background",
        ),
        ("<style>.k{display:none}</style><p class=k>Cures acne</p>", "display:none"),
        ("<style>#k, .z{color:white}</style><p id=k>Cures acne</p>", "white on white"),
        ("<style>div.k > p{font-size:0px}</style><div class=k><p>Cures acne</p></div>", "font size 0"),
    ],
)
def test_hidden_wording_is_marked(html: str, reason: str) -> None:
    """Wording out of sight is a part of its own with the reason."""
    assert (reason, "Cures acne") in hidden(html)
    assert "acne" not in visible(html)


@pytest.mark.parametrize(
    "html",
    [
        "<style>@media print{p{display:none}}</style><p>Fresh skin</p>",
        "<style>p{display:none} p{display:block}</style><p>Fresh skin</p>",
        "<div style='background:#000'><p style='color:#fff'>Fresh skin</p></div>",
        "<div style='background:url(a.jpg)'><p style='color:#fff'>Fresh skin</p></div>",
        "<table bgcolor=navy><tr><td style='color:white'>Fresh skin</table>",
        "<link rel=stylesheet href=a.css><p style='color:#fff'>Fresh skin</p>",
        "<p style='position:absolute;left:20px'>Fresh skin</p>",
    ],
)
def test_visible_wording_is_not_called_hidden(html: str) -> None:
    """What a visitor sees, or may see, is not marked as hidden."""
    assert "Fresh skin" in visible(html)


def test_neighbours_hidden_for_one_reason_stay_together() -> None:
    """A hidden stretch with markup inside is one part with its own lines."""
    assert hidden("<div hidden><p>a <b>b</b></p><p>c</p></div>") == [("hidden attribute", "a b\nc")]


def test_addresses_are_wording() -> None:
    """Links and picture names may promise something as well."""
    html = "<a href='/acne-treatment/'>More</a><a href='#top'>up</a><img src='scar-cure.jpg'>"
    assert hidden(html) == [("link addresses", "/acne-treatment/"), ("picture addresses", "scar-cure.jpg")]


def test_what_is_not_read_is_listed() -> None:
    """Pictures, films, frames, scripts and style sheets elsewhere are named."""
    html = "<link rel=stylesheet href=a.css><img><video></video><iframe src=b></iframe><script>c</script>text"
    assert reasons(html) == [
        "films, sounds or embedded objects (1): not read",
        "frames (1): the pages that they show are not fetched",
        "pictures (1): wording inside them is not read",
        "scripts (1): text that they would write is not read",
        "linked style sheets: what they hide is not known",
    ]


def test_the_page_states_its_encoding() -> None:
    """A charset in the page is believed if it fits."""
    page = "<html><meta charset=shift_jis><p>毛穴の治療</p>".encode("shift_jis")
    assert read_offer(page).parts[0].text == "毛穴の治療"
