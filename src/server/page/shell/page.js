// What the page does with a script: results update as you type, links and forms change what is
// shown without a reload, arrows move through the hits, a click copies, and this browser keeps
// the codes and questions of before.
// Every address that it asks for is one that the page has without a script too.

const form = document.getElementById("ask");
const box = form.elements.q;
const day = form.elements.as_of;
const said = document.getElementById("said");
/** Where the page lies; a proxy may offer it under a path of its own. */
const HOME = document.documentElement.dataset.home;
const LIST = "hcpcs-list";
const OPENED = "hcpcs-opened";

document.documentElement.classList.add("scripted");

// ---------------------------------------------------------------- what is asked

/** The URL of a form's content, without blank fields and today's day. */
function addressOf(form) {
  const pairs = [...new FormData(form)].filter(([name, value]) => {
    const isToday = form.contains(day) && name === "as_of" && value === day.dataset.today;
    return value.trim() !== "" && !isToday;
  });
  const query = new URLSearchParams(pairs.map(([name, value]) => [name, value.trim()]));
  return new URL(query.size ? `?${query}` : form.action, new URL(form.action)).href;
}

// ---------------------------------------------------------------- what is shown

let newest = 0;
let pending = null;
/** What the address will be once typing rests. */
let resting = null;
let shown = location.href;

/**
 * Shows the answer at an address. Of several that are asked for, only the newest is ever shown.
 * `record` says how the history has it: "push", "type" (one entry a run of keys) or nothing.
 */
async function show(address, record, { top = false } = {}) {
  const fresh = await ask(address);
  if (!fresh) return;
  shown = address;
  note(address, record);
  swap(fresh);
  if (record !== "type") {
    if (document.activeElement !== box) box.value = fresh.getElementById("q")?.value ?? "";
    if (top) scrollTo(0, 0);
  }
}

/** Shows the result of lines or a file, next to their form. */
async function post(form, button) {
  const fresh = await ask(form.action, { method: "POST", body: new FormData(form, button) });
  if (!fresh) return;
  replace("verdicts", fresh);
  say(document.getElementById("summary")?.textContent ?? "");
}

/** Shows what comes of a form that calculates or filters as it is typed into. */
async function live(form) {
  const address = new URL(shown, location.href);
  for (const [name, value] of new FormData(form)) {
    if (value.trim()) address.searchParams.set(name, value.trim());
    else address.searchParams.delete(name);
  }
  const fresh = await ask(address.href);
  if (!fresh) return;
  shown = address.href;
  replace(form.dataset.live, fresh);
  note(shown, "type");
}

/** The page at an address; nothing where another was asked for since. */
async function ask(address, how = {}) {
  pending?.abort();
  const turn = ++newest;
  const own = (pending = new AbortController());
  const slow = setTimeout(() => document.body.classList.add("waiting"), 300);
  let fresh;
  try {
    const response = await fetch(address, { ...how, signal: own.signal, headers: { accept: "text/html" } });
    const text = await response.text();
    if (turn !== newest) return;
    fresh = new DOMParser().parseFromString(text, "text/html");
  } catch (error) {
    if (turn === newest && error.name !== "AbortError") {
      document.body.classList.add("lost");
      say("The server does not answer.");
    }
    return;
  } finally {
    clearTimeout(slow);
    if (turn === newest) document.body.classList.remove("waiting");
  }
  document.body.classList.remove("lost");
  if (isSame(fresh)) return fresh;
  location.assign(address);
}

/** Whether a page came from the program that this one came from. */
function isSame(fresh) {
  const script = (page) => page.querySelector("script[src]")?.getAttribute("src");
  return script(fresh) === script(document);
}

/** Replaces the results: the answer at once, the facets next to it in the next frame. */
function swap(fresh) {
  document.title = fresh.title;
  const isSearch = part(document, "answer") && part(fresh, "answer");
  for (const name of ["ways", "foot", isSearch ? "answer" : "main"]) replace(name, fresh);
  const address = shown;
  const facets = () => {
    if (isSearch && shown === address) replace("side", fresh);
  };
  requestAnimationFrame(() => setTimeout(facets));
  const freshDay = fresh.getElementById("as_of");
  if (freshDay) {
    day.dataset.today = freshDay.dataset.today;
    if (document.activeElement !== day) day.value = freshDay.value;
  }
  arrive();
  say(document.getElementById("summary")?.textContent ?? "", 700);
}

function part(page, name) {
  return page.querySelector(`[data-part="${name}"]`);
}

/** Replaces a part by the new one; what was open stays open, and the focus where it was. */
function replace(name, fresh) {
  const [old, next] = [part(document, name), part(fresh, name)];
  if (!old || !next || old.isEqualNode(next)) return;
  const active = old.contains(document.activeElement) ? document.activeElement : null;
  const key = active?.closest("[data-key]")?.dataset.key;
  const place = active?.selectionStart ?? null;
  for (const { id } of old.querySelectorAll("details[open][id]")) {
    next.querySelector(`#${CSS.escape(id)}`)?.setAttribute("open", "");
  }
  old.replaceWith(document.adoptNode(next));
  const again = key && document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!again) return;
  again.focus({ preventScroll: true });
  if (place !== null) again.selectionStart = again.selectionEnd = place;
}

let saying;
function say(text, later = 0) {
  clearTimeout(saying);
  saying = setTimeout(() => (said.textContent = text), later);
}

// ---------------------------------------------------------------- the address

function note(address, record) {
  settle.cancel();
  if (record === "push") history.pushState({}, "", address);
  else if (record === "type" && !history.state?.typed) {
    history.pushState({ typed: true }, "", address);
  } else if (record === "type") {
    // Browsers allow only so many changes of the address in a while.
    resting = { address, timer: setTimeout(settle, 150) };
  }
}

/** Writes the address of what is shown. */
function settle() {
  if (resting) history.replaceState({ typed: true }, "", resting.address);
  settle.cancel();
}
settle.cancel = () => {
  clearTimeout(resting?.timer);
  resting = null;
};

addEventListener("popstate", () => {
  settle.cancel();
  show(location.href);
  box.blur();
});
addEventListener("pagehide", settle);

/** Remembers the list, and on a record shows the way back to it. */
function arrive() {
  const record = document.querySelector("[data-record]");
  const back = document.getElementById("back");
  if (record && back) {
    const list = sessionStorage.getItem(LIST);
    if (list) {
      back.href = list;
      back.hidden = false;
    }
  }
  if (record) keep(RECENT, record.dataset.record, record.querySelector("h1 .long").textContent);
  pinned();
  mine();
  if (matchMedia("(min-width: 60rem)").matches) document.getElementById("filters")?.setAttribute("open", "");
}

// ---------------------------------------------------------------- kept in this browser only

const RECENT = "hcpcs-recent";
const PINNED = "hcpcs-pinned";
const ASKED = "hcpcs-asked";
/** How many of each are kept. */
const MOST_KEPT = { [RECENT]: 12, [PINNED]: 60, [ASKED]: 12 };
const TITLES = { [PINNED]: "Pinned codes", [RECENT]: "Recent codes", [ASKED]: "Earlier questions" };

/** What is kept under a name, the newest first: pairs of a code or a question and its text. */
function kept(name) {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? [];
  } catch {
    return []; // no storage, or not ours
  }
}

function store(name, pairs) {
  try {
    localStorage.setItem(name, JSON.stringify(pairs.slice(0, MOST_KEPT[name])));
  } catch {
    say("This browser keeps nothing.");
  }
}

function keep(name, key, text) {
  store(name, [[key, text], ...kept(name).filter(([own]) => own !== key)]);
}

/** Pins the code of a record, or takes the pin away. */
function toggle(button) {
  const code = button.dataset.pin;
  const pins = kept(PINNED);
  const without = pins.filter(([own]) => own !== code);
  if (without.length < pins.length) store(PINNED, without);
  else keep(PINNED, code, document.querySelector("h1 .long").textContent);
  pinned();
}

function pinned() {
  const button = document.querySelector("[data-pin]");
  if (!button) return;
  const isPinned = kept(PINNED).some(([own]) => own === button.dataset.pin);
  button.setAttribute("aria-pressed", isPinned);
  button.textContent = isPinned ? "Unpin" : "Pin";
}

function forget() {
  for (const name of Object.keys(TITLES)) localStorage.removeItem(name);
  mine();
  say("Cleared");
}

/** Lists on the start page what this browser keeps. */
function mine() {
  const place = document.getElementById("mine");
  if (!place) return;
  const lists = Object.keys(TITLES).map((name) => [name, kept(name)]);
  const parts = lists.filter(([, pairs]) => pairs.length > 0).map(([name, pairs]) => {
    const part = document.createElement("section");
    const title = document.createElement("h2");
    title.textContent = TITLES[name];
    const list = document.createElement("ul");
    for (const [key, text] of pairs) {
      const link = document.createElement("a");
      link.href = name === ASKED ? key : `${HOME}codes/${encodeURIComponent(key)}`;
      link.textContent = name === ASKED ? text : key;
      const item = document.createElement("li");
      item.append(link, name === ASKED ? "" : ` ${text}`);
      list.append(item);
    }
    part.append(title, list);
    return part;
  });
  place.hidden = parts.length === 0;
  const clear = document.createElement("button");
  Object.assign(clear, { type: "button", className: "copy", textContent: "Clear all, kept in this browser only" });
  clear.dataset.forget = "";
  place.replaceChildren(...parts, clear);
}

// ---------------------------------------------------------------- keys, clicks

box.addEventListener("input", () => show(addressOf(form), "type"));
day.addEventListener("change", () => {
  const check = document.querySelector("[data-drop]");
  if (check) {
    // What was pasted stays; only its day is another.
    check.elements.as_of.value = day.value || day.dataset.today;
    return;
  }
  const here = new URL(location.href);
  if (here.pathname === HOME) return show(addressOf(form), "push");
  const isToday = day.value === "" || day.value === day.dataset.today;
  if (isToday) here.searchParams.delete("as_of");
  else here.searchParams.set("as_of", day.value);
  return show(here.href, "push");
});

// Enter: a whole code opens; of words the first hit is gone to, which a second Enter opens.
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const address = addressOf(form);
  if (shown !== address) await show(address, "type");
  settle();
  const [first] = hits();
  if (first?.dataset.code === box.value.trim().toUpperCase()) open(first);
  else first?.focus();
});

addEventListener("submit", (event) => {
  if (event.target.matches("form[data-live]")) {
    event.preventDefault();
    live(event.target);
    return;
  }
  // A file to take along is the browser's own work.
  if (event.target.matches("form[data-post]") && event.submitter?.name !== "download") {
    event.preventDefault();
    post(event.target, event.submitter);
    return;
  }
  const other = event.target.closest("form[data-swap]");
  if (!other || event.defaultPrevented) return;
  event.preventDefault();
  show(addressOf(other), "push");
});
addEventListener("change", (event) => {
  if (event.target.matches("[data-post] [type=file]") && event.target.files.length > 0) {
    event.target.form.requestSubmit();
    return;
  }
  const other = event.target.closest("form[data-swap]");
  if (other) show(addressOf(other), "push");
});

// A file that is dropped anywhere on the page is checked; lines that are typed take its place.
addEventListener("dragover", (event) => {
  if (dropped(event)) event.preventDefault();
});
addEventListener("drop", (event) => {
  const form = dropped(event);
  if (!form) return;
  event.preventDefault();
  form.elements.file.files = event.dataTransfer.files;
  form.requestSubmit();
});
addEventListener("input", (event) => {
  const form = event.target.closest("form[data-live]");
  if (form) live(form);
  if (event.target.matches("[data-drop] textarea")) event.target.form.elements.file.value = "";
});

/** The form that takes what is dropped, where it is a file. */
function dropped(event) {
  return event.dataTransfer?.types.includes("Files") ? document.querySelector("[data-drop]") : null;
}

addEventListener("click", (event) => {
  const copied = event.target.closest("[data-copy]");
  if (copied) return copy(copied);
  if (event.target.closest("[data-print]")) return print();
  const pin = event.target.closest("[data-pin]");
  if (pin) return toggle(pin);
  if (event.target.closest("[data-forget]")) return forget();
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!isPlain || event.defaultPrevented) return;
  const link = event.target.closest("a[href]");
  if (link?.matches("[data-swap]")) {
    event.preventDefault();
    settle();
    show(link.href, "push", { top: link.dataset.swap === "top" });
  } else if (link) {
    leave(link);
  } else {
    // A click on a hit opens it, unless it ends a selection of its text.
    const hit = event.target.closest(".hit");
    const isOther = event.target.closest("button, input, select, summary, label");
    if (hit && !isOther && getSelection().isCollapsed) open(hit.querySelector("a.code"));
  }
});

function leave(link) {
  settle();
  const hit = link.closest(".hit");
  if (hit) {
    const asked = box.value.trim();
    if (asked) keep(ASKED, location.pathname + location.search, asked);
    sessionStorage.setItem(LIST, location.href);
    sessionStorage.setItem(OPENED, link.dataset.code ?? "");
  }
}

function open(link) {
  if (!link) return;
  leave(link);
  location.assign(link.href);
}

function hits() {
  return [...document.querySelectorAll(".hit > a.code")];
}

addEventListener("keydown", (event) => {
  if (event.metaKey || event.ctrlKey || event.altKey || event.isComposing) return;
  const { target } = event;
  const isField = target.closest("input, textarea, select") !== null;
  if (event.key === "/" && !isField) {
    event.preventDefault();
    box.focus();
    box.select();
    return;
  }
  if (event.key === "?" && !isField) {
    document.getElementById("keys").showModal();
    return;
  }
  if (document.querySelector("dialog[open]")) return;
  if ((event.key === "[" || event.key === "]") && !isField) {
    const link = document.querySelector(`a[rel="${event.key === "[" ? "prev" : "next"}"]`);
    if (link) location.assign(link.href);
    return;
  }
  const all = hits();
  const at = all.indexOf(document.activeElement?.closest(".hit")?.querySelector("a.code"));
  const isList = target === box || !isField;
  if (event.key === "ArrowDown" && isList && all.length > 0) {
    event.preventDefault();
    all[Math.min(at + 1, all.length - 1)].focus();
  } else if (event.key === "ArrowUp" && at >= 0) {
    event.preventDefault();
    (all[at - 1] ?? box).focus();
  } else if ((event.key === "Home" || event.key === "End") && at >= 0) {
    event.preventDefault();
    all.at(event.key === "Home" ? 0 : -1).focus();
  } else if (event.key === "Escape") {
    escape(event, at);
  }
});

/** From a hit to the field, from a field that holds something to an empty one, from a record back. */
function escape(event, at) {
  const back = document.getElementById("back");
  if (at >= 0) {
    box.focus();
  } else if (document.activeElement === box && box.value !== "") {
    event.preventDefault();
    box.value = "";
    show(addressOf(form), "type");
  } else if (back) {
    const list = sessionStorage.getItem(LIST);
    if (list && document.referrer === list) history.back();
    else location.assign(back.href);
  } else {
    document.activeElement?.blur();
  }
}

async function copy(button) {
  const text = button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without a secure connection there is no clipboard but this one.
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "away";
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    button.focus();
  }
  button.dataset.done = "";
  say(`Copied ${text.split("\t")[0]}`);
  setTimeout(() => delete button.dataset.done, 1200);
}

arrive();
const [{ type: came } = {}] = performance.getEntriesByType("navigation");
if (came === "back_forward") {
  hits().find((link) => link.dataset.code === sessionStorage.getItem(OPENED))?.focus();
} else if (location.pathname === HOME && location.search === "" && matchMedia("(hover: hover)").matches) {
  box.focus();
}
