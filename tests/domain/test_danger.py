"""Danger is heard with diacritics and without, and everyday talk raises no alarm."""

from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.codes import load_words
from bot.domain.danger import Danger, Lexicon

CONTENT = Path(__file__).parents[2] / "data" / "content"
LEXICON = Lexicon.load(CONTENT / "danger.toml")

ALARMS = {
    Danger.FIRE: """
        Cháy nhà bà Tư rồi | chay nha ba tu roi | chay nha | chay roi ca nha oi | co chay o hem 35
        dang chay lon lam | CHÁY!!! | cháyyyy cứu vs | đg cháy | dg chay o cho | nhà em cháy
        nha ba Tu hang xom chay | nha chays roif | chay hang xom | no binh gas o quan pho | nổ bình ga
        có mùi khét với khói đen | khoi den boc len | mui gas nong nac | xì ga | chập điện ở cột điện đầu ngõ
        goi xe cuu hoa giup | quán chay cháy rồi | đang cháy quán cơm chay | chạy đi, cháy rồi""",
    Danger.RESCUE: """
        co nguoi duoi nuoc o ho | đuối nước | cháu ngã xuống sông | thang be te xuong ao | nha sap
        sập tường đè người | bị kẹt trong thang máy | mac ket trong nha | lũ cuốn trôi xe | đuối nc | sat lo roi""",
    Danger.SELF_HARM: """
        co nguoi doi tu tu | em không muốn sống nữa | nó đòi nhảy lầu | uong thuoc sau | con toi treo co
        mún chết""",
    Danger.CHILD: """
        có người bắt cóc trẻ em | bat coc em be | hàng xóm đánh đập con | be bi danh bam tim | xâm hại cháu bé
        thầy giáo dâm ô | bao hanh tre em | chau di lac""",
    Danger.HOME: """
        ck danh vk | chồng em đánh em | chong danh em chay mau | bạo lực gia đình | no danh vo no moi dem""",
    Danger.SEXUAL: "bi hiep dam | nó hiếp em | quay roi tinh duc | ham hiep",
    Danger.VIOLENCE: """
        cướp | cuop | vua bi cuop o cau | cuớp giật | cuops | danh nhau truoc quan | đánh nhau | uýnh lộn
        no cam dao | nó cầm con dao bếp | chem nhau | chém | có súng | nó bắn | doa giet | thanh niên ngáo đá
        giật túi xách | bat coc | đột nhập nhà | nem bom xang""",
    Danger.MEDICAL: """
        cấp cứu | cap cuu | bà em bất tỉnh | bat tinh | ông ngất rồi | dot quy | tai nạn xe máy | tai nan
        dien giat | khó thở quá | co giật | chay mau nhieu qua | uong nham thuoc""",
    Danger.HELP: """
        cuu voi | cứu tôi với | cuu em voi | ciu em vs | keu cuu | SOS | cuuuu voiii""",
}
CALM = """
    em chạy bộ mỗi sáng | toi dang chay bo ngoai cong vien | chay bo | xe chạy ngược chiều | con chạy ra chợ
    quán chay ngon | quan chay | an chay ngay ram | com chay o chua | nhà hàng chay | đám cưới con gái bác Ba
    dam cuoi | đậu hũ chiên | dau hu | cà phê chồn | ca phe chon | hoa đào nở sớm | hoa dao | đạo đức
    dao nay troi mua | đang chạy xe ngoài đường | hàng bán chạy lắm | vé cháy hàng rồi | chém gió thôi mà
    hiệp hội doanh nghiệp | nha co Dao o dau | qua danh cho be | danh sach cac be di hoc | di dam o nha ba Tu
    may bom nuoc hong | nghiên cứu | cựu chiến binh | phòng cháy chữa cháy là gì | tap huan phong chay chua chay
    mất xe máy hôm qua | lam can cuoc o dau | karaoke ồn quá | rác không ai đổ | con voi | bất động sản
    nuoc chay ri o voi | nhieu mau ao dep | cảm ơn cán bộ | alo | 123 | bạn học cũ | đám người tụ tập đông
    dam nguoi dung xem | quan ao bi ban | xin chào | lua dao qua mang | danh bac o hem | bảo hiểm tai nạn"""


def _sentences(table):
    return [" ".join(cell.split()) for line in table.strip().splitlines() for cell in line.split("|") if cell.strip()]


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, table in ALARMS.items() for text in _sentences(table)]
)
def test_danger_is_heard(kind, text):
    assert kind in LEXICON.dangers(text)


@pytest.mark.parametrize("text", _sentences(CALM))
def test_everyday_talk_is_calm(text):
    assert LEXICON.danger(text) is None


@pytest.mark.parametrize("word", ["chạy", "chày", "chay", "chảy", "đao", "dào", "hiệp", "đám", "ban", "chêm"])
def test_a_look_alike_alone_is_calm(word):
    assert LEXICON.danger(word) is None


def test_the_most_pressing_danger_comes_first():
    assert LEXICON.dangers("cháy nhà, có người bất tỉnh") == (Danger.FIRE, Danger.MEDICAL)
    assert LEXICON.danger("có người bất tỉnh, cháy nhà") is Danger.FIRE


def test_fire_at_a_vegetarian_restaurant_is_still_fire():
    assert LEXICON.danger("quán chay") is None
    assert LEXICON.danger("quan chay roi") is Danger.FIRE
    assert LEXICON.danger("quán chay rồi") is Danger.FIRE, "half the marks may be missing"


def test_a_long_message_is_read_in_milliseconds():
    text = "hôm qua em thấy người lạ cầm máy ảnh đứng trước nhà " * 80
    start = perf_counter()
    LEXICON.danger(text)
    assert perf_counter() - start < 0.25


def test_no_passphrase_word_alarms_alone():
    assert not [word for word in load_words(CONTENT / "words.txt") if LEXICON.danger(word)]


def test_content_that_names_an_unknown_danger_is_refused(tmp_path):
    (tmp_path / "danger.toml").write_text("harmless = []\n[danger.boredom]\nloose = ['chán']\n[short]\n", "utf-8")
    with pytest.raises(ValueError, match="boredom"):
        Lexicon.load(tmp_path / "danger.toml")


@given(st.text())
def test_no_text_raises(text):
    LEXICON.dangers(text)
