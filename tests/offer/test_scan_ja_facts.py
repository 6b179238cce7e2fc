"""Japanese wording: what is stated, and which surroundings silence a promise and which do not."""

from __future__ import annotations

import pytest

from exoreg.offer.scan import label_of, scan


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("提供された脂肪組織から培養しました。", {"source=adipose"}),
        ("骨髄や脂肪から採取した細胞です。", {"source=bone-marrow", "source=adipose"}),
        ("他人の骨髄を使います。", {"donor=allogeneic"}),
        ("ご自身の血液から作ります。", {"donor=autologous"}),
        ("ヒトの胎盤が原料です。", {"source=placenta"}),
        ("三十分かけて静脈より投与します。", {"use=infusion"}),
        ("一か所に2mLを打ちます。", {"use=injection"}),
        ("鼻から吸い込みます。", {"use=inhalation"}),
        ("院内の細胞培養室で仕上げます。", {"setting=in-clinic-preparation"}),
        ("楽しい登山の写真です。", set()),
        ("シンボリックリンクとハードリンクの違いです。", set()),
    ],
)
def test_facts(text: str, wanted: set[str]) -> None:
    """Sources, donors, routes and settings without their usual names."""
    stated = {f"{span.fact}={span.value}" for span in scan(text).facts if not span.negated}
    assert wanted <= stated
    assert bool(wanted) == bool(stated)


@pytest.mark.parametrize(
    "text",
    [
        "これだけが有効です。",
        "やはり、残りは起こりません。",
        "アルガンオイルを防腐剤なしで配合。",
        "ほこりを取り除きます。",
        "スローガンを改善します。",
        "再生紙の箱です。",
    ],
)
def test_short_stems_stay_out_of_other_words(text: str) -> None:
    """Short names of complaints stand in many other words."""
    assert label_of(text) in ("none", "appearance")


@pytest.mark.parametrize(
    "text",
    [
        "薬機法では「湿疹が治る!」と広告することが禁止されています。",
        "湿疹が治るクリームの表示に措置命令が出されました。",
        "湿疹の治療薬の研究が進んでいます。",
        "湿疹を治す、かゆみを止める、といった効果はありません。",
        "注射部位の赤みは数日程度で治まります。",
        "皮膚は三つの層からなり、表皮は周期的に生まれ変わります。",
        "加齢により組織の修復が遅くなります。",
        "アトピーの新薬の治験にご協力ください。",
    ],
)
def test_surroundings_that_promise_nothing(text: str) -> None:
    """Law, research to come, denials, the natural course, textbooks, decline and trials."""
    assert label_of(text) == "none"


@pytest.mark.parametrize(
    "text",
    [
        "ダウンタイムが短く、シワを改善します。",
        "メスを使わずにたるみを引き上げます。",
        "副作用の心配もほとんどなく、湿疹を改善します。",
        "糖尿病の合併症を改善します。",
        "認知症のリスクを減らします。",
        "一週間で湿疹が消えた!?",
        "腰痛、もう我慢していませんか?",
        "湿疹への効果が認められています。",
        "湿疹の原因となる炎症を抑えます。",
    ],
)
def test_surroundings_that_silence_nothing(text: str) -> None:
    """Reassurance, lowered risks, rhetorical questions and attributes leave the promise standing."""
    assert label_of(text) in ("disease", "structure-function")


def test_pages_for_participants_of_a_trial() -> None:
    """Three signs of a trial make the page one, unless something is sold."""
    page = (
        "治験にご協力ください。\n被験者を募集します。\n負担軽減費をお支払いします。\n湿疹でお悩みの方へ。\n"
    )
    assert not [claim for claim in scan(page).claims if claim.counts]
    assert [claim for claim in scan(page + "料金は三万円です。\n").claims if claim.counts]


def test_a_heading_of_warnings_hides_no_list_of_effects() -> None:
    """Contraindications stay silent; effects listed further down the page do not."""
    page = "副作用と注意点\n湿疹の治療中の方\n\nこの点滴の特長\n- 発毛の促進\n- 炎症の改善"
    assert {claim.text for claim in scan(page).claims if claim.counts} >= {"炎症の改善"}
    below = "副作用として赤みが挙げられます\n炎症の改善"
    assert label_of(below) == "disease"
    assert label_of("使用上の注意:\n湿疹の治療中の方") == "none"
