// Sends a safety report and says plainly when it did not go out. What was typed stays where it is, and nothing is called
// sent before the server has it. Without this script the form goes the ordinary way.
for (const form of document.querySelectorAll("form[data-safety]")) {
  const warning = form.querySelector("[data-not-sent]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button:not([type=button])");
    button.disabled = true;
    warning.hidden = true;
    const body = new URLSearchParams(new FormData(form));
    const limit = AbortSignal.timeout(10000);
    const answer = await fetch(form.action, { method: "POST", body, signal: limit }).catch(() => null);
    button.disabled = false;
    if (answer?.ok && answer.redirected) location.assign(answer.url);
    // Something is to be put right, or the session is over: the page that says so comes the ordinary way.
    else if (answer && answer.status < 500) form.submit();
    else {
      warning.hidden = false;
      warning.scrollIntoView({ block: "center" });
    }
  });
}
