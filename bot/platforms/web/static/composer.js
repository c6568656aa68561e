// The box to type in: a combobox (WAI-ARIA 1.2, list autocomplete) over the server's completions.

import { post } from "./conversation.js";

const PAUSE = 60; // ms after a key; a fast typist asks once a word, not once a letter

export function startComposer(form, conversation) {
  const line = form.querySelector("#line");
  const list = form.querySelector("#completions");
  const slash = form.querySelector("#slash");
  const channel = document.getElementById("log").dataset.channel;
  let items = [];
  let active = -1;
  let asked = 0;
  let shownFor = null; // the line that the open list completes
  let timer = 0;
  let meant = new Map(); // label in the line -> value it stands for
  const past = [];
  let recalled = -1;

  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, "aria-haspopup": "listbox",
  })) line.setAttribute(name, value);
  slash.hidden = false;

  function close() {
    clearTimeout(timer);
    asked += 1;
    items = [];
    active = -1;
    shownFor = null;
    list.hidden = true;
    list.replaceChildren();
    line.setAttribute("aria-expanded", "false");
    line.removeAttribute("aria-activedescendant");
  }

  function activate(at) {
    active = at;
    [...list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === at)));
    if (at < 0) {
      line.removeAttribute("aria-activedescendant");
      return;
    }
    line.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  }

  function rowOf(item, at) {
    const row = Object.assign(document.createElement("li"), { id: `completion-${at}` });
    row.setAttribute("role", "option");
    const what = Object.assign(document.createElement("span"), { className: "what" });
    what.append(item.label);
    if (item.rest) what.append(" ", Object.assign(document.createElement("span"), { className: "rest", textContent: item.rest }));
    row.append(what);
    if (item.hint) row.append(" ", Object.assign(document.createElement("span"), { className: "hint", textContent: item.hint }));
    // Not click: the box must keep the focus, or a phone's keyboard closes.
    row.addEventListener("mousedown", (event) => { event.preventDefault(); });
    row.addEventListener("click", () => take(at));
    return row;
  }

  function open(found, text) {
    const chosen = items[active]?.text; // a late answer must not undo what the arrows chose meanwhile
    items = found.items;
    if (!items.length) {
      close();
      shownFor = text;
      return;
    }
    shownFor = text;
    list.replaceChildren(...items.map(rowOf));
    list.hidden = false;
    list.scrollTop = 0;
    line.setAttribute("aria-expanded", "true");
    const kept = items.findIndex((item) => item.text === chosen);
    activate(kept < 0 && found.eager ? 0 : kept);
  }

  async function ask() {
    const mine = ++asked;
    const text = line.value;
    if (!text.startsWith("/")) {
      close();
      return;
    }
    const query = new URLSearchParams({ text });
    try {
      const response = await fetch(`/c/${encodeURIComponent(channel)}/complete?${query}`, { headers: { Accept: "application/json" } });
      const found = await response.json();
      if (mine === asked && response.ok && document.activeElement === line) open(found, text);
    } catch {
      if (mine === asked) close();
    }
  }

  function take(at) {
    const item = items[at];
    line.value = item.text;
    if (item.value && item.value !== item.label) meant.set(item.label, item.value);
    close();
    line.focus({ preventScroll: true });
    line.setSelectionRange(line.value.length, line.value.length);
    if (item.more) ask();
  }

  async function send() {
    const text = line.value.trim();
    if (!text || form.getAttribute("aria-busy") === "true") return;
    const fields = [["text", text]];
    for (const [label, value] of meant) {
      if (text.includes(label)) fields.push(["label", label], ["value", value]);
    }
    close();
    form.setAttribute("aria-busy", "true");
    try {
      conversation.answered(await post(form.action, fields));
      past.push(text);
      recalled = -1;
      line.value = "";
      meant = new Map();
    } catch (error) {
      conversation.failed(error instanceof TypeError ? "Lede cannot be reached. Is it still running?" : error.message);
    } finally {
      form.removeAttribute("aria-busy");
      line.focus({ preventScroll: true });
    }
  }

  // With nothing to choose from, the arrows bring back what was asked before, as in any chat.
  function recall(step) {
    const next = recalled < 0 ? past.length + step : recalled + step;
    if (next < 0 || (recalled < 0 && step > 0)) return false;
    recalled = next < past.length ? next : -1;
    line.value = recalled < 0 ? "" : past[recalled];
    return true;
  }

  function step(by) {
    if (!items.length) return (!line.value || recalled >= 0) && past.length > 0 && recall(by);
    const count = items.length;
    activate(active < 0 ? (by > 0 ? 0 : count - 1) : (active + by + count) % count);
    return true;
  }

  // A fast typist presses Enter before the list has caught up: what it shows then is for an earlier line.
  async function settled() {
    clearTimeout(timer);
    if (line.value.startsWith("/") && shownFor !== line.value) await ask();
  }

  async function enter() {
    await settled();
    if (active >= 0) take(active);
    else send();
  }

  async function tab() {
    await settled();
    if (items.length) take(Math.max(active, 0));
  }

  const keys = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Tab: (event) => !event.shiftKey && items.length > 0 && (tab(), true),
    Enter: () => (enter(), true),
    Escape: () => items.length > 0 && (close(), true),
  };

  line.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // Enter belongs to the input method
    if (keys[event.key]?.(event)) event.preventDefault();
  });
  line.addEventListener("input", () => {
    recalled = -1;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  line.addEventListener("focus", () => { if (line.value.startsWith("/") && !line.value.includes(" ")) ask(); });
  line.addEventListener("blur", close);
  slash.addEventListener("mousedown", (event) => event.preventDefault());
  slash.addEventListener("click", () => {
    if (!line.value.startsWith("/")) line.value = "/";
    line.focus({ preventScroll: true });
    ask();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    line.focus({ preventScroll: true });
    if (!line.value) line.value = "/";
    ask();
  });
  document.querySelector("#welcome form")?.addEventListener("submit", (event) => {
    event.preventDefault();
    line.value = event.submitter.value;
    send();
  });
}
