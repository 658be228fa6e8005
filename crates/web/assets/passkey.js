// Makes a passkey, or shows one: asks the device, and sends what it answers. The buttons show only at the address that passkeys answer to.
const cannot = document.querySelector("[data-passkey-cannot]");
for (const button of document.querySelectorAll("[data-passkey]")) {
  if (location.hostname === button.dataset.passkey) {
    button.form.hidden = false;
    cannot.hidden = true;
    button.addEventListener("click", async () => {
      try {
        const [question, given] = button.form.querySelectorAll("[data-fill]");
        let { asked } = button.dataset;
        const [does, kind] = asked ? ["create", "Creation"] : ["get", "Request"];
        if (!asked) {
          const answer = await fetch("/sign-in/passkey/question", { method: "POST" });
          [question.value, asked] = await answer.json();
        }
        const publicKey = PublicKeyCredential[`parse${kind}OptionsFromJSON`](JSON.parse(asked));
        given.value = JSON.stringify(await navigator.credentials[does]({ publicKey }));
        button.form.submit();
      } catch {
        cannot.hidden = false;
      }
    });
  }
}
