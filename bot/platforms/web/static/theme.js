// Changes the colours at once and lets the server remember them.

export function startTheme() {
  const form = document.querySelector("form.theme");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const chosen = event.submitter.value;
    if (chosen === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
    for (const button of form.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === chosen));
    }
    const shown = [...form.querySelectorAll("button")].find((button) => button.offsetParent);
    if (!event.submitter.offsetParent) shown?.focus();
    const body = new URLSearchParams({ theme: chosen });
    await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => {});
  });
}
