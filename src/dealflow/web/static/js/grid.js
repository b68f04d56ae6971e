// The unit list by arrow keys: one cell at a time is in the tab order, Enter follows its link.
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function rove(table, cell) {
  for (const c of table.querySelectorAll("[data-cell]")) c.tabIndex = c === cell ? 0 : -1;
}

function start() {
  for (const table of document.querySelectorAll("[data-grid]")) {
    const cell = table.querySelector("[data-cell][aria-current]") || table.querySelector("[data-cell]");
    if (cell) rove(table, cell);
  }
}

document.addEventListener("keydown", (event) => {
  const cell = event.target.closest?.("[data-cell]");
  const move = MOVES[event.key];
  if (!cell || !move) return;
  event.preventDefault();
  const table = cell.closest("[data-grid]");
  const rows = [...table.tBodies[0].rows];
  const td = cell.parentElement;
  let [x, y] = [td.cellIndex + move[0], rows.indexOf(td.parentElement) + move[1]];
  let next = rows[y]?.cells[x];
  while (next && !next.querySelector("[data-cell]")) {
    [x, y] = [x + move[0], y + move[1]];
    next = rows[y]?.cells[x];
  }
  const target = next?.querySelector("[data-cell]");
  if (!target) return;
  rove(table, target);
  target.focus();
});
start();
