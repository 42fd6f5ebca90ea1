"""Group messages that accuse somebody and must go, and ordinary ones that must stay; every second pair is held back."""

ACCUSING = """
    thằng Tuấn nhà số 5 ăn trộm xe | thang tuan nha so 5 an trom xe
    biển 29A-123.45 là thằng bắt cóc, ai thấy chặn lại | bien 29A12345 la thang trom cho
    con Lan ngõ 3 bán ma tuý | con lan ngo 3 ban ma tuy
    cccd của nó 001099012345 | cmnd thang do 123456789
    ông Ba cuối hẻm ghi đề mấy năm nay | anh nam xe om lua tien ba con
    bà Nguyễn Thị Hoa lừa đảo mọi người tránh xa | nguyen van hung lua dao 50 trieu
    kẻ trộm chính là thằng Hùng con bà Tư | thu pham la thang nam xom tren
    số 0912345678 là bọn lừa đảo | sdt 0987654321 lua dao do ba con
    nhà số 12 ngõ 5 chứa bạc | nha so 7 hem 35 ban ma tuy
    thằng Minh nghiện hút chích ngoài bờ kênh | thang minh nghien ma tuy
    stk 19033456789012 techcombank lừa đảo nhé cả nhà | chi hang ban dam
    chú Tư bạo hành vợ con | ong sau danh vo suot ngay
    thầy Dũng dâm ô học sinh | thang phuc hiep dam
    xe 51G-678.90 gây tai nạn rồi bỏ chạy | xe 59X2 678.90 cuop giat
    cô Mai chủ trọ cho vay nặng lãi | thang long moc tui o cho
    chị Hạnh quỵt tiền hụi của cả xóm | ba hoa giat no
    anh Trần Văn Nam trưởng khu phố tham nhũng | thang dat trom cho nha toi
    nó tên Phạm Văn Đức, chuyên ăn cắp xe | con thuy lua ban dat
    mặt thằng Khoa đây, thằng này cướp điện thoại | tai xe xe 30E-1234 bien thai sam so khach
    con gái bà Lan làm gái ở Sài Gòn | chau ong bay nghien hut
"""
ORDINARY = """
    anh Tuấn ơi mai họp | anh tuan oi mai hop nhe
    số bác Hoa 0912345678 | so bac hoa 0912345678 can thi goi
    bán xe 29A-12345 | ban xe 29a12345 gia 20 trieu
    cảnh báo: có trộm ở ngõ 5 | ba con oi co trom o hem 35
    nhà bác Hoa bị mất trộm xe máy | nha chi lan bi trom vao toi qua
    em bị trộm xe biển 29A-123.45 ai thấy báo em | mat xe 59X2-678.90 o cho
    có trộm thì gọi anh Tuấn 0912345678 | gap lua dao goi ngay 0987654321
    anh Nam bắt được kẻ trộm chó | anh nam duoi theo thang cuop
    tối nay tổ họp về phòng chống ma tuý | hop to phong chong lua dao luc 19h
    cô Mai bị lừa đảo mất 5 triệu | co mai bi lua tien qua mang
    mọi người cẩn thận lừa đảo qua điện thoại | moi nguoi khoa cua can than trom cap
    chị Hạnh nhắc bà con cảnh giác trộm cắp | chi hanh bao co trom
    stk góp quỹ 19033456789012 vietcombank | nop quy vao tk 19033456789012 vcb
    xe 30E-1234 đỗ chắn cửa ai là chủ ra dời giúp | xe 51G67890 quen tat den
    chúc mừng bác Ba được khen thưởng | chuc mung chau lan do dai hoc
    nhặt được ví của anh Trần Văn Nam ở chợ | nhat duoc giay to ten nguyen van a
    anh Minh công an phường tuyên truyền về tín dụng đen | anh minh cong an dan neu thay trom thi bao
    phim hôm qua kể chuyện thằng cướp hay quá | coi phim cuop bien khong
    ai biết nhà số 5 ngõ 3 còn cho thuê không | nha so 12 can tim nguoi thue
    cụ Sáu đi lạc, ai thấy gọi 0912345678 | be An mat tich mac ao do goi 0912345678
    có người giả danh công an lừa đảo bà con chú ý | co doi tuong lua dao gia shipper
    bán gạo ngon giao tận nhà gọi Lan 0987654321 | chi Lan ban banh mi ngon lam
"""
MORE_ACCUSING = """
    bà Tám đầu ngõ cho vay nặng lãi, ai cũng biết | ba tam dau ngo cho vay nang lai
    thằng Bảo con ông Hải trộm gà | thang bao con ong hai trom ga
    ông Sáu say xỉn đánh vợ | ong tu danh vo hoai
    anh Phong lừa tiền cả xóm | anh phong lua tien ca xom
    số nhà 45 tổ 7 ghi đề | so nha 45 to 7 ghi de
    xe 29B1-234.56 móc túi ngoài chợ | xe 30E 12345 bat coc tre em ba con chan lai
    lừa đảo: 0912345678 | lua dao day: 0912345678
    Nguyễn Văn Tèo ăn cắp | cccd 001099012345
    Lê Thị Hường lừa đảo chiếm đoạt 200 triệu | le thi huong lua dao
    chú Năm sửa xe sờ mó bé gái | chu nam sua xe so mo be gai
    vợ thằng Tèo làm gái | con trai ba sau nghien ngap
"""
MORE_ORDINARY = """
    anh Bảo đang tìm kẻ trộm | anh bao dang tim ke trom
    nhà số 5 bị trộm đêm qua | nha so 5 bi trom dem qua
    nhà số 9 có trộm vào | nha so 9 co trom
    bác Hải trưởng khu phố dặn coi chừng trộm | bac hai dan coi chung trom
    chị Hương giáo viên dạy con phòng chống xâm hại | chi huong day con phong chong xam hai
    cháu An bị bạn đánh | em bi thang nao do giat dien thoai
    lừa đảo thì báo 113 | thay lua dao thi bao cong an phuong 0241234567
    chú Năm sửa xe ngon | chu nam sua xe dao nay o dau
    cảm ơn anh Phong đã giúp bắt trộm | cam on anh phong da bat trom
    mất xe Wave 29B1-234.56, nghi bị trộm | mat xe wave 29b123456 nghi bi trom
    con bà Sáu bị lừa bán sang Campuchia | con ba sau bi lua
    mã đơn 123456789 của chị Lan | ma don 123456789
"""
UNSEEN_ACCUSING = """
    mọi người ơi ông Lực chủ quán internet bán ma tuý cho học sinh | thang cuong nha doi dien cau trom cho
    biển số 30A-567.89 chuyên dàn cảnh móc túi khách | nick Tran Minh lua tien coc mua xe
    bà Loan bán cá quỵt tiền hụi bỏ trốn | thang thinh cuop giat ngoai cau moi ra tu
    thằng Vinh sờ mó con gái tôi | ong toan bao ve truong dam o be gai
    số nhà 8 ngách 2 chứa mại dâm | thang tai xe xe 29c 123.45 tong nguoi bo chay
    đứa lấy xe của bác Hai chính là thằng Quân, nó ăn trộm quen tay | chi yen day xe dien lua ban nguoi qua bien gioi
"""
UNSEEN_ORDINARY = """
    bác Lực cho em hỏi thủ tục tố giác tội phạm | anh cuong oi xem giup em camera voi
    biển số 30A-567.89 để quên chìa khoá ở cổng | so sua dien nuoc 0912345678 anh thinh
    cả xóm nhớ khoá cửa, dạo này hay mất trộm | bao vua dua tin bat duoc bang cuop
    cháu Vinh được giải nhất bơi phòng chống đuối nước | chi yen nho ai thay con cho lac thi bao
    hôm qua bà Loan suýt bị lừa đảo qua điện thoại | ong toan bao ve nhac nguoi la ra vao
    công an phường đã bắt nhóm trộm xe ở ngõ 8 | thong bao cat dien tu 8h den 11h
"""
"""Two a line, with and without diacritics."""


def halves(table):
    """The lines by turns: what was tuned on, what was held back."""
    rows = [[" ".join(cell.split()) for cell in line.split("|")] for line in table.strip().splitlines()]
    return [text for row in rows[::2] for text in row], [text for row in rows[1::2] for text in row]


def cells(table):
    """Every sentence of a table."""
    return [" ".join(cell.split()) for line in table.strip().splitlines() for cell in line.split("|")]
