// Reviewing by keyboard. Each key does what a link or a form of the page does, without loading the page anew:
// the next record is shown at once, and comes away again where the server says no.

const parser = new DOMParser();
const ready = new Map(); // address -> the page, fetched ahead
let acts = Promise.resolve(); // one after the other, in the order of the keys
let looking = 0; // the last page asked for: an earlier answer that comes later is not shown
let finding = Promise.resolve();

const pane = () => document.getElementById("pane");
const heading = () => document.getElementById("record-title");
const TOLD_MS = 8000;
const tell = (words) => {
  const told = document.getElementById("told");
  told.textContent = words;
  clearTimeout(tell.later);
  tell.later = setTimeout(() => (told.textContent = ""), TOLD_MS);
};
const textOf = (shown) => shown.querySelector("#record-title")?.textContent.trim().replace(/[.]$/, "") ?? "";

async function pageAt(url, options) {
  const answer = await fetch(url, { headers: { Accept: "text/html" }, ...options });
  return { ok: answer.ok, status: answer.status, page: parser.parseFromString(await answer.text(), "text/html") };
}

function ahead() {
  for (const url of [pane()?.dataset.next, pane()?.dataset.following]) {
    if (url && !ready.has(url)) ready.set(url, pageAt(url).catch(() => null));
  }
}

function adoptQueue(page) {
  const queue = document.getElementById("queue");
  const fresh = page.getElementById("queue");
  if (!queue || !fresh) return;
  const top = queue.scrollTop;
  const [filters, before] = [fresh.querySelector(".filters"), queue.querySelector(".filters")];
  if (filters && before) filters.open = before.open;
  queue.replaceWith(fresh);
  fresh.scrollTop = top;
  const last = page.getElementById("last");
  if (last) document.getElementById("last").replaceWith(last);
  const counts = [document, page].map((one) => one.querySelector('.site-nav a[href="/"]'));
  if (counts[0] && counts[1]) counts[0].replaceWith(counts[1]);
  mark();
}

function mark() {
  if (!pane()) return;
  for (const link of document.querySelectorAll("#queue .item a")) {
    const here = link.parentElement.dataset.record === pane().dataset.record;
    if (here) {
      link.setAttribute("aria-current", "true");
      link.scrollIntoView({ block: "nearest" });
    } else link.removeAttribute("aria-current");
  }
}

function adoptPane(page) {
  const fresh = page.getElementById("pane");
  pane().replaceWith(fresh);
  showEvidence();
}

function showEvidence() {
  const transcript = document.getElementById("transcript");
  const first = transcript?.querySelector("mark.chosen");
  if (first && transcript.scrollHeight > transcript.clientHeight) {
    transcript.scrollTop += first.getBoundingClientRect().top - transcript.getBoundingClientRect().top - 80;
  }
}

const typing = () => pane().querySelector("details.act[open]") !== null;

function settle(url) {
  history.replaceState(null, "", url);
  heading()?.focus({ preventScroll: true });
  document.querySelector(".record-pane")?.scrollTo(0, 0);
  mark();
  ahead();
}

async function show(url) {
  const asked = ++looking;
  const found = await (ready.get(url) ?? pageAt(url).catch(() => null));
  if (asked !== looking) return;
  if (!found?.ok) return void window.location.assign(url);
  adoptPane(found.page);
  settle(url);
}

// What the person changed in a form, by name.
function changedIn(form) {
  return Array.from(form.elements)
    .filter((one) => one.name && one.type !== "hidden" && one.tagName !== "BUTTON" && one.type !== "radio")
    .filter((one) => (one.tagName === "SELECT" ? !one.selectedOptions[0]?.defaultSelected : one.value !== one.defaultValue))
    .map((one) => [one.name, one.value]);
}

function act(form, submitter) {
  const data = new FormData(form, submitter);
  const left = {
    form: form.closest("details")?.id,
    record: data.get("record"),
    typed: changedIn(form),
    shown: pane().dataset.record,
    text: form.classList.contains("last") ? form.querySelector("a").textContent.replace(/[.]$/, "") : textOf(pane()),
    words: DONE[data.get("act")] ?? "Done",
  };
  const next = data.get("next");
  const moves = pane().dataset.record === left.record && new URL(next, location).searchParams.get("record") !== left.record;
  const body = new URLSearchParams(data);
  acts = acts.then(() => send(body, left, next)).catch(() => window.location.reload());
  if (moves) goOn(left, next);
  return acts;
}

const DONE = {
  approve: "Approved", edit: "Saved", reject: "Rejected", merge: "Merged", undo: "Undone", comment: "Comment added",
  link: "Linked", unlink: "Not linked", assign: "Given", reopen: "Reopened",
};

async function goOn(left, next) {
  document.querySelector(`#queue .item[data-record="${left.record}"]`)?.classList.add("going");
  const asked = ++looking;
  const found = await ready.get(next);
  if (asked !== looking || !found?.ok || pane().dataset.record !== left.record) return;
  adoptPane(found.page);
  settle(next);
}

async function send(body, left, next) {
  let answer = null;
  try {
    answer = await pageAt("/acts", { method: "POST", body });
  } catch {
    return comeBack(left, null);
  }
  ready.clear();
  if (!answer.ok || !answer.page.getElementById("pane")) return comeBack(left, answer);
  const fresh = answer.page.getElementById("pane");
  const now = pane().dataset.record;
  if (now === left.shown || (now === fresh.dataset.record && !typing())) {
    looking += 1;
    adoptQueue(answer.page);
    adoptPane(answer.page);
    settle(next);
  } else {
    adoptQueue(answer.page);
    ahead();
  }
  const waits = textOf(pane());
  tell(`${left.words}: ${left.text}.${waits && waits !== left.text ? ` Now: ${waits}` : ""}`);
}

// The record that an act was refused on is shown as it is now, with what happened, and all that was typed.
async function comeBack(left, answer) {
  const here = new URL(location.href);
  here.searchParams.set("record", left.record);
  here.searchParams.delete("find");
  const url = here.pathname + here.search;
  looking += 1;
  const found = answer && (await pageAt(url).catch(() => null));
  if (found?.ok) {
    adoptQueue(found.page);
    adoptPane(found.page);
    history.replaceState(null, "", url);
    mark();
  } else {
    document.querySelector(`#queue .item[data-record="${left.record}"]`)?.classList.remove("going");
  }
  const box = happened(left, answer);
  pane().querySelector(".record")?.prepend(box);
  retype(left);
  box.focus();
  tell("");
}

function happened(left, answer) {
  const box = document.createElement("div");
  box.className = "happened problem";
  box.setAttribute("role", "alert");
  box.tabIndex = -1;
  const said = Array.from(answer?.page.querySelectorAll('main [role="alert"] > *, main [aria-labelledby="since"] > ol') ?? []);
  if (said.length) box.append(...said.map((one) => document.importNode(one, true)));
  else {
    const words = document.createElement("p");
    words.textContent = answer
      ? `That was not done: the server answered ${answer.status}. Try it again.`
      : `The server does not answer, so that was not done: ${left.text}. Try it again when it is there.`;
    box.append(words);
  }
  return box;
}

function retype(left) {
  const details = left.form && document.getElementById(left.form);
  if (!details) return;
  if (left.typed.length) details.open = true;
  for (const [name, value] of left.typed) {
    const field = details.querySelector(`[name="${CSS.escape(name)}"]`);
    if (field) field.value = value;
  }
}

// --- keys

let before = "";
const chosenKeys = {
  j: () => pane().dataset.following && show(pane().dataset.following),
  k: () => pane().dataset.previous && show(pane().dataset.previous),
  a: () => press('[data-key="a"]'),
  e: () => open("do-edit"),
  r: () => open("do-reject"),
  m: () => open("do-merge"),
  c: () => open("do-comment"),
  s: () => open("do-link"),
  w: () => open("do-assign"),
  u: () => acts.then(() => press('#last [data-key="u"]', document)),
  "/": () => window.location.assign("/log"),
  "?": () => document.getElementById("keys").showModal(),
};
const twice = {
  l: () => window.location.assign("/log"),
  m: () => pane().querySelector(".whole") && window.location.assign(pane().querySelector(".whole").href),
};
const REPEATS = new Set(["j", "k"]);

function press(selector, within = pane()) {
  const found = within.querySelector(selector);
  if (found) found.form.requestSubmit(found);
}

function open(id) {
  const details = document.getElementById(id);
  if (!details) return;
  details.open = true;
  enter(details); // at once: the event that says it is open comes after the next key
}

function enter(details) {
  for (const other of pane().querySelectorAll("details.act[open]")) if (other !== details) other.open = false;
  if (details.contains(document.activeElement) && document.activeElement.matches("input, textarea, select")) return;
  const first = "form:last-of-type :is(textarea, input:not([type=hidden]), select)";
  details.querySelector(details.id === "do-merge" ? "#merge-find" : first)?.focus();
}

function leave(details) {
  details.open = false;
  heading()?.focus({ preventScroll: true });
}

function jump(number) {
  const quote = pane().querySelector(`#evidence-${number} a`);
  if (quote) quote.click();
}

const inField = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
const keysWork = () => localStorage.getItem("decisions-keys") !== "off";

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
  const details = event.target.closest("details.act[open]");
  if (event.key === "Escape" && (details || typing())) return leave(details ?? pane().querySelector("details.act[open]"));
  if (details && inForm(event, details)) return event.preventDefault();
  if (inField(event.target) || event.ctrlKey || event.metaKey || event.altKey || !keysWork()) return undefined;
  const pair = before === "g" && twice[event.key];
  before = event.key === "g" ? "g" : "";
  const act = pair || chosenKeys[event.key];
  if (!act && /^[1-9]$/.test(event.key)) return jump(Number(event.key) - 1);
  if (!act || (event.repeat && !REPEATS.has(event.key))) return undefined;
  event.preventDefault();
  return act();
});

// Keys within an open form; true where the key is used up.
function inForm(event, details) {
  const form = event.target.form ?? event.target.closest("form");
  const chord = event.ctrlKey || event.metaKey ? event.key.toLowerCase() : "";
  const button = chord && form?.querySelector(`[data-chord="${CSS.escape(chord)}"]`);
  if (button) {
    form.requestSubmit(button);
    return true;
  }
  if (details.id === "do-reject" && /^[1-9]$/.test(event.key) && !event.ctrlKey && !event.target.value) {
    const reason = details.querySelector(`[data-digit="${event.key}"]`);
    if (reason) reason.form.requestSubmit(reason);
    return Boolean(reason);
  }
  return details.id === "do-merge" && event.target.id === "merge-find" && inMerge(event);
}

function choose(by) {
  const options = Array.from(document.querySelectorAll("#candidates input[name=into]"));
  const at = options.findIndex((one) => one.checked);
  const to = options[Math.min(Math.max(at + by, 0), options.length - 1)];
  if (!to) return;
  to.checked = true;
  tell(to.closest("label").textContent.trim().replace(/\s+/g, " "));
}

function inMerge(event) {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const by = event.key === "ArrowDown" ? 1 : -1;
    finding.then(() => choose(by)); // among what is found, where something is still looked for
    return true;
  }
  if (event.key !== "Enter") return false;
  finding.then(() => {
    const form = document.getElementById("candidates");
    if (form.querySelector("input[name=into]:checked")) act(form, form.querySelector("button"));
  });
  return true;
}

async function find(box) {
  const url = `/?${new URLSearchParams(new FormData(box.form))}`;
  const found = await pageAt(url).catch(() => null);
  const fresh = found?.page.getElementById("candidates");
  if (!fresh || !document.contains(box)) return;
  document.getElementById("candidates").replaceWith(fresh);
  tell(`${fresh.querySelectorAll("input[name=into]").length} found`);
}

document.addEventListener("input", (event) => {
  if (event.target.id !== "merge-find") return;
  clearTimeout(find.later);
  finding = new Promise((done) => {
    find.later = setTimeout(() => find(event.target).then(done), 150);
  });
});

// --- the mouse, and what all keys come to in the end

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.closest(".inbox")) return;
  if (form.classList.contains("find")) {
    event.preventDefault();
    finding = find(form.elements.namedItem("find"));
  } else if (form.getAttribute("action") === "/acts") {
    event.preventDefault();
    act(form, event.submitter);
  }
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("#queue .item a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link.getAttribute("href"));
});

document.addEventListener(
  "toggle",
  (event) => {
    if (event.target.matches?.("details.act[open]")) enter(event.target);
  },
  { capture: true },
);

document.addEventListener("change", (event) => {
  if (event.target.id === "keys-on") localStorage.setItem("decisions-keys", event.target.checked ? "on" : "off");
  else if (event.target.closest(".filters")) event.target.form.requestSubmit();
});
const box = document.getElementById("keys-on");
if (box) box.checked = keysWork();

ahead();
showEvidence();
