// Selecting words of a transcript to add a record that was missed. Without this, each turn has a link to the form.

const TYPES = [["decision", "Decision"], ["action_item", "Action"], ["open_question", "Question"]];
const chosen = [];

const bar = document.createElement("div");
bar.className = "selection-bar";
bar.setAttribute("role", "toolbar");
bar.setAttribute("aria-label", "Add what was missed");
bar.hidden = true;

const dialog = document.createElement("dialog");
dialog.className = "adding";
dialog.setAttribute("aria-labelledby", "adding-title");
document.body.append(bar, dialog);

const codePoints = (text) => Array.from(text).length;

// Code points of a turn before a place in the document; what is no word of the turn (class "ref") does not count.
function offsetIn(said, container, offset) {
  const range = document.createRange();
  range.setStart(said, 0);
  range.setEnd(container, offset);
  const copy = range.cloneContents();
  for (const ref of copy.querySelectorAll(".ref")) ref.remove();
  return codePoints(copy.textContent);
}

function lengthOf(said) {
  return offsetIn(said, said, said.childNodes.length);
}

// The passages of the selection: ["12:5:40"], turn, first code point, end exclusive.
export function passagesOf(selection) {
  if (!selection || selection.isCollapsed || !selection.rangeCount) return [];
  const range = selection.getRangeAt(0);
  const found = [];
  for (const said of document.querySelectorAll(".transcript[data-add] .said")) {
    if (!range.intersectsNode(said)) continue;
    const start = said.contains(range.startContainer) ? offsetIn(said, range.startContainer, range.startOffset) : 0;
    const end = said.contains(range.endContainer)
      ? offsetIn(said, range.endContainer, range.endOffset)
      : lengthOf(said);
    if (end > start) found.push(`${said.dataset.turn}:${start}:${end}`);
  }
  return found;
}

function button(text, act, primary) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  if (primary) made.className = "primary";
  made.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
  made.addEventListener("click", act);
  return made;
}

function offer() {
  const passages = passagesOf(document.getSelection());
  if (!passages.length && !chosen.length) {
    bar.hidden = true;
    return;
  }
  const said = document.createElement("span");
  said.textContent = chosen.length ? `${chosen.length} chosen. Add as` : "Add as";
  const parts = [said];
  if (dialog.open) {
    bar.replaceChildren(button("Add these words to it", () => more(passages), true));
  } else {
    for (const [type, words] of TYPES) parts.push(button(words, () => begin(type)));
    if (passages.length) parts.push(button("Choose more words", keep));
    if (chosen.length) parts.push(button("Choose none", forget));
    bar.replaceChildren(...parts);
  }
  bar.hidden = dialog.open && !passages.length;
  place();
}

function place() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const box = selection.getRangeAt(0).getBoundingClientRect();
  const top = Math.max(8, Math.min(box.top - bar.offsetHeight - 8, window.innerHeight - bar.offsetHeight - 8));
  const left = Math.min(Math.max(8, box.left), window.innerWidth - bar.offsetWidth - 8);
  bar.style.top = `${top}px`;
  bar.style.left = `${Math.max(8, left)}px`;
}

function keep() {
  for (const one of passagesOf(document.getSelection())) if (!chosen.includes(one)) chosen.push(one);
  document.getSelection().removeAllRanges();
  offer();
}

function forget() {
  chosen.length = 0;
  document.getSelection().removeAllRanges();
  offer();
}

function address(type, passages) {
  const query = new URLSearchParams([["type", type], ...passages.map((one) => ["at", one])]);
  return `${document.querySelector(".transcript[data-add]").dataset.add}?${query}`;
}

async function formAt(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const form = page.querySelector(".add-form");
  if (!form) throw new Error("no form");
  return form;
}

async function begin(type) {
  const passages = [...chosen];
  for (const one of passagesOf(document.getSelection())) if (!passages.includes(one)) passages.push(one);
  if (!passages.length) return;
  const url = address(type, passages);
  try {
    const form = await formAt(url);
    const title = document.createElement("h2");
    title.id = "adding-title";
    title.textContent = "Add what was missed";
    form.querySelector("button.primary").after(button("Leave it", leave));
    dialog.replaceChildren(title, form);
    dialog.show();
    document.getSelection().removeAllRanges();
    chosen.length = 0;
    bar.hidden = true;
    const claim = form.elements.namedItem("claim");
    claim.focus();
    claim.select();
  } catch {
    window.location.assign(url);
  }
}

async function more(passages) {
  const shown = dialog.querySelector(".passages");
  const form = await formAt(address("decision", passages));
  const count = shown.querySelectorAll(".passage").length;
  for (const [number, passage] of form.querySelectorAll(".passage").entries()) {
    for (const field of passage.querySelectorAll("[id]")) field.id += `-${count + number}`;
    for (const label of passage.querySelectorAll("label")) label.htmlFor += `-${count + number}`;
    shown.append(passage);
  }
  document.getSelection().removeAllRanges();
  bar.hidden = true;
  shown.lastElementChild.querySelector("textarea").focus();
}

function leave() {
  dialog.close();
  dialog.replaceChildren();
  offer();
}

dialog.addEventListener("keydown", (event) => {
  if (event.key === "Escape") leave();
  if (event.key === "Enter" && event.ctrlKey) dialog.querySelector("form").requestSubmit();
});
document.addEventListener("selectionchange", () => {
  clearTimeout(offer.later);
  offer.later = setTimeout(offer, 120);
});
document.addEventListener("scroll", place, { capture: true, passive: true });

// A link to a turn or a note that stands on another page of a long transcript.
const turn = /^#t(\d+)$/.exec(window.location.hash);
const meeting = document.querySelector(".transcript[data-meeting]");
if (turn && meeting && !document.getElementById(`t${turn[1]}`) && !window.location.search.includes(`turn=${turn[1]}`)) {
  window.location.replace(`/meetings/${meeting.dataset.meeting}?turn=${turn[1]}#t${turn[1]}`);
}
