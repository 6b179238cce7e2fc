"""Korean wording: what counts, what does not, and what is stated."""

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
        "오래된 습진을 개선합니다.",
        "습진이 낫습니다.",
        "요통으로 고생하시는 분께",
        "항염 작용",
        "더 이상 통증에 시달리지 마세요",
        "여드름 흉터 완화",
    ],
)
def test_disease(text: str) -> None:
    """Illness or complaint with a promise to act on it."""
    assert label_of(text) == "disease"


@pytest.mark.parametrize(
    "text",
    [
        "콜라겐 생성을 촉진합니다.",
        "피부재생",
        "피부 재생",
        "진피까지 흡수됩니다.",
        "잠든 모낭을 깨운다",
        "머리카락이 굵어집니다.",
        "혈액순환을 촉진합니다.",
    ],
)
def test_structure_or_function(text: str) -> None:
    """The body is built or works otherwise."""
    assert label_of(text) == "structure-function"


@pytest.mark.parametrize(
    "text",
    [
        "촉촉한 피부로 가꿔 줍니다.",
        "여드름 자국을 가려준다",
        "모공 속 노폐물을 제거합니다.",
        "여드름성 피부 사용에 적합",
        "보습으로 건조로 인한 가려움을 일시적으로 완화",
    ],
)
def test_looks_and_permitted_wording(text: str) -> None:
    """Looks, and wording that the guideline permits."""
    assert label_of(text) == "appearance"


@pytest.mark.parametrize(
    "text",
    [
        "여드름을 치료하는 제품이 아닙니다.",
        "습진을 개선할 수 없습니다.",
        "습진이 있는 부위에는 사용을 삼가십시오.",
        "질병의 치료나 예방을 목적으로 하지 않습니다.",
        "효과를 보증하지 않습니다.",
        "습진을 치료하나요?",
        "습진을 치료한다는 표현은 쓸 수 없습니다.",
        "나이가 들면 세포의 재생 능력이 저하됩니다.",
        "무릎 관절염 환자를 대상으로 임상시험 참여자를 모집합니다.",
        "치료실은 2층입니다.",
    ],
)
def test_nothing_is_promised(text: str) -> None:
    """Denials, warnings, questions, law, trials, background."""
    assert label_of(text) == "none"


def test_a_denial_of_status_leaves_the_promise() -> None:
    """No medicine, and yet it heals."""
    assert label_of("의약품은 아니지만 습진을 개선합니다.") == "disease"


@pytest.mark.parametrize(
    "text",
    ["주름을 지운다", "주름을 지웁니다", "주름을 지울 앰플", "주름을 지우는 앰플", "주름을  지 우는 앰플"],
)
def test_endings_and_spaces_change_nothing(text: str) -> None:
    """The same verb in its forms."""
    (claim,) = scan(text).claims
    assert (claim.label, claim.modality) == ("skin-function", "asserted")


def test_a_hedge_counts_and_is_named() -> None:
    """A weakened promise is one."""
    (claim,) = scan("습진 개선을 기대할 수 있습니다.").claims
    assert (claim.modality, claim.counts) == ("hedged", True)


def test_facts_are_stated_and_denied() -> None:
    """What is said to be so, and what is said not to be."""
    assert facts("사람 제대유래 줄기세포 배양액을 정맥주사합니다.", "source") >= {"umbilical"}
    assert facts("사람 제대유래 줄기세포 배양액을 정맥주사합니다.", "form") == {"conditioned-medium"}
    assert "infusion" in facts("수액에 섞어 정맥주사합니다.", "use")
    assert facts("본 제품은 주사용이 아닙니다.", "use") == set()
    assert facts("MTS 0.5mm 시술 후 바릅니다.", "use") == {"microneedled", "topical"}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("예민해진 피부를 편안하게 진정시켜 줍니다.", "appearance"),
        ("아토피 등의 문제성 피부에도 좋은 영향", "disease"),
        ("습진을 치료하지 않습니다.", "none"),
    ],
)
def test_no_word_is_made_of_the_end_of_one_and_the_beginning_of_the_next(text: str, label: str) -> None:
    """Spaces are ignored, yet they part words."""
    assert label_of(text) == label


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("산모의 태반에서 얻은 줄기세포", "source", "placenta"),
        ("자가 골수를 채취해 농축합니다.", "source", "bone-marrow"),
        ("두피에 2cm 간격으로 0.2cc씩 주사", "use", "injection"),
        ("정맥으로 투여합니다.", "use", "infusion"),
        ("두피에 골고루 뿌린 뒤 두드립니다.", "use", "topical"),
        ("연구용 시약으로 인체 사용 불가", "setting", "research-use-only"),
        ("당일 채취한 지방으로 만듭니다.", "setting", "in-clinic-preparation"),
        ("타인의 제대혈에서 얻었습니다.", "donor", "allogeneic"),
        ("줄기세포 배양 상등액", "form", "conditioned-medium"),
    ],
)
def test_facts_in_other_words(text: str, fact: str, value: str) -> None:
    """Source, route, setting, donor and form, as sellers word them."""
    assert value in facts(text, fact)


def test_a_recruitment_page_promises_nothing() -> None:
    """Purpose, conditions and measures of a trial are no promise."""
    text = (
        "무릎 관절염 임상시험 참여자 모집\n\n"
        "본 시험은 관절강 내에 투여한 세포의 안전성과 유효성을 알아보기 위한 것입니다.\n"
        "선정기준: 무릎 통증이 3개월 이상 이어진 만 40세 이상 성인\n"
        "제외기준: 최근 6개월 안에 관절염으로 주사 치료를 받은 분, 류마티스 관절염이 있는 분\n"
        "참여자는 24주 동안 네 번 병원을 찾아 통증 정도와 기능을 평가받습니다."
    )
    assert scan(text).label == "none"


@pytest.mark.parametrize(
    "text",
    [
        "화장품법상 의약품은 아니지만 관절염이 낫습니다.",
        "규제 때문에 화장품으로 판매하지만 습진을 치료합니다.",
        "논란이 있지만 저희는 줄기세포로 치매를 치료합니다.",
        "임상시험을 거친 엑소좀이 여드름 흉터를 없애 줍니다.",
        "협약을 체결한 병원에서 엑소좀으로 당뇨를 치료합니다.",
    ],
)
def test_talk_of_law_and_trials_hides_no_promise(text: str) -> None:
    """A promise behind a concession, or beside a finished trial, stands."""
    assert label_of(text) == "disease"


@pytest.mark.parametrize(
    "text",
    [
        "장을 튼튼하게",
        "기억력, 지구력",
        "땀이 나지 않게",
        "두 달에 6kg 감량",
        "복부 지방을 녹여 드립니다",
        "집중력 UP",
        "세포 하나하나에 에너지를",
        "눈꺼풀이 올라갑니다",
        "연골 지킴이",
        "운동 뒤의 회복을 앞당깁니다",
        "폐활량이 약하신 분들",
        "빠르게 진피까지",
        "재생력 UP",
        "가는 모발을 굵게",
    ],
)
def test_powers_of_the_body(text: str) -> None:
    """Organs, powers, weight and depth, as verbs, fragments and slogans."""
    assert label_of(text) == "structure-function"


@pytest.mark.parametrize(
    "text",
    ["수술 없이 무릎이 펴집니다", "붓기를 빼 줍니다", "충치균을 죽입니다", "계단도 거뜬하게 오릅니다"],
)
def test_abilities_regained(text: str) -> None:
    """Illness gone without operation, swelling down, germs dead."""
    assert label_of(text) == "disease"


@pytest.mark.parametrize(
    "text",
    ["플럼핑 립", "라벤더 향을 담은 로션", "지친 피부에 활기를", "끈적임이 없는 젤", "정전기 없는 머릿결을"],
)
def test_looks_of_every_kind(text: str) -> None:
    """Lips, scent, finish and hair are looks."""
    assert label_of(text) == "appearance"


@pytest.mark.parametrize(
    "text",
    [
        "근육에 힘을 빼고 누우십시오",
        "에너지 소비 효율 1등급",
        "무릎 보호대 사이즈 안내",
        "주름진 옷은 다림질하세요",
        "신경 쓸 것",
        "여드름 연고를 바르고 있다면 알려 주세요",
        "감염을 예방하기 위해 손을 씻으십시오",
    ],
)
def test_look_alikes_promise_nothing(text: str) -> None:
    """Words of the body in plain instructions and facts are no promise."""
    assert label_of(text) == "none"


@pytest.mark.parametrize(
    ("text", "fact", "values"),
    [
        ("태반은 여러 물질을 배설하는 장기입니다.", "use", set()),
        ("평소 수분섭취를 늘리십시오.", "use", set()),
        ("태반주사를 놓습니다.", "source", {"placenta"}),
        ("돼지 태반 추출물", "source", {"porcine"}),
        ("혈액을 240cc 채취해 세포를 농축합니다.", "setting", {"in-clinic-preparation"}),
        ("기증자의 골수를 채취해 세포를 농축합니다.", "setting", set()),
        ("정맥으로 주입합니다.", "use", {"infusion"}),
        ("두피에 주입합니다.", "use", {"injection"}),
    ],
)
def test_facts_go_no_further_than_the_words(text: str, fact: str, values: set[str]) -> None:
    """A syllable inside another word, water drunk and a drip state nothing else."""
    assert facts(text, fact) == values


@pytest.mark.parametrize(
    "text",
    [
        "활막증을 완화합니다",
        "절던 강아지가 뛰어다녀요",
        "항암 부작용을 덜어 줍니다",
        "혈당 걱정 끝",
        "찢어진 힘줄을 이어 줍니다",
    ],
)
def test_illness_unnamed_or_overcome(text: str) -> None:
    """An illness known by its ending, and a patient who can do things again."""
    assert label_of(text) == "disease"


@pytest.mark.parametrize(
    "text",
    [
        "반년 사이에 5cm가 자랐습니다",
        "석 달에 9kg이 빠졌습니다",
        "휜 다리를 곧게",
        "근막층까지 닿는 초음파",
        "보톡스 없이 미간을",
        "정수리 숱이 늘었다",
        "주름 펴는 테이프",
    ],
)
def test_figures_posture_depth(text: str) -> None:
    """Weight and length as figures, posture, depth, and verbs in all their endings."""
    assert label_of(text) == "structure-function"


@pytest.mark.parametrize(
    "text",
    ["눈동자가 커 보이는 렌즈", "갓 마른 이불의 향", "물을 머금은 듯한 볼", "양치 뒤 개운함이 오래가요"],
)
def test_looking_and_seeming(text: str) -> None:
    """Looking larger, and being like something, are looks."""
    assert label_of(text) == "appearance"


@pytest.mark.parametrize(
    "text",
    [
        "품질 인증을 지원합니다",
        "신경전달물질의 불균형과 관련이 깊다",
        "체중이 4kg 이상 빠졌다면 검사를 받으세요",
        "턱을 당기고 정면을 보세요",
        "아토피는 왜 밤에 심해질까",
        "흉터는 시간이 지나면서 옅어진다",
        "경쟁사는 주름이 사라진다고 주장한다",
    ],
)
def test_endings_and_letters_of_promises_that_promise_nothing(text: str) -> None:
    """Words with the letters of an illness, advice, questions, nature and others' words."""
    assert label_of(text) == "none"
