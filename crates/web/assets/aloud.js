// Reads a person's page aloud, by a voice that lives on this device: some browsers send what they read to a company's
// voice, and these are somebody's own words. Without such a voice there is no button.
const speech = window.speechSynthesis;
const place = document.querySelector("[data-aloud]");
const button = place?.querySelector("button");
const lang = document.documentElement.lang;
const voice = () => speech.getVoices().find((one) => one.localService && one.lang.toLowerCase().startsWith(lang));
let reading = false;

// What is read: headings, questions, sentences and what was written, in the order of the page, each once.
function* sentences() {
  const wanted = "h1, h2, h3, legend, label, dt, dd, p, li, .hint, textarea, input.voice";
  for (const one of document.querySelectorAll(`main :is(${wanted})`)) {
    if (one.closest(".no-print, nav, [hidden], [aria-hidden], [data-aloud]") || !one.checkVisibility?.()) continue;
    const inner = one.matches("textarea, input") ? null : one.querySelector(wanted);
    const words = one.matches("textarea, input") ? one.value : inner ? own(one) : one.innerText;
    if (words.trim()) yield words;
  }
}

const own = (one) => [...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join(" ");

function say(to) {
  reading = to;
  button.querySelector("[data-start]").hidden = reading;
  button.querySelector("[data-stop]").hidden = !reading;
}

function start() {
  speech.cancel();
  say(true);
  let last;
  for (const words of sentences()) {
    last = new SpeechSynthesisUtterance(words);
    last.lang = lang;
    last.voice = voice();
    speech.speak(last);
  }
  if (last) last.onend = last.onerror = () => say(false);
  else say(false);
}

function stop() {
  say(false);
  speech.cancel();
}

if (speech && button) {
  const look = () => (place.hidden = !voice());
  speech.addEventListener?.("voiceschanged", look);
  look();
  button.addEventListener("click", () => (reading ? stop() : start()));
  // Whoever leaves, leaves in silence.
  addEventListener("pagehide", () => speech.cancel());
}
