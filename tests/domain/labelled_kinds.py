"""Sentences with the kind a ward officer would file them under; every second pair is held back from tuning."""

from tests.domain.labelled_unseen import NATURAL_TABLE, UNSEEN_TABLE

TABLE = {
    "trom_cap": """
        nhà em bị mất trộm xe máy tối qua | toi qua nha toi bi trom vao | mất xe SH ở hầm chung cư
        co ai thay cai xe dap cua chau ko, bi lay mat roi | kẻ gian bẻ khoá vào nhà lấy laptop
        bon cau cho lai vao xom minh | ăn cắp gương ô tô | vua mat dien thoai o cho | trộm dây điện ngoài công trường
        hom qua nha ba bay bi cay cua lay het vang
    """,
    "cuop_giat": """
        em vừa bị giật túi xách ở cầu | co cuop o tiem vang | hai thanh niên đi xe máy giật dây chuyền bà cụ
        bi giat dien thoai ngay nga tu | nó chặn đường lấy tiền học sinh | may dua tran lot tien hoc sinh cap 2
    """,
    "gay_thuong_tich": """
        đánh nhau to ở quán nhậu | co may thanh nien cam dao danh nhau | nó đâm người ta rồi chạy
        chem nhau o dau hem | bị đánh gãy tay | uynh lon truoc quan net | hai nhóm cầm hung khí
        ng ta oanh nhau gan cho
    """,
    "gay_roi": """
        hàng xóm hát karaoke tới 12h đêm | loa keo keo am i ca ngay | thanh niên nẹt pô đua xe
        tu tap la het giua khuya | say rượu chửi bới om sòm | quan bia mo nhac to qua
        đám thanh niên tụ tập ồn ào ở công viên | net po 2h sang ai ngu duoc
    """,
    "ma_tuy": """
        có mấy đứa chơi ma tuý ở nhà hoang | thay kim tiem vut day bo kenh | nó bán hàng trắng ở đầu ngõ
        bon xi ke tu tap duoi chan cau | phòng trọ bên cạnh bay lắc suốt | hinh nhu tui no choi da
        bọn nó hút cần sa trên sân thượng | ban ma tuy o quan net | nó chơi ke trong quán karaoke
    """,
    "co_bac": """
        tụ tập đánh bạc ở nhà ông Ba | co nguoi ghi lo de dau hem | đá gà ăn tiền sau vườn | xoc dia o nha van hoa cu
        cá độ bóng đá ở quán cà phê | danh bai an tien moi chieu | sòng bạc trong nhà trọ | ban so de truoc cho
    """,
    "tin_dung_den": """
        bị khủng bố nợ qua điện thoại | cho vay nang lai dan to roi day cot dien | nó tạt sơn vào cửa nhà em đòi tiền
        boc ho bi doi no | vay app bị ghép ảnh | may thang toi siet no nha hang xom | tín dụng đen hoành hành
        bon doi no nem mam tom vao nha
    """,
    "lua_dao_mang": """
        em bị lừa chuyển khoản 5 triệu | co nguoi xung cong an goi dien doa | bấm link lạ mất tiền trong tài khoản
        bi hack facebook muon tien ban be | nó kêu đọc mã OTP | lam nhiem vu online mat 20tr
        có người gọi giả danh công an bắt cài app | shipper goi bao chuyen khoan roi chan
        vừa chuyển khoản nhầm cho người lạ | tin nhan trung thuong iphone
    """,
    "lua_dao_truc_tiep": """
        có người vào xóm bán thuốc dạo lừa các cụ | gia danh nhan vien dien luc thu tien
        bốc thăm trúng thưởng bán nồi giá cao | nha su gia di xin tien | tráo tiền ở tiệm tạp hoá
        co nguoi dung tien gia mua hang
    """,
    "bao_luc_gia_dinh": """
        chồng em say rượu đánh em | no danh vo suot dem | nhà bên vợ chồng đánh nhau | con trai danh me gia
        bạo lực gia đình ở phòng trọ số 3 | ck nhau say ve danh vk
    """,
    "xam_hai_tre_em": """
        nghi có người xâm hại cháu bé | thay hang xom danh dap dua be | ông ta dâm ô trẻ em
        bao hanh tre em o nha tre | cô giáo đánh bé tím chân | me ke bo doi be gai
    """,
    "chay_no": """
        cháy nhà ở ngõ 5 | chay nha ba con oi | chập điện cột điện đầu ngõ | mui gas nong nac o chung cu
        nổ bình gas quán phở | khoi den boc len o kho xuong | có cháy lớn ở chợ
        xe dang chay ngoai duong, boc chay roi
    """,
    "cuu_nan": """
        có người đuối nước ở hồ | chau be bi ket trong thang may | sập tường đè người | co nguoi nhay cau
        nước lũ cuốn trôi người | nha sap co nguoi mac ket
    """,
    "tai_nan_gt": """
        tai nạn giao thông ở ngã tư | xe tai tong xe may | hai xe máy đâm nhau | co nguoi te xe nam ngoai duong
        ô tô đụng người rồi bỏ chạy | tai nan o cau vuot
    """,
    "giao_thong": """
        xe ô tô đỗ chắn cửa nhà em | do xe lan chiem via he | chạy ngược chiều suốt ngày | xe tai cho qua tai
        bán hàng rong lấn chiếm lòng đường | xe dau chan loi di | thanh niên chở ba không mũ bảo hiểm
        hop cho long duong tac duong
    """,
    "nguoi_kha_nghi": """
        có người lạ lảng vảng trước nhà | may thanh nien la mat nhom ngo | xe lạ đỗ theo dõi nhà em
        co nguoi di tung nha do hoi | ai đó đánh dấu trước cửa nhà | nguoi la rinh mo ban dem
    """,
    "hang_gia": """
        tiệm bán thuốc lá lậu | dot phao dem qua | bán mỹ phẩm giả trên mạng | ban phao no cho hoc sinh
        quán bán thịt thối | cua hang ban hang gia
    """,
    "vu_khi": """
        đào móng thấy quả bom | nó có súng trong nhà | co nguoi ban ma tau tren mang | phát hiện lựu đạn ngoài ruộng
        thay qua dan phao cu | nhặt được quả mìn
    """,
    "mai_dam": """
        massage trá hình có mại dâm | gai dung duong truoc khach san | bị lừa bán sang Campuchia
        quan karaoke om co tay vin | nghi chứa mại dâm ở nhà nghỉ | moi gioi mai dam qua mang
    """,
    "cu_tru": """
        nhà trọ không khai báo tạm trú | phong tro la co nguoi nuoc ngoai | chủ trọ cho ở chui không đăng ký tạm trú
        nha nghi khong khai bao luu tru
    """,
    "moi_truong": """
        đổ rác bừa bãi đầu ngõ | dot rac khoi mu mit | xưởng xả nước thải hôi thối | mui hoi tu trai heo
        chó thả rông phóng uế | bai rac 3 ngay chua don
    """,
    "that_lac": """
        cháu bé 5 tuổi đi lạc ở chợ | nhat duoc vi tien co giay to | bà cụ lẫn chưa về nhà từ sáng
        ai danh roi chum chia khoa | con em mất tích hai ngày nay | tim tre lac mac ao do
    """,
    "thu_tuc": """
        làm căn cước cần giấy tờ gì | dang ky tam tru o dau | vneid mức 2 bị lỗi | lam ho chieu mat bao lau
        mấy giờ làm việc ạ | thu tuc nhap ho khau | đổi bằng lái ở đâu
    """,
    "su_co": """
        mất điện cả xóm | cay do chan ngang duong | ngập nặng ở ngõ 12 | mat nuoc tu sang toi gio
        cột điện nghiêng sắp đổ | nap cong bi mat nguy hiem | dây điện đứt rơi xuống đường | den duong khong sang
        hố ga mất nắp
    """,
    "khac": """
        cảm ơn các anh | chuc mung nam moi | đám cưới nhà chị Hoa | lac rang ngon qua | mình đang chạy bộ
        ke ban ghe ra san | sắp tới có họp không | tim kiem quan an ngon | gia dinh doan ket | đang chạy xe về nhà
        thang ba di hoc | kết quả học tập tốt | com chay ngon | bao gio hop to dan pho | bổ sung danh sách
        anh oi cho em hoi chut
    """,
}
# Written after the first word lists; the lists were then widened with all of these in mind.
FRESH_TABLE = {
    "trom_cap": """
        sáng dậy thấy cửa mở toang, con Wave biến mất | de xe truoc tiem co 5p quay ra la mat luon
        đêm qua ai vào bê mất mấy chậu lan nhà em | thang nao thao mat 2 cai guong oto cua toi
    """,
    "cuop_giat": """
        bà em đang đi chợ thì bị hai thằng chạy xe giật mất sợi dây chuyền | no ap sat giat cai tui roi vot mat
    """,
    "gay_thuong_tich": """
        hai ông hàng xóm cãi nhau rồi vác dao đuổi nhau | tui no dap nhau tum lum truoc cong truong
    """,
    "gay_roi": """
        quán nhậu mở loa thùng đến 1h sáng không ai ngủ nổi | dem nao cung ru ga am am doc bo ke
    """,
    "ma_tuy": """
        mấy thanh niên hay ra bãi đất trống chích, vứt ống tiêm lung tung | nghi phong 203 phe thuoc, mui la lam
    """,
    "co_bac": """
        chiều nào quán nước cũng tụ năm tụ bảy sát phạt nhau | ba ban ve so kiem luon ghi de
    """,
    "tin_dung_den": """
        vay có 10 triệu mà giờ nó đòi 80 triệu, đòi nợ ngày đêm | tui cho vay toi nha chui roi do son do
    """,
    "lua_dao_mang": """
        mẹ em vừa chuyển 30 triệu cho người tự xưng công an | mua hang tren mang coc roi no chan luon
        có người nhắn bảo làm cộng tác viên like video nhận tiền rồi mất hết
        tai khoan bi tru tien sau khi an vao link
    """,
    "lua_dao_truc_tiep": """
        có nhóm tổ chức hội thảo tặng quà rồi bán máy cho người già giá trên trời
        co ba la bao cung giai han lay 5 trieu
    """,
    "bao_luc_gia_dinh": """
        chị hàng xóm tối nào cũng bị ông chồng lôi ra đánh | ong bo nhau say danh vo con, nghe khoc suot
    """,
    "xam_hai_tre_em": """
        cháu bé lớp 1 bị bảo mẫu nhốt trong nhà vệ sinh | thay ong hang xom so mo chau be
    """,
    "chay_no": """
        lửa bốc lên ngùn ngụt ở tầng 3 chung cư | cot dien no lop bop toe lua
    """,
    "cuu_nan": """
        có em bé rơi xuống mương không thấy nổi lên | thang may ket co nguoi ben trong
    """,
    "tai_nan_gt": """
        xe ben cuốn chị đi xe đạp vào gầm | vua co vu tong nhau o doc cau
    """,
    "giao_thong": """
        ô tô đậu kín hẻm xe cứu thương không vô được | hang quan bay het ra via he
    """,
    "nguoi_kha_nghi": """
        có ông đeo khẩu trang đứng nhìn vào nhà em cả tiếng | may bua nay co chiec xe la cu chay long vong trong xom
    """,
    "hang_gia": """
        tiệm đầu đường bán rượu không nhãn mác uống vô đau đầu | may dua nho dot phao am am
    """,
    "vu_khi": """
        đào ao trúng một quả đạn to chưa nổ | thay no khoe khau sung tren face
    """,
    "mai_dam": """
        tiệm gội đầu đóng cửa kín mít toàn khách nam ra vào nghi kích dục
        chau toi bi du qua campuchia lam roi bi nhot
    """,
    "cu_tru": """
        dãy trọ nhà bà Năm cho nhiều người lạ ở mà không đăng ký | nha ke ben cho thue khong bao tam tru
    """,
    "moi_truong": """
        nhà bên nuôi heo thối không chịu nổi | ai do xa ban ra cong sau cho
    """,
    "that_lac": """
        ông nội em 80 tuổi ra khỏi nhà từ trưa giờ chưa thấy về | em luom duoc cai bop o san truong
    """,
    "thu_tuc": """
        em muốn xin giấy xác nhận số định danh cho con | doi dia chi tren can cuoc can gi a
    """,
    "su_co": """
        cả khu tối thui từ 7h tới giờ chưa có điện lại | nuoc len toi dau goi roi ngap het nha
        gió mạnh quá cây phượng trước cổng trường bật gốc | ong nuoc be phun len nhu voi rong
    """,
    "khac": """
        tối nay tổ mình liên hoan nhớ đi đông đủ nha | con sap thi roi chuc con thi tot
        anh trưởng khu phố cho em xin số với | hom nay troi dep di choi khong
    """,
}


def sentences(table):
    """Kind and sentence of every cell."""
    lines = [(kind, line) for kind, lines in table.items() for line in lines.strip().splitlines()]
    cells = [(kind, " ".join(cell.split())) for kind, line in lines for cell in line.split("|")]
    return [(kind, text) for kind, text in cells if text]


LABELLED, UNSEEN, NATURAL = sentences(TABLE), sentences(UNSEEN_TABLE), sentences(NATURAL_TABLE)
# Two by two: sentences with and without diacritics take turns above.
TUNING = [one for at, one in enumerate(LABELLED) if at // 2 % 2 == 0] + sentences(FRESH_TABLE)
HELD_BACK = [one for at, one in enumerate(LABELLED) if at // 2 % 2] + NATURAL
