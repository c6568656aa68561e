// The messages of a channel: sending, pressing, and what arrives by itself.

const JSON_PLEASE = { Accept: "application/json" };
const RETRY = 15000;

export async function post(url, fields) {
  const response = await fetch(url, { method: "POST", body: new URLSearchParams(fields), headers: JSON_PLEASE });
  const told = await response.json().catch(() => null);
  if (!response.ok || !told) throw new Error(told?.problem || `The page answered ${response.status}.`);
  return told;
}

function elementOf(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html; // our own server's escaped markup, the same as in the page
  return holder.content.firstElementChild;
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export function startConversation(log) {
  const announcer = document.getElementById("announce");
  const openers = new Map(); // an answer's id -> the button that asked for it

  function announce(words) {
    announcer.textContent = "";
    // Emptied first and filled a moment later, so that the same words are read out again.
    setTimeout(() => { announcer.textContent = words; }, 60);
  }

  function nearEnd() {
    return document.documentElement.scrollHeight - window.scrollY - window.innerHeight < 200;
  }

  function show(message) {
    message.scrollIntoView({ behavior: calm() ? "instant" : "smooth", block: "start" });
  }

  function divide(message) {
    const shown = [...log.querySelectorAll(".day span")].at(-1)?.textContent;
    if (shown === message.dataset.day) return;
    const line = document.createElement("li");
    line.className = "day";
    line.append(Object.assign(document.createElement("span"), { textContent: message.dataset.day }));
    log.append(line);
  }

  // Keeps what the reader did to a message: an opened thread stays open, the focus stays where it was.
  function renew(old, fresh) {
    const opened = [...old.querySelectorAll("details")].map((each) => each.open);
    fresh.querySelectorAll("details").forEach((each, at) => { if (opened[at] !== undefined) each.open = opened[at]; });
    const controls = (message) => [...message.querySelectorAll("a, button, summary")];
    const at = controls(old).indexOf(document.activeElement);
    old.replaceWith(fresh);
    if (at >= 0) (controls(fresh)[at] || fresh).focus({ preventScroll: true });
  }

  function put(html, replaces = null) {
    const fresh = elementOf(html);
    const old = document.getElementById(replaces || fresh.id);
    document.getElementById("welcome")?.remove();
    if (old) {
      renew(old, fresh);
    } else {
      divide(fresh);
      fresh.classList.add("fresh");
      log.append(fresh);
    }
    return fresh;
  }

  function remove(id) {
    document.getElementById(id)?.remove();
  }

  // What the server says came of something this reader did.
  function answered(told) {
    if (told.remove) remove(told.remove);
    if (!told.html) return null;
    const message = put(told.html);
    announce(told.text);
    show(message);
    return message;
  }

  function failed(words) {
    const item = document.createElement("li");
    item.className = "message aside tone-problem";
    item.tabIndex = -1;
    const body = Object.assign(document.createElement("div"), { className: "body" });
    body.append(Object.assign(document.createElement("p"), { textContent: words }));
    item.append(body);
    log.append(item);
    announce(words);
    show(item);
  }

  // Attributes, not properties: form.action would be the form's first button named "action".
  async function press(form, button) {
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    const hadFocus = form.contains(document.activeElement);
    try {
      const fields = [...new FormData(form).entries(), [button.name, button.value]];
      const told = await post(button.getAttribute("formaction") || form.getAttribute("action"), fields);
      const message = answered(told);
      const own = form.closest(".message");
      if (message && message.id !== own?.id) openers.set(message.id, button);
      if (told.remove && !message) {
        // Dismissed: back to where one was reading.
        const opener = openers.get(told.remove);
        if (opener?.isConnected) {
          opener.focus({ preventScroll: true });
          // At once: a smooth one could be lost to the one that still brings the answer into view.
          opener.scrollIntoView({ behavior: "instant", block: "center" });
        } else document.getElementById("line").focus({ preventScroll: true });
        return;
      }
      if (hadFocus && !form.isConnected) (message || document.getElementById("line")).focus({ preventScroll: true });
      else if (message && message !== own) message.focus({ preventScroll: true });
    } catch (error) {
      failed(error instanceof TypeError ? "Lede cannot be reached. Is it still running?" : error.message);
    } finally {
      button.removeAttribute("aria-busy");
    }
  }

  log.addEventListener("submit", (event) => {
    event.preventDefault();
    press(event.target, event.submitter);
  });

  listen(log, (told) => {
    const follow = nearEnd();
    const known = document.getElementById(`m-${told.id}`);
    const message = put(told.html);
    if (!known) announce(`New: ${told.text}`);
    if (!known && follow) show(message);
  });

  start(log);
  return { answered, failed };
}

// A chat opens at its latest message, and at that message's beginning: a briefing is longer than a screen.
function start(log) {
  if (location.hash && document.getElementById(location.hash.slice(1))) return;
  const last = log.lastElementChild;
  // Not scrollIntoView: from there the first Tab would go on, past the link that skips to the content.
  if (!last) return;
  const top = last.getBoundingClientRect().top - parseFloat(getComputedStyle(last).scrollMarginTop);
  scrollBy({ top, behavior: "instant" });
}

// Only while the page is seen: a browser allows six connections to one server, and each open tab would hold one.
function listen(log, arrived) {
  const state = document.getElementById("live");
  let last = log.dataset.change;
  let source = null;
  let retry = 0;
  function tell(live) {
    state.hidden = false;
    state.classList.toggle("lost", !live);
    state.querySelector(".words").textContent = live ? "Live" : "Connecting …";
  }
  function close() {
    clearTimeout(retry);
    source?.close();
    source = null;
  }
  function open() {
    close();
    source = new EventSource(`/c/${encodeURIComponent(log.dataset.channel)}/events?after=${last}`);
    source.addEventListener("open", () => tell(true));
    source.addEventListener("message", (event) => {
      last = event.lastEventId;
      arrived(JSON.parse(event.data));
    });
    source.addEventListener("error", () => {
      tell(false);
      if (source?.readyState === EventSource.CLOSED) retry = setTimeout(open, RETRY);
    });
  }
  const follow = () => (document.visibilityState === "visible" ? open() : close());
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => { if (event.persisted) follow(); });
  follow();
}
