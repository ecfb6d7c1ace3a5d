// What a person has opened or closed on a board stays so when the board refreshes itself.
export function register({ htmx }) {
  htmx.config.morphIgnore = [...(htmx.config.morphIgnore ?? []), "open"];
}
