// Makes a page live: parts that the node tells anew are put in place of the old without losing focus, scroll position or open details.
// Everything else works without scripts.
"use strict";

(() => {
  document.documentElement.classList.add("scripted");

  const silentAfter = 40_000;
  const retryAfter = 3_000;
  const hiddenAfter = 10_000;
  const units = [["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1]];
  const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

  // Times: in the page as UTC, told as how long ago.

  function ago(date, now) {
    const seconds = (date - now) / 1000;
    const [unit, length] = units.find(([, size]) => Math.abs(seconds) >= size) ?? units[units.length - 1];
    return relative.format(Math.trunc(seconds / length), unit);
  }

  function tellTimes(root) {
    const now = Date.now();
    for (const time of root.querySelectorAll("time[datetime]")) {
      const words = ago(new Date(time.getAttribute("datetime")), now);
      if (time.textContent !== words) {
        time.textContent = words;
      }
    }
  }

  // Parts: what is there becomes what should be, node by node, so that what stays the same stays itself.

  function isLike(old, next) {
    return old.nodeType === next.nodeType && old.nodeName === next.nodeName && (old.id ?? "") === (next.id ?? "");
  }

  function become(old, next) {
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.nodeValue !== next.nodeValue) {
        old.nodeValue = next.nodeValue;
      }
      return;
    }
    for (const { name } of [...old.attributes]) {
      // Whoever looks has opened it.
      if (!next.hasAttribute(name) && !(name === "open" && old.nodeName === "DETAILS")) {
        old.removeAttribute(name);
      }
    }
    for (const { name, value } of next.attributes) {
      if (old.getAttribute(name) !== value) {
        old.setAttribute(name, value);
      }
    }
    becomeChildren(old, next);
  }

  function becomeChildren(old, next) {
    const named = new Map([...old.children].filter((child) => child.id).map((child) => [child.id, child]));
    let at = old.firstChild;
    for (const wanted of [...next.childNodes]) {
      const match = wanted.id ? named.get(wanted.id) : at && isLike(at, wanted) ? at : null;
      if (match && match.nodeName === wanted.nodeName) {
        if (match === at) {
          at = at.nextSibling;
        } else {
          old.insertBefore(match, at);
        }
        become(match, wanted);
      } else {
        old.insertBefore(wanted, at);
      }
    }
    while (at) {
      const gone = at;
      at = at.nextSibling;
      gone.remove();
    }
  }

  function show(part, html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    tellTimes(template.content);
    const focused = document.activeElement;
    becomeChildren(part, template.content);
    // A row that moved takes its focus along.
    if (focused !== document.activeElement && focused?.id) {
      document.getElementById(focused.id)?.focus({ preventScroll: true });
    }
  }

  // Events.

  const address = document.body.dataset.live;
  const connection = document.getElementById("connection");
  let source = null;
  let heard = Date.now();
  let retry = 0;
  let hide = 0;

  function say(sentence, link) {
    connection.hidden = !sentence;
    connection.textContent = sentence ?? "";
    if (link) {
      const anchor = document.createElement("a");
      anchor.href = link;
      anchor.textContent = "Log in";
      connection.append(" ", anchor, ".");
    }
  }

  function hear() {
    heard = Date.now();
    say(null);
  }

  function told(name, data) {
    hear();
    const part = document.querySelector(`[data-part="${name}"]`);
    if (part && "fetch" in part.dataset) {
      fetchPart(part, data);
    } else if (part && !("raw" in part.dataset)) {
      show(part, data);
    }
    document.dispatchEvent(new CustomEvent("told", { detail: { name, data } }));
  }

  // Large parts are told by their version alone and fetched by whoever shows them; the newest wins.
  async function fetchPart(part, version) {
    if (part.dataset.version === version) {
      return;
    }
    part.dataset.version = version;
    try {
      const answer = await fetch(part.dataset.fetch, { headers: { Accept: "text/html" } });
      const html = await answer.text();
      if (answer.ok && !answer.redirected && part.dataset.version === version) {
        show(part, html);
      }
    } catch {
      part.dataset.version = "";
    }
  }

  async function lose() {
    const time = new Date(heard).toLocaleTimeString();
    say(`No connection to this node since ${time}; numbers are of then. The page goes on by itself.`);
    if (source?.readyState !== EventSource.CLOSED) {
      return;
    }
    // The browser has given up: the node refused, or somebody between answers for it.
    source = null;
    clearTimeout(retry);
    retry = setTimeout(open, retryAfter);
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "manual" });
      if (answer.type === "opaqueredirect") {
        say("Your session is over.", `/login?next=${encodeURIComponent(location.pathname + location.search)}`);
        clearTimeout(retry);
      }
    } catch {
      // Nobody there: it is tried again.
    }
  }

  function open() {
    clearTimeout(retry);
    source?.close();
    source = new EventSource(address);
    source.addEventListener("open", hear);
    source.addEventListener("beat", hear);
    source.addEventListener("error", lose);
    for (const part of document.querySelectorAll("[data-part]")) {
      const name = part.dataset.part;
      source.addEventListener(name, (event) => told(name, event.data));
    }
  }

  function watch() {
    if (source && Date.now() - heard > silentAfter) {
      lose();
      open();
    }
    tellTimes(document);
  }

  // A page that nobody sees gives its connection back: browsers open only six to one node.
  function turn() {
    clearTimeout(hide);
    if (document.hidden) {
      hide = setTimeout(() => {
        source?.close();
        source = null;
      }, hiddenAfter);
    } else if (!source) {
      open();
    }
  }

  tellTimes(document);
  setInterval(watch, 5_000);
  if (address) {
    open();
    document.addEventListener("visibilitychange", turn);
    addEventListener("pagehide", () => source?.close());
    addEventListener("pageshow", (event) => event.persisted && open());
  }

  // A choice in a list of filters takes effect at once; the button remains for whoever has no script.
  for (const form of document.querySelectorAll("form.filters")) {
    form.addEventListener("change", (event) => event.target.matches("select") && form.requestSubmit());
  }
})();
