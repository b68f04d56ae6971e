// Repeated rows in a form (buyers, instalments): add from the blank row, remove, never below one.
document.addEventListener("click", (event) => {
  const add = event.target.closest("[data-row-add]");
  if (add) {
    const box = add.closest("[data-rows]");
    const list = box.querySelector("[data-rows-list]");
    const next = Number(box.dataset.next || list.children.length);
    box.dataset.next = String(next + 1);
    const holder = document.createElement("template");
    holder.innerHTML = box.querySelector("[data-rows-blank]").innerHTML.replaceAll("__n__", String(next));
    list.append(holder.content);
    list.lastElementChild.querySelector("input, select, textarea")?.focus();
  }
  const remove = event.target.closest("[data-row-remove]");
  if (remove) {
    const list = remove.closest("[data-rows-list]");
    if (list.children.length > 1) remove.closest("[data-row]").remove();
    list.querySelector("input, select, textarea")?.focus();
  }
});
