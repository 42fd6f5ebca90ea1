"""Sentences for the guess of kinds that its word lists were never changed for. Keep it so."""

# Written last, when the word lists were closed, in words as different as came to mind. Never tuned on: whoever
# changes the lists because of one of these has to move it up and to write another.
UNSEEN_TABLE = {
    "trom_cap": """
        mới đi đổ xăng về thì phát hiện cái ví trong cốp không còn | thang nao cat khoa cong lay may bom nha em roi
        camera quay được cảnh nó dắt con SH ra khỏi sân lúc 3h | bi moc mat dien thoai tren xe buyt
    """,
    "cuop_giat": """
        nó rút dao bắt em đưa hết tiền rồi phóng xe đi | dang nghe dt thi bi thang di ex giat bay
    """,
    "gay_thuong_tich": """
        con em bị bạn cùng lớp đánh sưng mặt | nhau xong choang nhau, mot dua be dau
    """,
    "gay_roi": """
        đám choai choai tối nào cũng tụm lại la ó trước cửa | nha doi dien mo nhac san dap thinh thich
    """,
    "ma_tuy": """
        dưới gầm cầu có tụi nghiện | phong ben canh co mui khet khet nghi choi do
    """,
    "co_bac": """
        trong hẻm có sòng tổ chức mỗi chiều | ban ca do world cup o quan nhau
    """,
    "tin_dung_den": """
        bên cho vay gọi hết danh bạ chửi bới bắt trả tiền | dan so dt cho vay khap tuong nha em
    """,
    "lua_dao_mang": """
        có cuộc gọi nói con em nằm viện cần tiền mổ gấp, em chuyển rồi mới biết bị gạt
        tu nhien tai khoan bay mat 12tr | họ rủ em góp vốn sàn chứng khoán rồi sập sàn
        thang nao lay hinh em lap nick gia muon tien
    """,
    "lua_dao_truc_tiep": """
        có người tới nhà nói là bên nước kiểm tra đồng hồ rồi đòi tiền | may ba ban cao bo thuoc noi cho nguoi gia
    """,
    "bao_luc_gia_dinh": """
        ba em cứ uống rượu vào là lôi mẹ ra đánh | chi dau bi chong nhot trong nha ca tuan
    """,
    "xam_hai_tre_em": """
        đứa nhỏ nhà đó ngày nào cũng bị quất roi bầm mình | co ong gia hay ru may be gai vao nha
    """,
    "chay_no": """
        bếp nhà dưới tầng 2 lửa lan ra rèm rồi | xe dien dang sac tu nhien no cai dung
    """,
    "cuu_nan": """
        công trình đổ xuống, công nhân còn ở dưới | chau toi tut xuong ho nuoc sau
    """,
    "tai_nan_gt": """
        có xe khách lao xuống ruộng | nguoi di bo bi xe may quet nga
    """,
    "giao_thong": """
        xe tải dừng bốc hàng giữa hẻm cả buổi | may chiec oto cu de tren le duong
    """,
    "nguoi_kha_nghi": """
        có thanh niên cứ ngồi trên xe máy nhìn chằm chằm vào trường mẫu giáo | nua dem co ai soi den pin vao nha toi
    """,
    "hang_gia": """
        mua nước mắm về toàn hoá chất pha | con nit mua thuoc la dien tu truoc cong truong
    """,
    "vu_khi": """
        thằng đó bán dao găm súng bắn bi trên mạng | xuc dat len thay trai bom cu
    """,
    "mai_dam": """
        khách sạn đó có dịch vụ gái cho khách | chau em di lam xa bi ban vao dong
    """,
    "cu_tru": """
        nhà em mới cho thuê phòng thì báo ai | co may nguoi tay o tro ben canh khong biet co khai chua
    """,
    "moi_truong": """
        lò mổ thải nước ra kênh đen ngòm | ho dot day dong khoi doc bay vao nha
    """,
    "that_lac": """
        mẹ em bị lú đi đâu từ sáng tìm không ra | ai rot cai can cuoc ten Lan thi lien he em
    """,
    "thu_tuc": """
        em sinh con rồi làm giấy tờ cho bé ở đâu | can cuoc het han thi doi sao
    """,
    "su_co": """
        cả dãy phố mất sạch điện | duong vao xom nuoc toi banh xe | cây xanh nghiêng sắp ngã vào nhà
        day cap vien thong sa xuong duong
    """,
    "khac": """
        mai mấy giờ tập văn nghệ vậy mọi người | nha em co chau nho xin mn nhe tay | anh gui lai em file hom truoc
        trung thu nay to chuc o dau
    """,
}

# Messages at length, as residents write them to the bot. Never tuned on, but fourteen had been seen to read right
# before they came in; of the other thirty-two 26 do.
NATURAL_TABLE = {
    "cuop_giat": """
        tối qua tầm 11h đêm có 2 thanh niên chạy Wave giật túi của bà cụ trước cổng chợ Tân Định
    """,
    "thu_tuc": """
        cho toi hoi lam can cuoc cho con 14 tuoi can mang theo gi a
        phường mình sáng thứ 7 có làm việc không, em muốn nộp hồ sơ | toi muon sao y giay khai sinh thi den dau
    """,
    "lua_dao_mang": """
        bac ba nha so 12/5 hem 45 bi nguoi ta goi dien lua mat 50tr hom thu 6 tuan truoc
        vừa có người tự xưng công an gọi bảo vào link cập nhật vneid | em chuyển nhầm 3tr2 vào stk lạ giờ làm sao
        chi toi mua dien thoai tren face chuyen khoan roi ma khong thay giao hang
    """,
    "su_co": """
        nước ngập đường Nguyễn Hữu Cảnh từ chiều nay, xe chết máy hết | cây đổ ở đầu ngõ 68 chắn hết lối đi
        sáng mai mất điện từ 8h đến 11h phải không ạ | den duong hem 12 hong ca tuan nay toi om
    """,
    "gay_roi": """
        3 hôm nay nhà hàng xóm nhậu tới 2h sáng mở loa kẹo kéo
        may dua thanh nien tu tap dau hem la loi om som khong cho ai ngu
    """,
    "nguoi_kha_nghi": """
        co 1 ong la mat dung truoc cong truong mam non ca tieng dong ho roi
        có hai người lạ đi xe máy chụp hình từng nhà trong xóm
    """,
    "trom_cap": """
        mat xe airblade luc 3h sang o khu tro xom 4 ai thay goi
        sáng ngủ dậy thấy nhà bị cạy cửa, mất cái laptop với ít tiền | o chung cu em bi mat giay de ngoai cua hoai
    """,
    "that_lac": """
        anh ơi cháu em đi học từ sáng tới giờ chưa về | nhặt được ví ở trước Circle K ngã ba Nguyễn Văn Linh
    """,
    "co_bac": """
        hẻm 47 có tụ tập đá gà chiều nào cũng có | quan nuoc ba tu cho danh bai an tien toi khuya
    """,
    "bao_luc_gia_dinh": """
        chồng em đánh em lúc nãy, em sợ lắm | nha ben ong chong danh vo khoc la qua troi
    """,
    "giao_thong": """
        xe tải cứ đậu ngay đầu hẻm che hết tầm nhìn nguy hiểm lắm
        oto do chan cong nha em tu toi qua khong lien lac duoc chu xe
    """,
    "moi_truong": """
        nhà đối diện nuôi gà hôi quá chịu không nổi | ai do do ca xe rac xay dung ra bai dat trong
    """,
    "ma_tuy": """
        phòng trọ kế bên hay có thanh niên tụ tập, thấy có kim tiêm ngoài hành lang
        em nghi no ban ma tuy vi co nguoi ra vao suot dem
    """,
    "chay_no": """
        anh ơi nhà số 5 bốc khói nhiều lắm | mui gas nong qua o tang 3 chung cu
    """,
    "tai_nan_gt": """
        có vụ tông xe ở ngã tư, một người nằm bất động | xe may dung xe dap truoc truong hoc chay mau
    """,
    "gay_thuong_tich": """
        có đánh nhau trước quán bida, một đứa chảy máu đầu | may nguoi cam gay ruot danh nhau tren duong
    """,
    "cu_tru": """
        chủ trọ không chịu đăng ký tạm trú cho tụi em | nha 45 cho nguoi nuoc ngoai thue ma khong khai bao
    """,
    "hang_gia": """
        tiệm tạp hoá bán thuốc lá điện tử cho học sinh | nha ke ben ban phao lau dip tet
    """,
    "tin_dung_den": """
        bạn em vay app giờ tụi nó gọi điện khủng bố cả nhà | sang nay co 4 thang xam tro toi nha doi no
    """,
    "khac": """
        em cảm ơn anh công an khu vực nhiều ạ | bac oi to minh may gio hop | chúc cả nhà cuối tuần vui vẻ
    """,
}
