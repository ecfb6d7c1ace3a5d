// A link that prints the page; without JavaScript it is not shown.
export function register() {
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-print]")) return;
    event.preventDefault();
    window.print();
  });
}
