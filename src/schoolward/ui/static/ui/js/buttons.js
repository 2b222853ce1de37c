// Buttons that need script: open a dialog, print, copy. What cannot work stays hidden or a plain link.
for (const button of document.querySelectorAll("[data-print], [data-copies]")) button.hidden = false;

function open(event, button) {
  const dialog = document.getElementById(button.dataset.opens);
  if (!dialog) return;
  event.preventDefault();
  dialog.showModal();
  dialog.addEventListener("close", () => button.focus(), { once: true });
}

async function copy(button) {
  const source = document.getElementById(button.dataset.copies);
  await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
  document.dispatchEvent(new CustomEvent("announce", { detail: { text: "Copied" } }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-opens], [data-closes], [data-print], [data-copies]");
  if (!button) return;
  if ("opens" in button.dataset) open(event, button);
  if ("closes" in button.dataset) button.closest("dialog")?.close();
  if ("print" in button.dataset) window.print();
  if ("copies" in button.dataset) copy(button);
});

document.addEventListener("htmx:afterSettle", () => {
  for (const button of document.querySelectorAll("[data-print], [data-copies]")) button.hidden = false;
});
