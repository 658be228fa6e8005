// Lets this device show notices: asks the browser, and sends what it gives. The button shows only where that can work.
const button = document.querySelector("[data-push]");
const cannot = document.querySelector("[data-push-cannot]");
if (button && "PushManager" in window && navigator.serviceWorker) {
  button.hidden = false;
  cannot.hidden = true;
  button.addEventListener("click", async () => {
    try {
      const worker = await navigator.serviceWorker.register("/account/push-worker.js");
      const given = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: button.dataset.push });
      button.form.elements.subscription.value = JSON.stringify(given);
      button.form.submit();
    } catch {
      cannot.hidden = false;
    }
  });
}
