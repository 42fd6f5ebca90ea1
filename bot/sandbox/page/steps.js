// The tour's six steps. Each part says what to do, where that is, and by which real message it is done.
// Buttons are known by their words, which docs fix: nothing here is pretended.

const TIP = "Co nguoi la dang be khoa xe truoc nha so 12";
const ALERT = "/phat Gần đây có kẻ giả danh công an gọi điện đòi chuyển tiền. Công an không bao giờ làm việc qua điện thoại. Bà con cúp máy và gọi 113.";
const FRAUD = "/kiemtra Công an gọi nói tôi dính án rửa tiền, bắt chuyển 50 triệu vào tài khoản an toàn, xem tại bocongan-gov-vn.top";
const OUTCOMES = ["Đã xử lý", "Đã chuyển", "Chưa đủ cơ sở", "Đã hướng dẫn"];

function holder(app, role) {
  return app.everyone().find((person) => app.world.role(person) === role);
}

const resident = (app) => holder(app, "resident");
const officer = (app) => holder(app, "officer");
const chief = (app) => holder(app, "chief");

function labels(message) {
  return (message.reply_markup?.inline_keyboard || []).flat().map((button) => button.text);
}

export function hasButton(message, words) {
  return labels(message).some((label) => words.some((word) => label.includes(word)));
}

/** The newest message with such a button, newer than the step: {chat, message}; in one chat if `key` is given. */
function newest(app, tour, words, key = null) {
  const found = [...app.world.chats.values()].filter((chat) => !key || chat.key === key).map((chat) => ({
    chat, message: chat.messages.findLast((message) => hasButton(message, words) && message.message_id > tour.mark(chat.key)) }));
  return found.filter((one) => one.message).sort((a, b) => b.message.date - a.message.date)[0];
}

function deskKey(app) {
  return app.world.desk().key;
}

function privateKey(app) {
  return app.world.privateKey(resident(app));
}

/** The second resident shows the second group, so that both can be seen to have heard. */
function neighbours(app) {
  const [, person] = app.everyone().filter((one) => app.world.role(one) === "resident");
  return [{ person, key: (app.world.groups()[1] || app.world.groups()[0]).key }];
}

/** A message by somebody, newer than the step. */
function said(app, tour, key, test) {
  return app.world.chats.get(key)?.messages.findLast((message) => message.message_id > tour.mark(key) && test(message));
}

const byBot = (message) => message.from?.is_bot;
const isReceipt = (message) => byBot(message) && /TB-\d{6}-/.test(message.text || "");
const by = (person) => (message) => message.from?.id === person.id;
const at = (found) => found && { key: found.chat.key, message: found.message };

/** A card can be older than the step: somebody may come to step 2 with a tip that waits already. */
function card(app) {
  const desk = app.world.desk();
  const message = desk.messages.findLast((one) => hasButton(one, ["Tiếp nhận"]));
  return message && { chat: desk, message };
}

export const STEPS = [
  {
    title: "Báo tin",
    parts: [
      {
        words: "Bác Na nhắn riêng cho bot, như nhắn cho người quen. Không cần lệnh, không cần dấu.",
        who: resident, place: (app) => ({ key: privateKey(app) }), input: true,
        fill: { label: "Điền sẵn câu mẫu", text: TIP },
        done: (app, tour) => said(app, tour, privateKey(app), by(resident(app))),
      },
      {
        words: "Có ảnh thì gửi thêm: bấm 📎 rồi chọn ảnh mẫu. Ảnh tới cán bộ không kèm nơi chụp, giờ chụp.",
        who: resident, place: (app) => ({ key: privateKey(app), last: true }), next: "Không có ảnh",
        done: (app, tour) => said(app, tour, privateKey(app), (message) => message.photo || isReceipt(message)),
      },
      {
        words: "Bot ghi lại điều nó hiểu: loại việc, lúc nào, ở đâu. Sai thì bấm Sửa; bot hỏi thì chọn, hoặc bỏ qua. Rồi bấm Gửi, hay Ẩn danh.",
        who: resident,
        place: (app, tour) => at(newest(app, tour, ["Ẩn danh"], privateKey(app))) || { key: privateKey(app), last: true },
        buttons: ["Gửi", "Ẩn danh"],
        done: (app, tour) => said(app, tour, privateKey(app), isReceipt) && newest(app, tour, ["Tiếp nhận"], deskKey(app)),
      },
      {
        words: "Thẻ tin đã hiện ở nhóm trực ban, kèm các nút để cán bộ làm việc.",
        who: officer, place: (app, tour) => at(newest(app, tour, ["Tiếp nhận"], deskKey(app)) || card(app)), next: "Sang bước 2",
      },
    ],
  },
  {
    title: "Trả lời",
    parts: [
      {
        words: "Cán bộ Ổi nhận việc: bấm Tiếp nhận trên thẻ tin.",
        empty: "Chưa có thẻ tin nào đang chờ. Hãy làm bước 1 trước.",
        who: officer, place: (app) => at(card(app)), buttons: ["Tiếp nhận"],
        done: (app, tour) => tour.seen && !hasButton(tour.now(tour.seen) || tour.seen.message, ["Tiếp nhận"]),
      },
      {
        words: "Bấm Đóng rồi chọn kết quả; hoặc bấm Hỏi thêm rồi trả lời (↩) tin nhắc của bot. Bác Na sẽ nghe ngay.",
        who: officer,
        place: (app, tour) => at(newest(app, tour, OUTCOMES) || working(app)),
        buttons: [...OUTCOMES, "Hỏi thêm", "Đóng"],
        done: (app, tour) => said(app, tour, privateKey(app), (message) => byBot(message) && tour.since(message)
          && (hasButton(message, ["Chưa giải quyết"]) || asked(app, tour, message))),
      },
      {
        words: "Bác Na đã nghe kết quả: bấm Đã giải quyết để khép tin, hay Chưa giải quyết để mở lại. Không tin nào rơi vào im lặng.",
        who: resident, place: (app, tour) => at(newest(app, tour, ["Đã giải quyết"], privateKey(app))) || { key: privateKey(app), last: true },
        buttons: ["Đã giải quyết", "Chưa giải quyết"], next: "Sang bước 3",
        done: (app, tour) => said(app, tour, deskKey(app), (message) => byBot(message) && tour.since(message)
          && /(đã|chưa) giải quyết/.test(message.text || "")),
      },
    ],
  },
  {
    title: "Cảnh báo",
    parts: [
      {
        words: "Cán bộ soạn cảnh báo cho bà con ngay trong nhóm trực ban, bắt đầu bằng /phat.",
        who: officer, place: (app) => ({ key: deskKey(app) }), input: true,
        fill: { label: "Điền sẵn cảnh báo mẫu", text: ALERT },
        done: (app, tour) => newest(app, tour, ["Gửi ngay", "Duyệt"]),
      },
      {
        words: "Xem lại bản soạn rồi bấm Gửi ngay (hay Hẹn giờ).",
        who: officer, place: (app, tour) => at(newest(app, tour, ["Gửi ngay"])), buttons: ["Gửi ngay"],
        done: (app, tour) => newest(app, tour, ["Duyệt"]) || alerted(app, tour),
      },
      {
        words: "Cần một người nữa: chỉ huy Bưởi bấm Duyệt. Không ai tự duyệt tin của mình.",
        who: chief, place: (app, tour) => at(newest(app, tour, ["Duyệt"])), buttons: ["Duyệt"],
        done: alerted,
      },
      {
        words: "Cả hai tổ đã nhận cảnh báo.",
        who: resident, place: (app) => ({ key: app.world.groups()[0].key, last: true }), also: neighbours, next: "Sang bước 4",
      },
    ],
  },
  {
    title: "Có phải lừa đảo?",
    parts: [
      {
        words: "Bác Na nhận cuộc gọi lạ và hỏi bot: nhắn /kiemtra kèm nội dung, số điện thoại hay đường dẫn.",
        who: resident, place: (app) => ({ key: privateKey(app) }), input: true,
        fill: { label: "Điền sẵn câu hỏi mẫu", text: FRAUD },
        done: (app, tour) => newest(app, tour, ["Đã lỡ chuyển tiền"], privateKey(app)),
      },
      {
        words: "Bot nói vì sao đáng ngờ và nên làm gì. Đường dẫn được làm hỏng để không bấm nhầm; bấm Báo công an là thành tin báo.",
        who: resident, place: (app, tour) => at(newest(app, tour, ["Đã lỡ chuyển tiền"], privateKey(app))), next: "Sang bước 5",
      },
    ],
  },
  {
    title: "Bản tin tháng",
    parts: [
      {
        words: "Cán bộ gõ /bantin: bản tin của tháng đã được soạn sẵn từ tin đã xác minh, thủ đoạn lừa đảo và lời nhắc an toàn.",
        who: officer, place: (app) => ({ key: deskKey(app) }), input: true,
        fill: { label: "Điền sẵn lệnh", text: "/bantin" },
        done: (app, tour) => newest(app, tour, ["Xem và gửi"], deskKey(app)),
      },
      {
        words: "Sửa mục nào thì bấm Sửa mục. Xong, bấm Xem và gửi: bot vẽ ảnh bản tin trong vài giây.",
        who: officer, place: (app, tour) => at(newest(app, tour, ["Xem và gửi"], deskKey(app))), buttons: ["Xem và gửi"],
        done: (app, tour) => newest(app, tour, ["Gửi ngay"], deskKey(app)),
      },
      {
        words: "Ảnh và chữ sẽ gửi hiện ở trên. Bấm Gửi ngay để xin duyệt.",
        who: officer, place: (app, tour) => at(newest(app, tour, ["Gửi ngay"], deskKey(app))), buttons: ["Gửi ngay"],
        done: (app, tour) => newest(app, tour, ["Duyệt"], deskKey(app)),
      },
      {
        words: "Chỉ huy Bưởi bấm Duyệt.",
        who: chief, place: (app, tour) => at(newest(app, tour, ["Duyệt"])), buttons: ["Duyệt"],
        done: printed,
      },
      {
        words: "Bản tin đã tới các tổ. Ở trực ban, nút Bản in và loa cho ảnh A5, PDF, chữ bảng LED và lời đọc loa.",
        who: resident, place: (app) => ({ key: app.world.groups()[0].key, last: true }), also: neighbours, next: "Sang bước 6",
      },
    ],
  },
  {
    title: "Giờ học kỹ năng số",
    parts: [
      {
        words: "Bác Na tự học theo nhịp của mình: nhắn /baihoc.",
        who: resident, place: (app) => ({ key: privateKey(app) }), input: true,
        fill: { label: "Điền sẵn lệnh", text: "/baihoc" },
        done: (app, tour) => newest(app, tour, ["Làm 3 câu hỏi"], privateKey(app)),
      },
      {
        words: "Mỗi bài một kỹ năng ngắn, có hình. Bấm Làm 3 câu hỏi.",
        who: resident, place: (app, tour) => at(newest(app, tour, ["Làm 3 câu hỏi"], privateKey(app))), buttons: ["Làm 3 câu hỏi"],
        done: (app, tour) => said(app, tour, privateKey(app), (message) => byBot(message) && /Câu 1\//.test(message.text || "")),
      },
      {
        words: "Trả lời bằng nút, hoặc gõ 1, 2, 3; bot nói vì sao. Xong phần giới thiệu: mọi máy đều dùng thật được, cứ thử tiếp.",
        who: resident, place: (app) => ({ key: privateKey(app), last: true }), next: "Kết thúc",
      },
    ],
  },
];

/** Every residents' group has the bulletin's picture. */
function printed(app, tour) {
  return app.world.groups().every((chat) => said(app, tour, chat.key, (message) => byBot(message) && message.photo));
}

function working(app) {
  const desk = app.world.desk();
  const message = desk.messages.findLast((one) => hasButton(one, ["Hỏi thêm", "Đóng"]) && !hasButton(one, ["Tiếp nhận"]));
  return message && { chat: desk, message };
}

/** Whether the officer wrote something at the desk before this reached the resident; "Tiếp nhận" alone is no answer. */
function asked(app, tour, heard) {
  const question = said(app, tour, deskKey(app), by(officer(app)));
  return question && tour.since(question) && heard.date >= question.date;
}

/** Every residents' group has heard the alert's own words: the weekly warning may come at the same time. */
function alerted(app, tour) {
  const written = said(app, tour, deskKey(app), (message) => by(officer(app))(message) && /^\/(phat|broadcast)/i.test(message.text || ""));
  const words = (written?.text || "").replace(/^\S+\s*/, "").slice(0, 24);
  const heard = (message) => byBot(message) && (message.text || message.caption || "").includes(words);
  return app.world.groups().every((chat) => said(app, tour, chat.key, heard));
}
