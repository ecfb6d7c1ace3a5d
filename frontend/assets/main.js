import "@fontsource/be-vietnam-pro/vietnamese-400.css";
import "@fontsource/be-vietnam-pro/latin-400.css";
import "@fontsource/be-vietnam-pro/vietnamese-600.css";
import "@fontsource/be-vietnam-pro/latin-600.css";
import "./tabler.scss";
import "./tokens.css";
import "./base.css";
import "./layout.css";
import htmx from "htmx.org";
import Alpine from "@alpinejs/csp";

import.meta.glob("../components/*/*.css", { eager: true });
const parts = import.meta.glob("../components/*/*.js", { eager: true });

// Django wants its token with every POST; the value stands in the page's <meta>.
document.addEventListener("htmx:config:request", (event) => {
  const token = document.querySelector('meta[name="csrf-token"]')?.content;
  if (token) event.detail.ctx.request.headers["X-CSRFToken"] = token;
});

window.htmx = htmx;
window.Alpine = Alpine;
for (const part of Object.values(parts)) part.register?.({ Alpine, htmx });
Alpine.start();
