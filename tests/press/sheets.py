"""Sheets to be typeset: an ordinary month, and one in which everything is as long as it may be."""

from data.sheets import Block, Sheet

ENDINGS = (
    "Không tự ý vây bắt, đánh, đăng ảnh. Gọi 113.",
    "Bot không bao giờ xin OTP, mật khẩu, tiền, ảnh căn cước, hay bảo cài ứng dụng.",
)
LINK = "https://t.me/binhyen_bot?start=b3"
NUMBERS = Block(
    "numbers",
    "Số gọi khẩn cấp",
    points=(
        ("113", "Công an"),
        ("114", "Cháy, nổ"),
        ("115", "Cấp cứu"),
        ("112", "Cứu nạn"),
        ("111", "Trẻ em"),
    ),
)
SCAM = Block(
    "scam",
    "Cảnh giác: “bắt cóc online”",
    points=(
        ("Nhận biết", "Doạ con em dính án, ép thuê phòng, tắt liên lạc, quay cảnh bị bắt để đòi tiền chuộc."),
        ("Nên làm", "Không chuyển tiền; gọi 113 ngay, giữ liên lạc và tìm vị trí con em."),
    ),
)
REMINDER = Block(
    "reminder",
    "Cuối năm: cảnh giác trộm cắp",
    points=(
        ("", "Cửa phụ, cửa sân thượng cũng khoá; lắp đèn chỗ tối."),
        ("", "Camera ở nhà: đổi mật khẩu gốc, xem lại giờ ghi hình."),
        ("", "Thấy việc bất thường: nhớ giờ và chỗ, báo công an."),
    ),
)
COUNTS = Block(
    "counts",
    "Việc đã xác minh trong tháng",
    "Cộng các loại trên: 21 vụ. Loại dưới 3 vụ không nêu số.",
    (("Trộm cắp", "9"), ("Lừa đảo qua mạng, điện thoại", "7"), ("Vi phạm giao thông, lấn chiếm lòng đường", "5")),
)

ORDINARY = Sheet(
    "Bản tin số 3",
    "Tháng 11/2026",
    "Công an Phường Hoa Sữa",
    (COUNTS, SCAM, REMINDER, NUMBERS),
    ENDINGS,
    LINK,
    "Quét để đọc và báo tin",
    "Đọc đủ: nhắn bot /bantin 3",
)

UNBROKEN = "Khôngcódấucáchnàotrongđoạnnàyđâu"
LONGEST = Sheet(
    "Bản tin số 1286",
    "Tháng 12/2026",
    "Công an Phường Nguyễn Thị Minh Khai – Trường Chinh Nghiêng Khuỷu",
    (
        Block(
            "counts",
            "Những việc đã được xác minh trong tháng ở các tổ dân phố nghiêng, khuỷu, nguệch ngoạc",
            "Cộng các loại trên: 12345 vụ. Loại dưới 3 vụ không nêu số. Tính đến 31/12/2026.",
            (
                ("Vi phạm giao thông, lấn chiếm lòng đường", "9999"),
                ("Lừa đảo qua mạng, điện thoại", "2340"),
                ("Gây rối, ồn ào, tụ tập, đua xe", "3"),
                (UNBROKEN, "3"),
            ),
        ),
        Block(
            "scam",
            f"{UNBROKEN} Cảnh giác: giả cán bộ hướng dẫn cập nhật VNeID",
            "Được bà con báo nhiều trong tháng.",
            (
                ("Nhận biết", "Gọi bảo cập nhật địa chỉ sau sáp nhập, gửi link cài ứng dụng. " * 3),
                ("Nên làm", f"Chỉ cài VNeID từ kho ứng dụng, cần thì ra công an phường/xã. {UNBROKEN}{UNBROKEN}"),
            ),
        ),
        REMINDER,
        Block("free", "Lịch tiếp dân", "Từ 8 giờ đến 11 giờ 30.\nƯợng, ẫy, ẩn, ỗi, quưỡn, nghễu, khuỵu, Ặ, Ễ, Ợ, Ử."),
        Block(
            "free",
            "Mất điện ở ngõ 12, 14, 16 và hẻm 35/12",
            "Thứ Bảy từ 7 giờ đến 17 giờ. Xin sạc trước đèn, pin. " * 20,
        ),
        Block("reminder", "Nhắc thêm", "Khoá cửa sổ. Tắt bếp trước khi đi ngủ."),
        Block("scam", "Ngắn"),
        NUMBERS,
    ),
    ENDINGS,
    LINK,
    "Quét để đọc và báo tin",
    "Đọc đủ: nhắn bot /bantin 3",
)
