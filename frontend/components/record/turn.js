// A scan that lies on its side: each press turns it by a quarter.
export function register() {
  document.addEventListener("click", (event) => {
    const image = event.target.closest?.("[data-turn]")?.closest("details").querySelector("img");
    if (!image) return;
    const turn = (Number(image.dataset.turned ?? 0) + 1) % 4;
    image.dataset.turned = turn;
    image.className = turn ? `turn-${turn}` : "";
  });
}
