// Shows the button that prints, which can do nothing without a script, and lets it print.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
