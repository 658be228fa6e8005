// Leave fast: blank the page at once and put the weather in its place in the history, so that Back does not return.
for (const link of document.querySelectorAll("[data-leave]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    window.speechSynthesis?.cancel();
    document.documentElement.hidden = true;
    document.title = "Weather";
    location.replace(link.href);
  });
}
