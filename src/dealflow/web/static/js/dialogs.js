// A sheet is a <details> with a form. With scripts it opens as a real dialog: focus is kept inside and given back.
const opened = new WeakMap();

function close(dialog) {
  const { sheet, body } = opened.get(dialog);
  sheet.append(body);
  sheet.open = false;
  dialog.remove();
  sheet.querySelector("summary").focus();
}

function open(sheet) {
  const body = sheet.querySelector(":scope > .sheet-b");
  if (!body) return; // already in its dialog
  const dialog = document.createElement("dialog");
  dialog.className = "sheet-d";
  dialog.setAttribute("aria-labelledby", `${sheet.id}-t`);
  dialog.append(body);
  document.getElementById("main").append(dialog);
  opened.set(dialog, { sheet, body });
  sheet.open = false;
  dialog.addEventListener("close", () => close(dialog));
  dialog.showModal();
  const first = body.querySelector("[data-focus], [aria-invalid], .fields :is(input, select, textarea):not([type=hidden])");
  (first || body.querySelector("[type=submit]"))?.focus();
}

document.addEventListener("click", (event) => {
  const summary = event.target.closest("summary");
  const sheet = summary?.parentElement;
  if (sheet?.matches("[data-sheet]")) {
    event.preventDefault();
    open(sheet);
  }
  const opener = event.target.closest("[data-opens]");
  const target = opener && document.getElementById(opener.dataset.opens);
  if (target) {
    event.preventDefault();
    open(target);
  }
  if (event.target.closest("[data-sheet-close]") || event.target.matches("dialog.sheet-d")) event.target.closest("dialog")?.close();
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});

// A sheet that the server sends open has come back with a fault: show it, now and after each replaced part.
function showReturned() {
  for (const sheet of document.querySelectorAll("[data-sheet][open]")) open(sheet);
}
new MutationObserver(showReturned).observe(document.body, { childList: true, subtree: true });
showReturned();
