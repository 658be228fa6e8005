// Help with words: the boxes that a form names in data-words are sent to the server after a pause, in a body and never in
// an address, and the lines that come back stand below the box. Nothing is kept here, and nothing is said without a line.
for (const form of document.querySelectorAll("form[data-words]")) {
  const { words, kept = "", person = "", plain = "", note = "" } = form.dataset, spared = new Set(kept.split(" "));
  for (const field of words.split(" ").map((name) => form.elements[name]).filter(Boolean)) {
    const said = document.createElement("div");
    said.setAttribute("role", "status");
    field.after(said);
    let timer, asked = 0;
    const post = (to, what) => fetch(to, { method: "POST", body: new URLSearchParams(what), headers: { accept: "application/json" } }).catch(() => null);
    const ask = async () => {
      const mine = ++asked, text = field.value;
      const answer = text.trim() && (await post("/words", { text, plain, note, kept: [...spared].join(" "), keep: person && "yes" }));
      if (mine !== asked || (answer && !answer.ok)) return;
      const page = new DOMParser().parseFromString(answer ? await answer.text() : "", "text/html");
      // What is there already is not read out again.
      if (page.body.innerHTML !== said.innerHTML) said.replaceChildren(...page.body.childNodes);
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(ask, 900);
    };
    field.addEventListener("input", later);
    said.addEventListener("click", ({ target }) => {
      const { use, start, end, keep, term } = target.closest("button")?.dataset ?? {};
      if (use !== undefined) {
        field.setRangeText(use, +start, +end, "end");
        field.dispatchEvent(new Event("input", { bubbles: true }));
      } else if (keep) {
        spared.add(term);
        if (person) post(`/people/${person}/words`, { term, why: keep });
      } else return;
      said.replaceChildren();
      field.focus();
      ask();
    });
    if (field.value) ask();
  }
}
