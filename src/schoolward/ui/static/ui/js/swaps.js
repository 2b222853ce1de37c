// After a part of the page was replaced: focus stays where it was, and the news is read aloud.
const spoken = document.getElementById("spoken");
let kept = null;

function speak(text) {
  if (!spoken || !text) return;
  spoken.textContent = "";
  requestAnimationFrame(() => (spoken.textContent = text));
}

function remember() {
  const active = document.activeElement;
  if (!active || active === document.body) return null;
  return {
    id: active.id,
    name: active.getAttribute("name"),
    href: active.getAttribute("href"),
    text: active.textContent.trim(),
    region: active.closest("[data-region]")?.id,
  };
}

function same(place) {
  const within = document.getElementById(place.region) ?? document;
  if (place.id && document.getElementById(place.id)) return document.getElementById(place.id);
  const named = place.name && within.querySelector(`[name="${CSS.escape(place.name)}"]`);
  if (named) return named;
  const links = [...within.querySelectorAll("a[href], button")];
  return links.find((link) => link.getAttribute("href") === place.href && place.href)
    ?? links.find((link) => link.textContent.trim() === place.text && place.text);
}

function restore() {
  const errors = document.querySelector("[data-focus]:not([data-met], [data-quiet] *)");
  if (errors) return meet(errors);
  const active = document.activeElement;
  if (!kept || (active && active !== document.body)) return;
  const region = document.getElementById(kept.region);
  region?.setAttribute("tabindex", "-1");
  (same(kept) ?? region)?.focus({ preventScroll: true });
}

function meet(errors) {
  errors.dataset.met = "";
  errors.focus();
}

function lacksTarget(event) {
  const wanted = event.detail.elt.closest("[hx-select]")?.getAttribute("hx-select");
  if (!wanted?.startsWith("#")) return false;
  return !event.detail.xhr.responseText.includes(`id="${wanted.slice(1)}"`);
}

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.shouldSwap && lacksTarget(event)) {
    event.detail.shouldSwap = false;
    window.location.assign(event.detail.pathInfo.responsePath ?? event.detail.pathInfo.finalRequestPath);
    return;
  }
  kept = remember();
});

document.addEventListener("htmx:afterSettle", (event) => {
  restore();
  const region = event.detail.elt.closest?.("[data-spoken]");
  speak(region?.dataset.spoken);
});

document.addEventListener("announce", (event) => speak(event.detail.text ?? event.detail.value));
document.addEventListener("htmx:responseError", () => speak("That did not work. Load the page again, then try once more."));
document.addEventListener("htmx:sendError", () => speak("The server cannot be reached. Check your connection, then try once more."));

const errors = document.querySelector("[data-focus]:not([data-quiet] *)");
if (errors) meet(errors);
