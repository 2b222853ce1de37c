/* Shows what needs a passkey where the browser knows passkeys, and says what went wrong. */

const SENTENCES = {
  NotAllowedError: "The passkey was not used: you stopped, or waited too long. Try again.",
  InvalidStateError: "This device already holds a passkey of your account.",
  SecurityError: "Passkeys need the address that your district gave you, over https or on localhost.",
};
const OTHERWISE = "The passkey did not work. Try again, or use another way.";

function sentence(error) {
  return SENTENCES[error && error.name] || OTHERWISE;
}

if (window.PublicKeyCredential) {
  for (const button of document.querySelectorAll("[data-passkey]")) {
    button.hidden = false;
  }
}

document.addEventListener("allauth.error", (event) => {
  const problem = document.getElementById("passkey-problem");
  if (!problem) return;
  event.preventDefault();
  problem.textContent = sentence(event.detail.exception);
  problem.hidden = false;
});
