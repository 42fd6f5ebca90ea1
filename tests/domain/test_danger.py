"""Danger is heard with diacritics and without, and everyday talk raises no alarm."""

from pathlib import Path

import pytest

from bot.domain.danger import Danger
from data.content import Content

CONTENT = Path(__file__).parents[2] / "data" / "content"
LEXICON = Content.load().lexicon

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
# Written after the lexicon, as trials of what it misses; then it learned them.
TRIED = """
    cuu hoa toi mau nha ba Sau o ngo 12 | ba hang xom uong thuoc ray roi | may dua dang om nhau danh giua duong
    co tieng la het o phong tro 203 | ong noi toi tho khong ra hoi | thang say cam chai vo dam nguoi ta
    xe tai lat de len xe may | con toi chua ve tu trua den gio | co dam thanh nien mang ma tau chay ngoai duong
    em bị bạn trai đánh chảy máu mũi | binh ga bi xi mui nong nac | co mot dua nho bi roi xuong muong
    cột điện đổ vào nhà | khóa cửa ngoài có người trong nhà kêu | con gái bị người ta sờ mó ở công viên
    bị điện giật ngất rồi | thang A doa dot nha em | co nguoi dinh nhay tu tang 5
    ông già ngã nằm bất tỉnh ở vỉa hè | mùi gas nồng nặc ở hành lang | toi bi chem vao tay
    nó đang đập phá quán nhà em | trom vo nha lay xe dang chay ra cong | lửa cháy lan sang nhà bên rồi
    xin giup do me em kho tho | be nha em bi co giat | nha sap tuong co nguoi ket ben trong
    toi muon ket thuc tat ca | chau be bi ong hang xom so nguc | anh rể đánh chị em bầm mặt
    nha ong Ba phia sau dang boc lua | khoi boc nghi ngut o tang 3 | chau nha toi bi roi xuong ao
    co thang cam ma tau doa ca xom | hang xom dang danh vo chay mau | ong cu bi nga cau thang nam im
    vo toi sap de | no bop co toi | con be bi chu ruot so mo | co tieng no lon o xuong | tu dien dau hem xet lua
    co nguoi nam ngoai duong khong biet song chet | thang con toi doi tu sat
    nuoc len nhanh qua ca nha mac ket tren mai | bi giat day chuyen | trom dang o trong nha
    chau be bi bo doi nhot trong nha | bố em bị tai biến | có đánh nhau bằng dao ở quán nhậu
    xin cứu con em với | co dam danh nhau dong lam | xe hơi đâm vào cột điện có người kẹt | bị rắn độc cắn
    nó đuổi theo em cầm dao | con gai toi mat tich tu hom qua | be 3 tuoi di lac | thang nghien dap cua nha em
    bếp ga nhà bên xì mạnh | co nguoi danh ba gia ban ve so | ong bao ve bi may thang dap
    nhà kho sau lưng chợ cháy lớn lắm rồi | co mui khoi ma khong biet o dau | nguoi ta keu cuu ngoai song
    em gái tôi vừa uống cả vỉ thuốc ngủ | xe may dung o to, nguoi nam bat dong | co thang cam kim tiem doa dam
    chau be 5 tuoi lac o cong vien | nhà bên cạnh có tiếng trẻ khóc và tiếng đánh đập | ba toi dau nguc du doi
    tang 8 chung cu boc khoi | thang nhap xe giat tui cua toi | bị mấy người lạ chặn đường đòi tiền
    nuoc cuon mat mot nguoi o cong | chong toi doa giet ca nha | co nguoi treo len cot dien doi nhay
    no dang cay cua nha ben | me toi bi te khong dung day duoc | tôi bị ép lên xe | khói bốc ra từ nhà xe
    be bi hoc hat | em bi bo ban trai cuong hiep | thang do rut dao ra | điện chập nổ lụp bụp"""
TRIED_CALM = """
    cho hỏi làm căn cước ở đâu | xe rac khong den | loa karaoke on ao | mat bang lai xe
    co nguoi la vao xom ban thuoc | cho hoi dang ky tam tru | nha ben do rac ra duong | den duong bi hu
    toi bi lua 5 trieu qua mang | co so 0912345678 goi bao la cong an | quan ban chay nhat pho
    hom nay chay viec nhieu | thang ba con di hoc | cho nha hang xom sua ca dem | day dien thap qua
    vong xuyen ket xe | muon xin giay xac nhan | lich truc cua cskv | hop to dan pho may gio
    cay xanh che bien bao | em muốn hỏi thủ tục nhập hộ khẩu | cho em xin so cong an phuong
    toi qua mat cai dien thoai o quan nuoc | nuoc may bi cup ca ngay | duong ngap sau mua
    con em hoc lop may thi lam duoc can cuoc | co nguoi rao ban dat nen
    nhờ anh đến kiểm tra giúp quán nhậu ồn ào | toi muon dang ky tam vang | nha ben nuoi ga gay on
    den giao thong bi hong | xe đậu chắn lối đi | bà con cho hỏi mấy giờ họp | em can doi dia chi can cuoc
    co link nay la that hay gia vay | cong an goi dien keu cai app vneid | shipper keu chuyen tien
    chieu nay co cup dien khong | toi di cho mua rau | ban do o chung cu bi mat cap buu pham
    xe can dang kiem o dau | hom nay troi mua to qua | cho toi gap can bo | bác Tư bán phở ngon
    di an dam gio nha bac Hai | ai nhat duoc vi tien khong | em bi hack facebook
    vé số trúng thưởng có thật không | cảm ơn anh | chuc mung nam moi | con em khai sinh o dau
    xin hỏi phí làm hộ chiếu | to minh co camera chua | bao gio phat can cuoc
    hàng xóm hay đậu xe trước cửa nhà em | em muon gap anh canh sat khu vuc | ban co the cho biet gio lam viec
    quan ca phe mo nhac to | nha toi bi mat nuoc | co nguoi gui link la | cho em hoi luat cu tru moi
    dang ky xe may dien | trung tam y te phuong o dau | chó thả rông không rọ mõm | nguoi la phat to roi
    lô đề ở đầu hẻm | xóm em có đánh bạc | nho anh xac minh so tai khoan nay | hom nay le phat qua cho tre
    mat the ngan hang | bán dưa hấu dưới lòng đường | nha tro khong khai bao | thay may bay khong nguoi lai
    sửa đường gây bụi | toi da chuyen tien nham"""


def _sentences(table):
    return [" ".join(cell.split()) for line in table.strip().splitlines() for cell in line.split("|") if cell.strip()]


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, table in ALARMS.items() for text in _sentences(table)]
)
def test_danger_is_heard(kind, text):
    assert kind in LEXICON.dangers(text)


@pytest.mark.parametrize("text", _sentences(TRIED))
def test_danger_of_some_kind_is_heard(text):
    assert LEXICON.danger(text)


@pytest.mark.parametrize("text", _sentences(CALM) + _sentences(TRIED_CALM))
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
