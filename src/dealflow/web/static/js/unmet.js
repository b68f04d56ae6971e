// The button that says 还差 N 项 opens and focuses the first missing need. Without scripts it is a link to it.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-unmet]");
  if (!link) return;
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  const first = target?.matches("[data-missing]") ? target : target?.querySelector("[data-missing]");
  if (!first) return;
  event.preventDefault();
  first.scrollIntoView({ block: "center" });
  const fold = first.querySelector("details.req-d");
  if (fold) fold.open = true;
  const field = first.querySelector(".req-x :is(input, select, textarea):not([type=hidden])");
  const control = field || first.querySelector(".act a, summary");
  if (control) control.focus({ preventScroll: true });
  else {
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
  }
});

// A link to a folded step unfolds it.
function unfold() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = target && target.querySelector(":scope > details");
  if (fold) fold.open = true;
}
addEventListener("hashchange", unfold);
unfold();
