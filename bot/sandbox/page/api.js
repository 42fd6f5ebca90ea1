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
  return answer(await fetch(`/phone/${what}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(given),
  }));
}

/** One file goes to /upload, several to /album. `given` as for say, with `kind` and `caption`. */
export async function upload(files, given) {
  const form = new FormData();
  for (const [key, value] of Object.entries(given)) if (value !== undefined && value !== null) form.append(key, value);
  for (const file of files) form.append("file", file, file.name);
  return answer(await fetch(files.length > 1 ? "/phone/album" : "/phone/upload", { method: "POST", body: form }));
}

export function fileUrl(fileId) {
  return `/phone/file/${encodeURIComponent(fileId)}`;
}
