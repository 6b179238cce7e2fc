"""Using the page: form, links, address, back button, keyboard, bad addresses, paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from exoreg.engine.store import CompiledBase
from exoreg.render.page import page
from tests.page.conftest import Open, file_uri

DAY = "&day=2026-11-22"
HUMAN = "#source=umbilical&use=topical&region=UK" + DAY


def verdicts(tab: Any) -> list[str]:
    """The verdicts that are shown, as text."""
    found: list[str] = tab.locator(".verdict h3").all_inner_texts()
    return found


def address(tab: Any) -> str:
    """The state in the address bar."""
    found: str = tab.evaluate("location.hash")
    return found


def test_an_address_opens_its_answer(opened: Open) -> None:
    """A link to an answer shows it, with its grounds and the law that says so, and fills the form."""
    tab = opened(HUMAN)
    links = tab.locator("#answer .citations a")

    assert verdicts(tab) == ["United Kingdom: UNLAWFUL · PROHIBITED"]
    assert "Nothing of human origin in a cosmetic" in tab.locator("#answer").inner_text()
    assert "https://www.legislation.gov.uk/eur/2009/1223/annex/II" in [
        link.get_attribute("href") for link in links.all()
    ]
    assert all("noopener" in link.get_attribute("rel") for link in links.all())
    assert tab.locator("#source").input_value() == "umbilical"
    assert tab.locator("#day").input_value() == "2026-11-22"
    assert tab.locator("#region-UK").is_checked()


def test_choosing_answers_at_once_and_back_goes_back(opened: Open) -> None:
    """Each choice changes answer and address; the back button restores the answer and the form before."""
    tab = opened(HUMAN)
    tab.locator("#source").select_option("salmon")
    tab.wait_for_function("location.hash.includes('salmon')")
    assert verdicts(tab) == ["United Kingdom: COSMETIC · PERMITTED UNDER CONDITIONS"]
    tab.locator("#claims-disease").check()
    tab.wait_for_function("location.hash.includes('disease')")
    assert verdicts(tab) == ["United Kingdom: DRUG (MEDICINE) · PROHIBITED"]

    tab.go_back()
    tab.wait_for_function("!location.hash.includes('disease')")
    assert verdicts(tab) == ["United Kingdom: COSMETIC · PERMITTED UNDER CONDITIONS"]
    assert not tab.locator("#claims-disease").is_checked()
    tab.go_back()
    tab.wait_for_function("location.hash.includes('umbilical')")
    assert verdicts(tab) == ["United Kingdom: UNLAWFUL · PROHIBITED"]
    assert tab.locator("#source").input_value() == "umbilical"


def test_every_choice_is_in_the_address(opened: Open) -> None:
    """The address made from the form brings back every choice, also unknown ones."""
    state = (
        "#source=human&donor=unknown&form=lysate&use=microneedled&claims=appearance,hair-growth&setting=unknown"
        "&evidence=unknown&region=GB,JP&day=2024-02-29&grid=KR"
    )
    tab = opened(state)

    assert tab.evaluate("addressOf(readForm(chosenGrid()))") == state
    assert tab.locator("#grid").input_value() == "KR"


def test_nothing_stated(opened: Open) -> None:
    """An empty form answers for all root regions, says what is not known and what is assumed."""
    tab = opened()
    shown = tab.locator("#answer").inner_text()

    assert len(verdicts(tab)) == 5
    assert "Source not known · intended use (route) not known · looks only" in shown
    assert "claims: looks only" in shown


def test_a_click_in_the_table_leads_to_the_product(opened: Open) -> None:
    """A cell leads to the product of its row and column; the focus goes to the answer."""
    tab = opened("#region=EU" + DAY)
    tab.get_by_role("link", name="undisclosed source, injected").click()
    tab.wait_for_function("location.hash.includes('injection')")

    assert address(tab) == "#source=undisclosed&use=injection&region=EU" + DAY
    assert tab.evaluate("document.activeElement.id") == "answer-title"
    assert verdicts(tab) == ["European Union: DRUG (MEDICINE) · PROHIBITED"]


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ("#source=unicorn", "`unicorn` is no value of “source” that this page knows; the form lists them"),
        ("#source=rose,aloe", "source has one value, and the address gives 2"),
        (
            "#claims=structure-function",
            "`structure-function` is no value of “claims” that this page knows; the form lists them",
        ),
        (
            "#region=Mars",
            "`Mars` is no region that this page knows; it knows US, UK, GB, NI, EU, FR, DE, JP, KR",
        ),
        ("#day=2026-02-30", "`2026-02-30` is no day; write it like 2026-11-22"),
        ("#answer", "the address has `answer`, which is nothing that can be asked"),
        ("#source=%E0%A4%A", "`%E0%A4%A` is no value of “source” that this page knows; the form lists them"),
        ("#source=<img src=x onerror=alert(1)>", "is no value of “source” that this page knows"),
        (
            "#source=rose&donor=autologous",
            "the donor “the patient's own” contradicts the source “rose”; the usual donor is assumed",
        ),
    ],
)
def test_a_bad_address_says_so(opened: Open, state: str, message: str) -> None:
    """What cannot be understood of an address is named, and the rest is answered."""
    tab = opened(state)

    assert message in tab.locator("#problems").inner_text()
    assert len(verdicts(tab)) == 5
    assert tab.locator("#problems img").count() == 0


def test_a_day_that_is_none(opened: Open) -> None:
    """A day that is none is named beside the field, and the answer stays."""
    tab = opened(HUMAN)
    tab.locator("#day").fill("22/11/2026")
    tab.locator("#day").blur()

    assert tab.locator("#hint-day").inner_text() == "`22/11/2026` is no day; write it like 2026-11-22."
    assert tab.locator("#day").get_attribute("aria-invalid") == "true"
    assert address(tab) == HUMAN


def test_a_day_before_the_earliest(opened: Open) -> None:
    """For a day before the law is encoded the page says that it cannot say."""
    tab = opened("#source=rose&use=topical&region=KR&day=1999-12-31")

    assert verdicts(tab) == ["South Korea: NOT ENCODED FOR THAT DAY"]
    assert "exoreg cannot say: the law of South Korea is encoded from" in tab.locator("#answer").inner_text()
    assert "exoreg cannot say" in tab.locator("#matrix").inner_text()


def test_a_day_after_the_review(opened: Open) -> None:
    """After its day of review the page says that it must be checked anew."""
    tab = opened("#source=rose&use=topical&region=UK&day=2099-01-01")

    assert "re-check before relying on" in tab.locator("#answer").inner_text()


def test_not_known_and_values_exclude_each_other(opened: Open) -> None:
    """Ticking "not known" takes the other claims away, and the other way round."""
    tab = opened()
    tab.locator("#claims-disease").check()
    tab.locator("#claims-unknown").check()
    tab.wait_for_function("location.hash.includes('claims=unknown')")
    assert not tab.locator("#claims-disease").is_checked()
    tab.locator("#claims-hair-growth").check()
    tab.wait_for_function("location.hash.includes('claims=hair-growth')")
    assert not tab.locator("#claims-unknown").is_checked()


def test_a_donor_that_no_longer_fits(opened: Open) -> None:
    """When the source changes, a donor that it cannot have is assumed anew, and cannot be chosen."""
    tab = opened("#source=adipose&donor=autologous&use=injection&region=JP" + DAY)
    tab.locator("#source").select_option("rose")
    tab.wait_for_function("location.hash.includes('rose')")

    assert "donor" not in address(tab)
    assert tab.locator("#problems").inner_text() == ""
    assert tab.locator("#donor option[value=autologous]").is_disabled()


def test_start_anew(opened: Open) -> None:
    """The button empties the form and the address."""
    tab = opened(HUMAN)
    tab.get_by_role("button", name="Start anew").click()
    tab.wait_for_function("location.hash === ''")

    assert len(verdicts(tab)) == 5


def test_keyboard_alone(opened: Open) -> None:
    """The first key leads to the skip link, that to the answer; a choice is made and heard without a mouse."""
    tab = opened(HUMAN)
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to the answer"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "answer-title"
    assert address(tab) == HUMAN

    tab.locator("#use").focus()
    tab.keyboard.type("injected")
    tab.keyboard.press("Tab")
    tab.wait_for_function("location.hash.includes('use=injection')")
    assert tab.evaluate("document.activeElement.id") == "setting"
    assert tab.locator("[role=status]#announcement").inner_text().startswith("United Kingdom: ")


def test_focus_goes_in_reading_order(opened: Open) -> None:
    """The keyboard goes through the form from top to bottom, then through the answer, then through the table."""
    tab = opened(HUMAN)
    seen = []
    for _ in range(60):
        tab.keyboard.press("Tab")
        seen.append(tab.evaluate("document.activeElement.closest('nav, section[id]')?.id || ''"))
    places = list(dict.fromkeys(place for place in seen if place in ("question", "answer", "matrix")))

    assert places == ["question", "answer", "matrix"]


def test_paper(opened: Open) -> None:
    """On paper the form is gone, everything is open, and addresses of links are written out."""
    tab = opened("#source=umbilical&use=topical&region=UK,EU" + DAY)
    assert tab.locator("#answer details[open]").count() == 0
    tab.emulate_media(media="print")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")

    assert not tab.locator("#question").is_visible()
    assert tab.locator("#answer details[open]").count() == 2
    assert tab.get_by_text("https://www.legislation.gov.uk/eur/2009/1223/annex/II").first.is_visible()
    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    assert tab.locator("#answer details[open]").count() == 0
    for paper in ("A4", "Letter"):
        assert tab.pdf(format=paper).startswith(b"%PDF-")


def test_phone(opened: Open) -> None:
    """On a phone nothing but the table is wider than the screen, and that scrolls in its own frame."""
    tab = opened(HUMAN, viewport={"width": 360, "height": 740})

    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    frame = tab.locator("#matrix .scroll").evaluate(
        "frame => [frame.scrollWidth > frame.clientWidth, frame.tabIndex]"
    )
    assert frame == [True, 0]


def test_without_script(chromium: Any, address: str) -> None:
    """Without scripts the page says so, and what to do instead."""
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(address)

    assert "scripts are switched off" in tab.locator("header").inner_text()
    context.close()


def test_texts_of_rules_stay_texts(
    compiled: CompiledBase, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Markup in the texts of a rule is shown and does nothing."""
    hostile = "</script><img src=x onerror=alert(1)><b>bold</b> \u202edrawkcab"
    shown = hostile.replace("\u202e", "<U+202E>")
    rules = compiled.texts("UK")["rule"]
    spoiled = rules["uk.cosmetic.human-origin"] | {"title": hostile, "because": hostile}
    monkeypatch.setitem(rules, "uk.cosmetic.human-origin", spoiled)
    where = file_uri(tmp_path, page(compiled))
    tab = opened(HUMAN, at=where)

    assert tab.locator("#answer").inner_text().count(shown) == 2
    assert tab.locator("#answer img, #answer b").count() == 0
