"""Japanese wording: what counts, what does not, and what is stated."""

from __future__ import annotations

from pathlib import Path

import pytest

from exoreg.offer.scan import label_of, scan

ROOT = Path(__file__).parents[2]
DRUG_SIDE = {"disease", "structure-function"}


def facts(text: str, fact: str) -> set[str]:
    """The values of a fact that the text states."""
    return {span.value for span in scan(text).facts if span.fact == fact and not span.negated}


@pytest.mark.parametrize(
    "text",
    [
        "しつこい湿疹を改善します。",
        "湿疹が治ります。",
        "ひざの痛みでお悩みの方へ",
        "ひざのつらさに",
        "抗炎症作用",
        "ニキビ対策に",
        "頑固な肩こりに。",
        "重症アトピーの方へ",
        "膝関節の痛みが、三回の注射でほぼ消えました。",
        "関節コース(膝、肩) 165,000円",
    ],
)
def test_disease(text: str) -> None:
    """Illness or complaint with a promise to act on it."""
    assert label_of(text) == "disease"


@pytest.mark.parametrize(
    "text",
    [
        "コラーゲンの産生を促します。",
        "真皮まで届きます。",
        "眠れる毛根を目覚めさせます。",
        "髪が太くなります。",
        "免疫力を高めます。",
        "シワを消します。",
    ],
)
def test_structure_or_function(text: str) -> None:
    """The body is built or works otherwise."""
    assert label_of(text) == "structure-function"


@pytest.mark.parametrize(
    "text",
    [
        "肌にうるおいを与えます。",
        "フケ、カユミを抑えます。",
        "洗浄によりニキビを防ぎます。",
        "日やけによるシミを防ぎます。",
        "肌荒れを防ぎます。",
        "角質層まで浸透します。しっとり。",
    ],
)
def test_permitted_effects_are_looks(text: str) -> None:
    """Wording that the list of permitted effects covers."""
    assert label_of(text) == "appearance"


@pytest.mark.parametrize(
    "text",
    [
        "湿疹を治すものではありません。",
        "ニキビを治す効果は認められていません。",
        "湿疹のある部位には使用しないでください。",
        "疾病の治療、予防を目的とするものではありません。",
        "効果には個人差があります。",
        "湿疹に効きますか?",
        "「シミが消える」という表現は使えません。",
        "加齢により細胞の再生能力が低下します。",
        "関節症の患者さんを対象とした治験の参加者を募集しています。",
        "再生ボタンを押すと動画が始まります。",
        "真皮は肌の弾力を保っています。",
        "ステロイド外用薬は炎症を抑える薬です。",
        "成長因子とは、細胞の増殖を促進するタンパク質の総称です。",
        "湿疹に悩む方は多いのではないでしょうか。",
        "保湿クリームの選び方を解説します。",
    ],
)
def test_nothing_is_promised(text: str) -> None:
    """Denials, warnings, questions, law, trials, background."""
    assert label_of(text) == "none"


def test_a_denial_of_status_leaves_the_promise() -> None:
    """No medicine, and yet it heals."""
    assert label_of("医薬品ではありませんが、湿疹が治ります。") == "disease"
    assert label_of("医薬品ではありません。湿疹に効きます。") == "disease"


def test_not_only_denies_nothing() -> None:
    """ "Not only" is no denial."""
    assert label_of("湿疹を治すだけではありません。") == "disease"


@pytest.mark.parametrize(
    "text", ["ｺﾗｰｹﾞﾝの産生を促します", "コラー\u200bゲンの産生を促します", "コラーゲンの　産生を　促します"]
)
def test_width_and_invisible_characters_change_nothing(text: str) -> None:
    """The same words in other characters."""
    claims = scan(text).claims
    assert [claim.label for claim in claims] == ["skin-function"]
    assert text[claims[0].start : claims[0].end] == claims[0].text


def test_a_hedge_counts_and_is_named() -> None:
    """A weakened promise is one."""
    (claim,) = scan("湿疹の改善が期待されます。").claims
    assert (claim.modality, claim.counts) == ("hedged", True)


def test_short_latin_lines_belong_to_the_text_around_them() -> None:
    """An abbreviation alone on its line."""
    assert label_of("こんな方に\n・AGA") == "disease"


@pytest.mark.parametrize(
    "text",
    [
        "製品のご案内\n10本入り\nこんな方に\n・薄毛",
        "10本入りです。\n■こんな方に\n薄毛",
        "10本入りです。\n【こんな方に】\n薄毛",
    ],
)
def test_a_heading_is_known_by_what_stands_below_or_leads_it(text: str) -> None:
    """A line above a list, in brackets, or with a mark of its own is a heading."""
    assert label_of(text) == "structure-function"


def test_a_mark_that_every_line_bears_makes_no_heading() -> None:
    """The lines of one list are equals."""
    assert label_of("●こんな方に\n●薄毛") == "none"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("SPA Healing 銀座でお求めいただけます。", "none"),
        ("AGAでお悩みの方へ", "disease"),
        ("こんな方に\n・eczema", "disease"),
        ("Relieves eczema と海外で評判です。", "disease"),
    ],
)
def test_an_english_word_in_a_japanese_sentence_may_be_a_name(text: str, label: str) -> None:
    """One English word among Japanese ones promises nothing; an abbreviation, a line and a phrase of its own do."""
    assert label_of(text) == label


def test_facts_are_stated_and_denied() -> None:
    """What is said to be so, and what is said not to be."""
    assert facts("ヒト臍帯由来の培養上清を点滴します。", "source") == {"umbilical"}
    assert facts("ヒト臍帯由来の培養上清を点滴します。", "form") == {"conditioned-medium"}
    assert facts("ヒト臍帯由来の培養上清を点滴します。", "use") == {"infusion"}
    assert facts("点滴には使用できません。", "use") == set()
    assert facts("ダーマペン0.5mmの直後に塗布します。", "use") == {"microneedled", "topical"}


@pytest.mark.parametrize(
    "text",
    [
        "ウエストが-6cm",
        "三週間で4キロ減",
        "バストがふくらむ",
        "善玉菌を増やす",
        "血の巡りをよくする",
        "気分が晴れやかに",
        "頭がさえる",
        "小さな文字が読める",
        "鉄分の吸収を促す",
        "顔汗を抑える",
        "毛穴がキュッと縮む",
        "軟骨の減少を防ぐ",
        "飲む腸活",
        "履いて歩くだけでお尻が上がる",
        "すね毛がだんだん減っていく",
        "張りと弾力を取り戻す",
        "老けにくい身体へ",
        "塗るハイフ",
    ],
)
def test_families_of_functions(text: str) -> None:
    """Weight, shape, mood, senses, uptake, sweat and decline are workings of the body."""
    assert label_of(text) == "structure-function"


@pytest.mark.parametrize(
    "text",
    [
        "痛風サプリ",
        "打撲から捻挫まで",
        "喘息の方に",
        "コルセットがいらなくなる",
        "しびれが減りました",
        "心臓病の愛犬のために",
        "がんがんする頭痛に",
    ],
)
def test_remedies_by_name(text: str) -> None:
    """A remedy named after an illness, a range of illnesses, and aids that are no longer needed."""
    assert label_of(text) == "disease"


@pytest.mark.parametrize(
    "text",
    [
        "糖尿病の方には使えません",
        "腫れは3日ほどで引きます",
        "細胞を培養して作ります",
        "足首を引き締める靴下です",
        "痛風サプリの違いを解説します",
        "薄毛治療の料金",
        "ウォーキングをすると血行がよくなります",
        "若返りの仕組み",
        "髭を剃ってからお越しください",
        "筋力をつけるには、散歩がおすすめです",
        "機械の寿命が延びる",
        "腫れが引くまで入浴はお控えください",
    ],
)
def test_look_alikes_of_the_families(text: str) -> None:
    """Contraindications, traces that pass, the laboratory, clothes, exercise and topics promise nothing."""
    assert label_of(text) not in DRUG_SIDE


def test_blood_drawn_from_the_patient_is_prepared_on_the_spot() -> None:
    """A concentrate of the patient's own blood is prepared by the clinic."""
    assert "in-clinic-preparation" in facts("ご自身の血液を採取し、遠心分離して注射します。", "setting")
