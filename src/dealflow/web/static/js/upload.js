// Files: names shown after choosing, photos made smaller (which also drops where they were taken), progress while sending.
const LONGEST = 2048;

async function smaller(file) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
  try {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.88));
    return blob ? new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" }) : file;
  } catch {
    return file; // a photo this browser cannot read goes as it is
  }
}

document.addEventListener("change", (event) => {
  const input = event.target;
  if (!input.matches("input[type=file]")) return;
  const names = [...input.files].map((f) => f.name).join("、");
  const line = input.closest("[data-files]")?.querySelector("[data-files-names]");
  if (line && names) line.textContent = names;
});

async function filled(form) {
  const body = new FormData(form);
  for (const input of form.querySelectorAll("input[type=file]:enabled")) {
    body.delete(input.name);
  }
  for (const input of form.querySelectorAll("input[type=file]:enabled")) {
    for (const file of input.files) body.append(input.name, await smaller(file));
  }
  return body;
}

function fail(form, text) {
  let note = form.querySelector("[data-upload-note]");
  if (!note) {
    note = document.createElement("p");
    note.dataset.uploadNote = "";
    note.className = "note bad";
    note.setAttribute("role", "alert");
    form.prepend(note);
  }
  note.textContent = text;
}

// A form that came back, with a fault or to be confirmed, replaces the one on the page; anything else is the next page.
function answer(form, request) {
  const elsewhere = request.responseURL.split("#")[0] !== form.action;
  if (request.status < 400 && elsewhere) {
    const same = request.responseURL.split("#")[0] === location.href.split("#")[0];
    if (same) location.reload();
    else location.assign(request.responseURL);
    return;
  }
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const back = page.getElementById(form.id);
  if (back) form.replaceWith(document.importNode(back, true));
  else fail(form, page.querySelector("h1")?.textContent || `${request.status}`);
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-upload]") || event.defaultPrevented) return;
  event.preventDefault();
  const bar = form.querySelector("[data-upload-bar]");
  const body = await filled(form);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.upload.addEventListener("progress", (e) => {
    bar.hidden = false;
    if (e.lengthComputable) bar.value = (100 * e.loaded) / e.total;
  });
  request.addEventListener("load", () => answer(form, request));
  request.addEventListener("error", () => fail(form, form.dataset.uploadFailed));
  request.addEventListener("loadend", () => {
    bar.hidden = true;
    delete form.dataset.busy;
    form.removeAttribute("aria-busy");
  });
  request.send(body);
});
