// Forms: fields that appear by condition, sums with at most two decimals, one submission at a time, faults in focus.
const MONEY = /^\d{1,3}(,?\d{3})*(\.\d{1,2})?$/;

function value(form, name) {
  const control = form.elements.namedItem(name);
  if (!control) return "";
  if (control.type === "checkbox") return control.checked ? control.value : "";
  return control.value;
}

// Fields that do not apply are hidden and disabled, so that they are neither asked nor sent.
function apply(form) {
  for (const box of form.querySelectorAll("[data-when]")) {
    const off = !box.dataset.whenIs.split(" ").includes(value(form, box.dataset.when));
    box.hidden = off;
    for (const control of box.querySelectorAll("input, select, textarea")) control.disabled = off;
  }
}

function check(input) {
  const bad = input.value.trim() !== "" && !MONEY.test(input.value.trim());
  input.setCustomValidity(bad ? input.dataset.moneyText : "");
  return !bad;
}

function group(input) {
  if (!check(input) || !input.value.trim()) return;
  const [whole, part] = input.value.trim().replaceAll(",", "").split(".");
  input.value = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (part ? `.${part}` : "");
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-money]")) check(event.target);
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-money]")) group(event.target);
  if (event.target.form) apply(event.target.form);
});

// A field that answers while somebody types sends itself alone, and in the body: an address ends in logs.
document.addEventListener("htmx:config:request", (event) => {
  const { sourceElement: control, request } = event.detail.ctx;
  if (!control.matches("[data-live]")) return;
  request.body = new FormData();
  request.body.append(control.name, control.value);
});

function release(form) {
  delete form.dataset.busy;
  form.removeAttribute("aria-busy");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]") || form.method === "get") return;
  if (form.dataset.busy) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.busy = "yes";
  form.setAttribute("aria-busy", "true");
  setTimeout(() => release(form), 8000); // the key makes a second submission harmless
}, true);
addEventListener("pageshow", () => document.querySelectorAll("[data-busy]").forEach(release));

// A form that was taken is emptied; one that came back with a fault shows it. Typed text elsewhere is kept by the morph.
const met = new WeakSet();

function refresh() {
  for (const form of document.forms) apply(form);
  const told = [...document.querySelectorAll("[data-focus]")].find((note) => !met.has(note) && note.offsetParent);
  for (const note of document.querySelectorAll("[data-focus]")) met.add(note);
  told?.focus();
}

document.addEventListener("htmx:after:swap", (event) => {
  const id = (event.detail?.ctx?.sourceElement || event.target).id;
  const form = id && document.getElementById(id);
  if (form?.matches("form[data-once]") && !form.querySelector("[data-focus]")) form.reset();
});

let waiting = false;
new MutationObserver(() => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    refresh();
  });
}).observe(document.body, { childList: true, subtree: true });
refresh();
