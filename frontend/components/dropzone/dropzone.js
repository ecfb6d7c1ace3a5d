// Dropped files go into the plain input, so the form is the same with and without JavaScript.
function show(zone) {
  const input = zone.querySelector("input[type=file]");
  const list = zone.querySelector(".dropzone-chosen");
  list.replaceChildren(
    ...[...input.files].map((file) => {
      const line = document.createElement("li");
      line.textContent = `${file.name} (${Math.max(1, Math.round(file.size / 1024)).toLocaleString("vi")} KB)`;
      if (file.size === 0) line.className = "late-text";
      if (file.type.startsWith("image/")) {
        const image = new Image();
        image.alt = "";
        image.src = URL.createObjectURL(file);
        image.onload = () => URL.revokeObjectURL(image.src);
        line.append(image);
      }
      return line;
    }),
  );
}
export function register() {
  const zoneOf = (event) => event.target.closest?.("[data-dropzone]");
  document.addEventListener("change", (event) => event.target.type === "file" && zoneOf(event) && show(zoneOf(event)));
  for (const kind of ["dragover", "dragleave", "drop"])
    document.addEventListener(kind, (event) => {
      const zone = zoneOf(event);
      if (!zone) return;
      event.preventDefault();
      zone.classList.toggle("over", kind === "dragover");
      if (kind === "drop" && event.dataTransfer.files.length) {
        zone.querySelector("input").files = event.dataTransfer.files;
        show(zone);
      }
    });
}
