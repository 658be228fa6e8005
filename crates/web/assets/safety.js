// Sends a safety report from its page. When it does not go out, the page says so and whom to call, and the words wait in
// the drawer. Without this script the form goes the ordinary way.
import { put } from "./drawer.js";
import { seat, send, warn } from "./unsent.js";
const form = document.querySelector("form[data-safety]");
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button:not([type=button])");
  button.disabled = true;
  const body = new URLSearchParams(new FormData(form)).toString();
  const { sent, status } = await send(form.elements.command.value, body);
  if (sent) return;
  button.disabled = false;
  // Something is to be put right, or the session is over: the page that says so comes the ordinary way.
  if (status < 500) return form.submit();
  warn();
  await put(seat, form.elements.command.value, body).then(() => warn(true), () => null);
});
