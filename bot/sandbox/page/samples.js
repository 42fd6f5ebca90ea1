// Pictures drawn on the spot, for whoever has no file at hand: an alley in the evening, each a little different.

const LOOKS = [
  { sky: ["#fbd38d", "#f6ad55"], wall: "#c05621", door: "#2c5282" },
  { sky: ["#bee3f8", "#90cdf4"], wall: "#2f855a", door: "#744210" },
  { sky: ["#553c9a", "#322659"], wall: "#718096", door: "#ecc94b" },
];

/** `count` JPEG files. */
export async function samplePictures(count) {
  return Promise.all(LOOKS.slice(0, count).map(async (look, at) => {
    const blob = await new Promise((resolve) => draw(look, at).toBlob(resolve, "image/jpeg", 0.85));
    return new File([blob], `anh-mau-${at + 1}.jpg`, { type: "image/jpeg" });
  }));
}

function draw(look, at) {
  const canvas = Object.assign(document.createElement("canvas"), { width: 960, height: 640 });
  const pen = canvas.getContext("2d");
  const sky = pen.createLinearGradient(0, 0, 0, 420);
  look.sky.forEach((colour, place) => sky.addColorStop(place, colour));
  box(pen, sky, 0, 0, 960, 640);
  box(pen, "#4a5568", 0, 500, 960, 140);
  [0, 1, 2, 3].forEach((house) => drawHouse(pen, look, house * 250 - 60 + at * 25, 190 + ((house + at) % 3) * 60));
  box(pen, "#1a202c", 470 + at * 60, 230, 12, 280);
  box(pen, "#fefcbf", 445 + at * 60, 220, 62, 18);
  return canvas;
}

function drawHouse(pen, look, x, y) {
  box(pen, look.wall, x, y, 200, 510 - y);
  box(pen, "rgba(0,0,0,.25)", x, y - 18, 200, 18);
  box(pen, look.door, x + 70, 400, 60, 110);
  for (const place of [25, 125]) box(pen, "#fffaf0", x + place, y + 40, 50, 60);
}

function box(pen, colour, x, y, width, height) {
  pen.fillStyle = colour;
  pen.fillRect(x, y, width, height);
}
