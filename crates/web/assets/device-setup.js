// Sets this phone up to work without signal, and takes everything off it again.
import { make, phone } from "./pocket.js";
import { wipe } from "./lock.js";
import { store } from "./store.js";
const form = document.querySelector("form[data-setup]"), off = document.querySelector("form[data-off]");
const one = await phone();
if (navigator.serviceWorker) form.hidden = !!one?.lock;
document.querySelector("[data-ready]").hidden = !one?.lock;
off.hidden = !one;
off.action = `/device/${one?.id}/end`;
const waits = async () => one && (await store("waiting", "getAll")).some(({ out }) => out);
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { pin, again } = form.elements, say = (name) => form.querySelectorAll("[data-say]").forEach((part) => (part.hidden = part.dataset.say !== name));
  if (!/^\d{6,12}$/.test(pin.value) || /^(\d)\1*$/.test(pin.value) || "01234567890987654321".includes(pin.value)) return say("weak");
  if (pin.value !== again.value) return say("differ");
  if (one && one.seat !== form.dataset.setup && (await waits())) return say("others");
  const answer = await fetch("/device", { method: "POST", headers: { accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) return say("failed");
  await wipe();
  await make(pin.value, await answer.json());
  await navigator.serviceWorker.register("/device-worker.js");
  navigator.storage?.persist?.();
  location.reload();
});
off.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (await waits()) return (off.querySelector("[data-waits]").hidden = false);
  await wipe();
  await store("keys", "delete", "phone");
  off.submit();
});
