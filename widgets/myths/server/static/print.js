// Prints a page at its button.

for (const button of /** @type {NodeListOf<HTMLElement>} */ (
  document.querySelectorAll("[data-print]")
)) {
  button.hidden = false;
  button.onclick = () => print();
}
