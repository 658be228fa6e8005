// The lock on what a phone keeps: five wrong PINs close it, and so does being away for too long.
import { keepPhone, phone, unwrap } from "./pocket.js";
import { store } from "./store.js";
const TRIES = 5;
// What can be read goes. What was written stays, and from now on only the server can read it.
export const wipe = async (close) => {
  await store("copies", "clear");
  const one = await phone();
  if (!one) return;
  if (close) delete one.lock;
  await keepPhone({ ...one, filled: 0 });
  if (close) for (const { shown, ...rest } of await store("waiting", "getAll")) await store("waiting", "put", rest, rest.id);
};
// The other half of the phone's key, or how many tries are left.
export const unlock = (pin) => navigator.locks.request("pin", async () => {
  const one = await phone();
  if (!one?.lock) return { left: 0 };
  // Counted before it is tried: closing the browser gives no try back.
  await keepPhone({ ...one, tries: one.tries + 1 });
  const mine = await unwrap(one, pin);
  if (mine) await keepPhone({ ...one, tries: 0 });
  else if (one.tries + 1 >= TRIES) await wipe(true);
  return { mine, left: TRIES - one.tries - 1 };
});
// Copies are thrown away when nothing was heard for the days that the programme allows, or the clock went back.
export const expire = async () => {
  const one = await phone(), age = Date.now() - one?.filled;
  if (one?.filled && (age > one.days * 864e5 || age < -864e5)) await wipe();
};
