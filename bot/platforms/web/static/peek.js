// Shows how a cited sentence begins beside its number, instead of on a page of its own.

export function startPeeking() {
  let open = null;
  function close(refocus) {
    if (!open) return;
    open.panel.remove();
    open.link.removeAttribute("aria-expanded");
    if (refocus) open.link.focus();
    open = null;
  }
  async function show(link) {
    let words = "";
    try {
      const response = await fetch(link.href, { headers: { Accept: "application/json" } });
      const told = await response.json();
      words = told.words || told.problem;
    } catch {
      words = "Lede cannot be reached. Is it still running?";
    }
    close(false);
    const panel = Object.assign(document.createElement("div"), { className: "peek", textContent: words, dir: "auto" });
    panel.setAttribute("role", "status");
    const at = link.getBoundingClientRect();
    document.body.append(panel);
    const width = panel.offsetWidth;
    panel.style.insetInlineStart = `${Math.max(16, Math.min(at.left, innerWidth - width - 16))}px`;
    panel.style.insetBlockStart = `${at.bottom + scrollY + 6}px`;
    link.setAttribute("aria-expanded", "true");
    open = { panel, link };
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.cite");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) {
      if (!event.target.closest(".peek")) close(false);
      return;
    }
    event.preventDefault();
    if (open?.link === link) close(true);
    else show(link);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(true); });
}
