// Keys beside tabbing: "/" goes to the search, j and k move through lists; Enter is the link's own.
const LISTS = "[data-list] tbody tr, [data-list] > li";
const PRESSABLE = "a[href], button:not([disabled]), summary, input:not([type=hidden])";

function isWriting(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

function stops() {
  return [...document.querySelectorAll(LISTS)]
    .filter((row) => row.getClientRects().length)
    .map((row) => row.querySelector(PRESSABLE))
    .filter(Boolean);
}

function move(step) {
  const rows = stops();
  const here = document.activeElement.closest(LISTS);
  const place = rows.findIndex((stop) => stop.closest(LISTS) === here);
  const next = place < 0 ? (step > 0 ? 0 : rows.length - 1) : place + step;
  rows[Math.min(Math.max(next, 0), rows.length - 1)]?.focus();
}

function search() {
  const field = document.querySelector("[data-search]");
  const menu = field?.closest("[popover]");
  if (field && !field.getClientRects().length) menu?.showPopover();
  field?.select();
  field?.focus();
}

const ACTS = { "/": search, j: () => move(1), k: () => move(-1) };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
  if (document.querySelector("dialog[open]") || !(event.key in ACTS)) return;
  event.preventDefault();
  ACTS[event.key]();
});
