// The phones' JSON API (bot/sandbox/phone.py). Every failure is an Error whose message can be shown.

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error || `HTTP ${response.status}`);
  return body;
}

export async function readState() {
  return answer(await fetch("/phone/state", { cache: "no-store" }));
}

export async function act(what, given) {
  return post(`/phone/${what}`, given);
}

/** The same for a Zalo phone (bot/sandbox/zalo/phone.py). */
export async function actZalo(what, given) {
  return post(`/zalo/phone/${what}`, given);
}

async function post(path, given) {
  return answer(await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(given),
  }));
}

/** One file goes to /upload, several to /album. `given` as for say, with `kind` and `caption`. */
export async function upload(files, given) {
  return answer(await fetch(files.length > 1 ? "/phone/album" : "/phone/upload", { method: "POST", body: form(files, given) }));
}

export async function uploadZalo(file, given) {
  return answer(await fetch("/zalo/phone/photo", { method: "POST", body: form([file], given) }));
}

function form(files, given) {
  const made = new FormData();
  for (const [key, value] of Object.entries(given)) if (value !== undefined && value !== null) made.append(key, value);
  for (const file of files) made.append("file", file, file.name);
  return made;
}

/** Another world's files come with their address. */
export function fileUrl(fileId) {
  return fileId.startsWith("/") ? fileId : `/phone/file/${encodeURIComponent(fileId)}`;
}
