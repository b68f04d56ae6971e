// Switches light, dark and system at once and tells the server behind the scenes. Without this file the form does it alone.
document.documentElement.classList.add("js");

function show(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-theme-form]") || !event.submitter) return;
  event.preventDefault();
  const body = new FormData(form);
  body.set("theme", event.submitter.value);
  show(event.submitter.value);
  for (const button of form.querySelectorAll("[aria-pressed]")) {
    button.setAttribute("aria-pressed", String(button === event.submitter));
  }
  fetch(form.action, { method: "POST", body: new URLSearchParams(body), redirect: "manual" }).catch(() => form.submit());
});

for (const toast of document.querySelectorAll("[data-toast]")) setTimeout(() => toast.remove(), 5000);
