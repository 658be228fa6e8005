// Counts down to the next call by itself, so that the page shows whom to call next even when the server is gone. The list
// holds the server's time of when it was made; what this device thinks the time is does not matter.
const since = new WeakMap();
const tick = () => {
  for (const list of document.querySelectorAll("[data-ahead]")) {
    if (!since.has(list)) since.set(list, performance.now());
    const now = Number(list.dataset.ahead) + performance.now() - since.get(list);
    for (const step of list.children) {
      const left = Math.ceil((Number(step.dataset.at) - now) / 1000);
      step.classList.toggle("now", left <= 0);
      step.classList.toggle("wait", left > 0);
      const minutes = Math.floor(left / 60);
      const said = left > 0 ? `${minutes}:${String(left % 60).padStart(2, "0")}` : list.dataset.due;
      const place = step.querySelector("[data-left]");
      if (place.textContent !== said) place.textContent = said;
    }
  }
};
setInterval(tick, 1000);
tick();
