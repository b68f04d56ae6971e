// Keys: Ctrl/⌘ K search, N the page's main action, L log a follow-up, Ctrl Enter send the form. Never while typing with an IME.
function typing(target) {
  return target.matches("input, textarea, select, [contenteditable]");
}

function press(key) {
  const target = document.querySelector(`[data-key="${key}"]`);
  if (!target) return;
  if (!target.matches("details")) return target.click();
  target.open = true;
  target.querySelector(".composer :is(input, select, textarea):not([type=hidden])")?.focus();
  target.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const control = event.ctrlKey || event.metaKey;
  if (control && event.key.toLowerCase() === "k") {
    const find = [...document.querySelectorAll("[data-find], input[type=search]")].find((i) => i.offsetParent);
    if (!find) return;
    event.preventDefault();
    find.focus();
    find.select();
  } else if (control && event.key === "Enter" && event.target.form) {
    event.preventDefault();
    event.target.form.requestSubmit();
  } else if (!control && !event.altKey && !typing(event.target) && !document.querySelector("dialog[open]")) {
    const key = event.key.toLowerCase();
    if (key === "n" || key === "l") {
      event.preventDefault();
      press(key);
    }
  }
});
