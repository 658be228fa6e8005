// Shows likely duplicates while a name is typed: the fields of a form with data-duplicates="/address" that say
// data-compare are sent there after a pause, in a body and never in an address, and the piece of page that comes back
// goes into [data-found]. It only tells; nothing is ever blocked.
for (const form of document.querySelectorAll("form[data-duplicates]")) {
  const found = form.querySelector("[data-found]");
  let timer, asked = 0;
  const ask = async () => {
    const body = new URLSearchParams();
    for (const field of form.querySelectorAll("[data-compare]")) body.append(field.name, field.value);
    const mine = ++asked;
    const answer = await fetch(form.dataset.duplicates, { method: "POST", body, headers: { accept: "text/html" } }).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    found.replaceChildren(...(page.querySelector("[data-found]") ?? page.body).childNodes);
  };
  form.addEventListener("input", (event) => {
    if (!event.target.matches("[data-compare]")) return;
    clearTimeout(timer);
    timer = setTimeout(ask, 600);
  });
}
