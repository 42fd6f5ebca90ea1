"""Content: what is wrong is said with its file and line; a ward lays its own over ours."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import TEXTS
from bot.cli import main
from bot.domain.codes import ward_code
from bot.domain.learning import QUESTIONS, Question
from bot.domain.markup import escape, length, plain
from bot.errors import BadContent
from bot.services.bulletin_matter import countable
from bot.texts import Html, Texts
from data.content import FOLDER, Content
from data.lines import json_places, toml_places
from data.reading import laid_over

content = Content.load()
ours = content.everywhere
CAPTION, MESSAGE = 1024, 2000  # units: a caption on Telegram, a message on Zalo
RUDE = ("đối tượng", "bạn ơi", "submit", "công an quận", "công an tỉnh")
# fmt: off
BROKEN = {
    "một tên mục viết sai": ("guides/camera.toml", "title =", "titel =", "dòng 1: không có mục"),
    "ngoặc chưa đóng": ("lessons/03-gio-dau-tien.toml", "[[quiz]]", "[[quiz", "dòng 11: sai cú pháp"),
    "đáp án không có": ("lessons/02-otp.toml", "answer = 2", "answer = 7", "dòng 17: answer = 7"),
    "ngày viết bằng chữ": ("lessons/05-deepfake.toml", "2026-11-26", '"hôm nay"', "dòng 9: cần ngày"),
    "thiếu một mục": ("rules.toml", "value = 120\n", "\n", "dòng 12: thiếu mục value"),
    "số thay cho chữ": ("questions.toml", 'vi = ["Việc', 'vi = [1, "Việc', "dòng 4: cần chữ, đang là số"),
    "loại nguy hiểm lạ": ("danger.toml", "[danger.rescue]", "[danger.rescu]", "dòng 76: không có loại"),
    "số không có tên": ("numbers.toml", '"fire police', '"fir police', "dòng 13: không có số"),
    "mức khẩn lạ": ("kinds.toml", 'urgency = "urgent"', 'urgency = "soon"', "dòng 36: giá trị soon"),
    "JSON thiếu dấu phẩy": ("categories.json", "},", "}", "dòng 15: sai cú pháp JSON"),
    "mục của danh sách JSON": ("scams.json", '"ten": "Doạ', '"tn": "Doạ', "dòng 16: thiếu mục ten"),
    "danh sách phải là chữ": ("officials.toml", "hints = [", "hints = [1,", "dòng 5: cần chữ, đang là số"),
    "danh sách bị thay bằng số": ("moderation.toml", "harmless = [", "harmless = 3 # [", "dòng 19: cần danh sách"),
    "từ viết tắt trống": ("teencode.toml", "[always]", "[allways]", "dòng 1: thiếu mục always"),
    "mục tiêu quá một": ("learning.toml", "share = 1.0", "share = 5.0", "dòng 3: "),
}
# fmt: on


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Our content, to be broken."""
    return Path(shutil.copytree(FOLDER, tmp_path / "content"))


def faults_of(folder: Path, own: Path | None = None) -> list[str]:
    with pytest.raises(BadContent) as refused:
        Content.load(folder, own)
    return refused.value.faults


@pytest.mark.parametrize(("file", "good", "bad", "said"), BROKEN.values(), ids=BROKEN)
def test_what_is_wrong_is_said_with_file_and_line(copy: Path, file: str, good: str, bad: str, said: str) -> None:
    text = (copy / file).read_text("utf-8")
    assert good in text
    (copy / file).write_text(text.replace(good, bad, 1), "utf-8")
    (fault,) = faults_of(copy)
    assert fault.startswith(f"{file}, {said}")


def test_every_fault_of_every_file_is_told_at_once(copy: Path) -> None:
    for file in ("guides/camera.toml", "lessons/02-otp.toml"):
        (copy / file).write_text("title = ", "utf-8")
    (copy / "rules.toml").unlink()
    (copy / "danger.toml").write_bytes("harmless = ['cháy']".encode("utf-16"))
    told = faults_of(copy)
    assert len(told) == 4
    assert "rules.toml: thiếu tệp này" in told
    assert any("danger.toml: không phải UTF-8" in one for one in told)


def test_the_start_stops_with_the_sentence_and_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "guides").mkdir()
    (tmp_path / "guides" / "cho-phien.toml").write_text('title = "Chợ phiên"\n', "utf-8")
    monkeypatch.setenv("BINHYEN_CONTENT_DIR", str(tmp_path))
    monkeypatch.setenv("BINHYEN_TELEGRAM__TOKEN", "100:TESTTESTTESTTESTTESTTESTTESTTEST")
    monkeypatch.setenv("BINHYEN_VAR_DIR", str(tmp_path / "var"))
    assert main(["run"]) == 2
    assert "cho-phien.toml, dòng 1: thiếu mục ways" in capsys.readouterr().err


# --- a ward's own


def test_a_ward_replaces_and_adds_by_id(tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "guides").mkdir(parents=True)
    guide = (FOLDER / "guides" / "camera.toml").read_text("utf-8")
    (own / "guides" / "cho-phien.toml").write_text(guide.replace('"Lắp camera trước nhà"', '"Chợ phiên"'), "utf-8")
    (own / "guides" / "cu-tru.toml").write_text('warning = "Hỏi chị Lan, bàn số 3."', "utf-8")
    (own / "numbers.toml").write_text('[all]\npolice = "0220 1234"', "utf-8")
    (own / "rules.toml").write_text("[lapse]\nvalue = 14", "utf-8")
    (own / "scams.json").write_text('[{"id": 2, "loi_khuyen": "Tắt máy."}]', "utf-8")
    found = Content.load(own=own)
    assert found.everywhere.guides["cho-phien"].title == "Chợ phiên"
    assert found.everywhere.guides["cu-tru"].warning == "Hỏi chị Lan, bàn số 3."
    assert found.everywhere.guides["cu-tru"].steps == ours.guides["cu-tru"].steps
    assert found.everywhere.numbers["all"] == ours.numbers["all"] | {"police": "0220 1234"}
    assert (found.rules["lapse"].value, found.rules["lapse"].title) == (14, content.rules["lapse"].title)
    assert [scam.id for scam in found.everywhere.scams] == [scam.id for scam in ours.scams]
    assert found.everywhere.scams[1].loi_khuyen == "Tắt máy."
    assert found.everywhere.scams[1].ten == ours.scams[1].ten


def test_of_a_wards_own_the_wards_file_is_blamed(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text("[lapse]\nvalue = [1]", "utf-8")
    (tmp_path / "lesons").mkdir()
    (tmp_path / "lesons" / "15.toml").write_text("", "utf-8")
    told = faults_of(FOLDER, tmp_path)
    assert f"{tmp_path}/rules.toml, dòng 2: cần" in told[0]
    assert "lesons/15.toml: không có nội dung nào tên như vậy" in told[1]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert faults_of(FOLDER, tmp_path / "nowhere") == [f"BINHYEN_CONTENT_DIR: không có thư mục {tmp_path}/nowhere"]


def test_what_a_ward_does_not_word_its_own_way_is_shared(tmp_path: Path) -> None:
    ward = tmp_path / "wards" / "xa-ben"
    (ward / "guides").mkdir(parents=True)
    (ward / "guides" / "cu-tru.toml").write_text('warning = "Hỏi chị Lan."', "utf-8")
    (ward / "numbers.toml").write_text('[all]\npolice = "0220 1234"', "utf-8")
    (tmp_path / "numbers.toml").write_text('[all]\nfire = "0220 114"', "utf-8")
    found = Content.load(own=tmp_path)
    everywhere, there = found.everywhere, found.wards["xa-ben"]
    assert there.numbers["all"] == ours.numbers["all"] | {"fire": "0220 114", "police": "0220 1234"}
    assert there.guides["cu-tru"].warning == "Hỏi chị Lan."
    assert list(there.guides) == list(everywhere.guides)
    assert all(there.guides[name] is guide for name, guide in everywhere.guides.items() if name != "cu-tru")
    assert there.lessons is everywhere.lessons
    assert there.scams is everywhere.scams


def test_a_lesson_of_a_ward_stands_in_the_order_of_the_names(tmp_path: Path) -> None:
    (tmp_path / "wards" / "xa-ben" / "lessons").mkdir(parents=True)
    shutil.copy(FOLDER / "lessons" / "02-otp.toml", tmp_path / "wards" / "xa-ben" / "lessons" / "00-cho-phien.toml")
    lessons = Content.load(own=tmp_path).wards["xa-ben"].lessons
    assert list(lessons) == ["00-cho-phien", *ours.lessons]


def test_a_ward_counts_no_kind_in_public_that_is_never_counted_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "wards" / "xa-ben").mkdir(parents=True)
    (tmp_path / "wards" / "xa-ben" / "bulletin.toml").write_text('never_counted = ["giao_thong"]', "utf-8")
    found = Content.load(own=tmp_path)
    assert countable(found, found.wards["xa-ben"]) == countable(found, found.everywhere) - {"giao_thong"}


def test_what_is_judged_by_is_refused_in_a_wards_folder(tmp_path: Path) -> None:
    ward = tmp_path / "wards" / "xa-ben"
    (ward / "guide").mkdir(parents=True)
    for file in ("rules.toml", "scam_weights.json", "guide/cu-tru.toml"):
        (ward / file).write_text("", "utf-8")
    (ward / "numbers.toml").write_text("[all]\npolice = 113", "utf-8")
    numbers, misplaced, rules, weights = faults_of(FOLDER, tmp_path)
    assert numbers == f"{ward}/numbers.toml, dòng 2: cần chữ, đang là số"
    assert misplaced == f"{ward}/guide/cu-tru.toml: không có nội dung nào tên như vậy, xin xem lại tên tệp và thư mục"
    assert rules.startswith(f"{ward}/rules.toml: không đặt riêng cho một phường được")
    assert weights.startswith(f"{ward}/scam_weights.json: không đặt riêng cho một phường được")


@pytest.mark.parametrize(
    ("name", "code"), [("Phường Hoa Sữa", "phuong-hoa-sua"), ("Xã Đạ K'Nàng (mới)", "xa-da-k-nang-moi")]
)
def test_a_ward_has_a_code_from_its_name(name: str, code: str) -> None:
    assert ward_code(name) == code


# --- where things stand


def test_lines_of_toml_are_found_around_long_strings_and_lists() -> None:
    text = 'a = """\n[no]\nb = 1\n"""\n[t]\nx = [\n  "]", # ["\n  2,\n]\ny = 1\n[[q]]\nz = 1\n[[q]]\nz = 2\n'
    assert toml_places(text) == {
        (): 1,
        ("a",): 1,
        ("t",): 5,
        ("t", "x"): 6,
        ("t", "y"): 10,
        ("q",): 11,
        ("q", 0): 11,
        ("q", 0, "z"): 12,
        ("q", 1): 13,
        ("q", 1, "z"): 14,
    }


def test_lines_of_json_are_found() -> None:
    assert json_places('[\n {"id": 1,\n  "a": [2]},\n {"id": 2}\n]') == {
        (): 1,
        (0,): 2,
        (0, "id"): 2,
        (0, "a"): 3,
        (1,): 4,
        (1, "id"): 4,
    }


@given(st.text())
def test_no_text_is_too_odd_to_look_for_lines(text: str) -> None:
    assert toml_places(text)[()] == 1


trees = st.recursive(st.integers() | st.text(), lambda inner: st.dictionaries(st.text(), inner), max_leaves=8)


@given(trees)
def test_a_tree_laid_over_itself_is_itself(tree: object) -> None:
    assert laid_over(tree, tree) == tree


# --- what we ship


def every_question() -> list[Question]:
    return [one for lesson in ours.lessons.values() for one in lesson.quiz]


def test_there_are_enough_guides_and_lessons_with_source_and_date() -> None:
    assert len(ours.guides) >= 15
    assert len(ours.lessons) >= 12
    assert all(one.source and one.checked for one in (*ours.guides.values(), *ours.lessons.values()))


def test_each_fits_one_message_everywhere() -> None:
    for lesson in ours.lessons.values():
        assert length("\n".join([lesson.title, *lesson.points, lesson.practice])) < CAPTION - 250
        assert len(lesson.quiz) == QUESTIONS
    for guide in ours.guides.values():
        assert length("\n".join([guide.title, *guide.steps, guide.warning, guide.source])) < MESSAGE - 300


def test_the_manner_is_kept() -> None:
    said = [
        *(word for guide in ours.guides.values() for word in (guide.title, *guide.steps, guide.warning)),
        *(word for lesson in ours.lessons.values() for word in (lesson.title, *lesson.points, lesson.practice)),
        *(word for lesson in ours.lessons.values() for one in lesson.quiz for word in (one.ask, one.why, *one.choices)),
    ]
    assert not [
        one
        for one in said
        if any(bad in one.casefold() for bad in ("đối tượng", "bạn ơi", "submit", "công an quận/huyện"))
    ]
    assert not [one for one in said if plain(one).count("<") or "  " in one]


def test_the_right_answer_is_not_always_at_the_same_place_nor_always_the_longest() -> None:
    quiz = every_question()
    places = [sum(one.answer == place for one in quiz) for place in (1, 2, 3)]
    assert min(places) > len(quiz) / 6
    assert sum(max(one.choices, key=len) == one.right for one in quiz) < 0.75 * len(quiz)


def test_a_lesson_in_a_group_is_one_caption_with_all_that_is_added() -> None:
    texts = Texts.load(TEXTS)
    ends = [texts.say("vi", "lesson.group_end"), "\n", texts.say("vi", "broadcast.footer")]
    for lesson in ours.lessons.values():
        values = {
            "number": 14,
            "total": 99,
            "title": lesson.title,
            "practice": lesson.practice,
            "source": lesson.source,
        }
        points = Html("\n".join(f"• {escape(point)}" for point in lesson.points))
        card = texts.say("vi", "lesson.card", points=points, date="26/11/2026", **values)
        assert length("\n".join([card, *ends])) <= CAPTION, lesson.title


def test_residents_read_no_names_of_our_files() -> None:
    sources = [one.source for one in (*ours.guides.values(), *ours.lessons.values())]
    assert not [source for source in sources if any(word in source for word in ("data/", ".toml", ".json", "glossary"))]
