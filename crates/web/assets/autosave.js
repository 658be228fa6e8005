// Saves a draft while somebody writes: a form with data-autosave="/address" is sent there two seconds after the last
// change. The answer may hold {"version": "…"}, which goes into the field of that name, or be 409 when the draft was
// changed on another device. Nothing is kept in the browser: a phone is lent.
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const said = form.querySelector("[data-saved]");
  const say = (what) => said && said.textContent !== said.dataset[what] && (said.textContent = said.dataset[what]);
  let changed = false, sending = false, stopped = false, pressed, timer;
  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };
  const save = async () => {
    if (!changed || stopped) return;
    if (sending) return later(500);
    changed = false;
    sending = true;
    say("saving");
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.dataset.autosave, { method: "POST", body, headers: { accept: "application/json" }, keepalive: body.toString().length < 60000 }).catch(() => null);
    const { version } = (answer?.ok && (await answer.json().catch(() => null))) || {};
    sending = false;
    if (version && form.elements.version) form.elements.version.value = version;
    if (pressed !== undefined) return form.requestSubmit(pressed);
    if (answer?.status === 409) {
      stopped = true;
      return say("clash");
    }
    if (!answer?.ok) {
      changed = true;
      say("unsaved");
      return later(8000);
    }
    if (!changed) say("saved");
  };
  const touch = () => {
    changed = true;
    later(2000);
  };
  form.addEventListener("input", touch);
  form.addEventListener("change", touch);
  form.addEventListener("submit", (event) => {
    // What is on its way comes first: otherwise the button would clash with it.
    if (sending) {
      event.preventDefault();
      return (pressed = event.submitter);
    }
    stopped = true;
    changed = false;
  });
  document.addEventListener("visibilitychange", () => document.hidden && save());
  addEventListener("online", () => later(0));
  addEventListener("beforeunload", (event) => changed && !stopped && event.preventDefault());
}
