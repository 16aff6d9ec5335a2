// Improves the session page: one tap logs a set, with and without signal. The set goes into the
// outbox first (see outbox.js), its row becomes a line at once, and the server's own row takes its
// place when the answer comes. Without this file every form posts and comes back to its row.

// Loaded after gym.js, whose names it shares.
const isOpen = "open" in said;
const rowOf = (key) => document.getElementById(`set-${key}`);
// After a refused form the page stands at that form's address, which cannot be loaded anew.
if (location.pathname + location.search !== said.url) history.replaceState(null, "", said.url + location.hash);

// --- Logging -------------------------------------------------------------------------------------

// By its place, as `Block.key_of` in sessions/models.py: the set of every device has one key.
async function keyOf(order, position) {
  const space = Uint8Array.from(said.uuid.replaceAll("-", "").match(/../g), (hex) => parseInt(hex, 16));
  const name = new TextEncoder().encode(`${order}:${position}`);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-1", new Uint8Array([...space, ...name])));
  hash[6] = (hash[6] & 0x0f) | 0x50;
  hash[8] = (hash[8] & 0x3f) | 0x80;
  const hex = [...hash.slice(0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

let lastStamp = 0;
function stamp() {
  lastStamp = Math.max(Math.round(outbox.now()), lastStamp + 1);
  return lastStamp;
}

// A second tap on the same spot may meet what has come up there after the first: it is not meant
// for that.
let lastKey = "";
let lastTap = -Infinity;
for (const kind of ["mousedown", "click"]) {
  document.addEventListener(kind, (event) => {
    const form = event.target.closest(".set-form");
    const isSame = form && value(form, "client_key") === lastKey;
    if (event.detail < 2 || isSame || event.timeStamp - lastTap > 1_000) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
}

const bodyOf = (form) => [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");

// The set of a form as the outbox keeps it; `more` is what else it says of it.
function entryOf(form, ...more) {
  const body = [...bodyOf(form), ...more];
  const key = (lastKey = value(form, "client_key"));
  const what = `${blockOf(form).querySelector("h2 a").textContent}: ${words(form)}`;
  return { key, body, stamp: stamp(), row: true, url: new URL(form.action).pathname, words: what };
}

async function logSet(form) {
  const row = form.closest(".set");
  const offers = row.matches(".is-offer") && row.closest(".ramp");
  const stays = row.matches(".is-done, :has(> .undo)");
  const entry = entryOf(form);
  lastTap = performance.now();
  if (!isReadable(form)) return askWhy(entry, form);
  await outbox.keep(entry);
  await showKept(entry);
  goOn(stays ? row.querySelector("summary") : offers && offers.querySelector(".is-offer button"));
  await outbox.sendNow();
}

// What cannot be read here is no set yet: the outbox keeps what it has of it, and the server says
// why, or reads it (it knows more digits than we do).
async function askWhy(entry, form) {
  const token = value(form, "csrfmiddlewaretoken");
  const answer = await outbox.post({ ...entry, owner: outbox.owner }, token).catch(() => null);
  const state = { 200: "sent", 422: "refused" }[answer?.status];
  if (JSON.stringify(bodyOf(form)) !== JSON.stringify(entry.body)) return; // it was put right meanwhile
  if (!state) return sayUnreadable(form);
  if (state === "sent") await showKept(entry);
  showAnswer({ ...entry, state, answer: await answer.text() });
}

// To what is next; an edit and Undo stay with their set, a warm-up leads to the next one.
function goOn(instead) {
  const next = refresh();
  startRest(); // before the focus, which is to stand above its bar
  const goal = instead || next;
  goal?.focus({ preventScroll: true });
  goal?.closest(".set, form").scrollIntoView({ block: "nearest" });
}

// Deleting is a state like any other, of which the one that was typed last holds: also of a set
// that was not sent yet.
async function deleteSet(row) {
  const form = row.querySelector(".set-form");
  form.reset();
  const entry = entryOf(form, ["deleted", "on"]);
  entry.words += ` (${said.deleted})`;
  await outbox.keep(entry);
  showDeleted(row);
  refresh();
  startRest();
  row.querySelector(".undo button")?.focus();
  await outbox.sendNow();
}

const isDeletion = ({ body }) => body?.some(([name]) => name === "deleted");

// Its row is open again, with what was logged; logging that again is what undoes it.
function showDeleted(row) {
  const form = row?.querySelector(".set-form");
  if (!form) return;
  const isGone = value(form, "position") === "0"; // a warm-up before the plan has no open row
  const undo = document.getElementById("deleted-line").content.cloneNode(true).firstElementChild;
  undo.querySelector("span").textContent = `${said.deleted} ${words(form)}.`;
  undo.querySelector("button").addEventListener("click", () => form.requestSubmit());
  const hints = Object.assign(document.createElement("p"), { className: "hints" });
  const number = Object.assign(document.createElement("span"), { className: "no" });
  number.textContent = `${said.set} ${value(form, "position")}`;
  hints.append(number, ...row.querySelectorAll("summary > :is(.target, .last)"));
  form.querySelector(".btn-log").firstChild.textContent = said.log;
  hints.hidden = form.hidden = isGone;
  row.replaceChildren(undo, hints, form);
  row.className = isGone ? "set is-gone" : "set is-open";
}

// Whether it can be a set at all: what cannot waits for the server's sentence in its open row.
function isReadable(form) {
  const numbers = ["weight", "reps", "seconds", "rir"].map((name) => value(form, name));
  return Boolean(words(form)) && numbers.every((typed) => /^[\d.,:\s]*$/.test(typed));
}

function sayUnreadable(form) {
  const problem = form.querySelector(".invalid") ?? document.createElement("p");
  problem.className = "invalid";
  problem.textContent = said.check;
  problem.setAttribute("role", "alert");
  form.querySelector(".btn-log").before(problem);
}

// The row of an entry as a line, from what is typed in its form. Adds the row that follows.
async function showKept(entry) {
  const fields = Object.fromEntries(entry.body);
  const row = rowOf(entry.key) ?? (await freshRow(fields));
  if (!row) return;
  const form = row.querySelector(".set-form");
  form.hidden = false;
  entry.body.forEach(([name, typed]) => fill(form, name, typed));
  if (fields.extra) await addRowAfter(row, fields);
  if (fields.kind !== "warmup") blockOf(row).querySelector(".ramp")?.remove();
  fillFollowing(row, fields);
  const details = document.getElementById("kept-line").content.cloneNode(true).firstElementChild;
  const line = details.querySelector("summary");
  details.querySelectorAll(".n").forEach((n) => (n.textContent = fields.kind === "warmup" ? "" : fields.position));
  details.querySelector(".words").textContent = words(form);
  const hints = row.querySelectorAll(".hints > :is(.target, .last), summary > :is(.target, .last)");
  line.querySelector(".edit-hint").before(...hints);
  hints.forEach((hint) => hint.classList.add("muted"));
  details.querySelector(".delete-form").action = `${said.url}sets/${entry.key}/delete/`;
  line.after(form);
  form.querySelectorAll(".step, .stopwatch, .invalid").forEach((each) => each.remove());
  form.querySelectorAll("[aria-invalid]").forEach((field) => {
    field.classList.remove("is-invalid");
    for (const name of ["aria-invalid", "aria-describedby"]) field.removeAttribute(name);
  });
  form.querySelectorAll(".has-steps").forEach((field) => field.classList.remove("has-steps"));
  const button = form.querySelector(".btn-log, .btn");
  button.classList.add("btn-log");
  button.firstChild.textContent = said.save;
  row.replaceChildren(details, ...row.querySelectorAll(":scope > .say"));
  row.className = `set is-done is-kept${fields.kind === "warmup" ? " is-warmup" : ""}`;
  row.dataset.done ??= entry.stamp;
  row.querySelector(".kept").textContent = navigator.onLine ? said.sending : said.kept;
  intoPlace(row);
}

function fill(form, name, typed) {
  const field = form.elements.namedItem(name);
  if (!field) return;
  field.value = typed;
  asStored(field);
}

// A warm-up that was proposed stands with the others above the sets once it is done.
function intoPlace(row) {
  if (row.closest(".ramp") && !row.matches(".is-offer")) {
    const ramp = row.closest(".ramp");
    const sets = ramp.parentElement.querySelector(":scope > .sets");
    sets.insertBefore(row, sets.querySelector(".set:not(.is-warmup)"));
    ramp.hidden = !ramp.querySelector(".is-offer");
  }
}

// A row made from the one to add, for a set that the kept page does not know.
async function freshRow(fields) {
  const extra = document.querySelector(`.block[data-order="${fields.block}"] .is-extra`);
  if (!extra) return null;
  await addRowAfter(extra, Object.fromEntries(new FormData(extra.querySelector("form"))));
  return rowOf(fields.client_key);
}

// The row to add as it stood when the page was loaded, by the number of its exercise.
const extras = new Map();
function learnExtras() {
  document.querySelectorAll(".block .is-extra").forEach((row) => {
    const { order } = blockOf(row).dataset;
    if (!extras.has(order)) extras.set(order, { html: row.outerHTML, key: row.id.slice("set-".length) });
  });
}

async function addRowAfter(row, fields) {
  if (!crypto.subtle) return; // only where the connection is not safe, and there is no outbox then
  const position = Number(fields.position) + 1;
  const key = await keyOf(fields.block, position);
  const extra = extras.get(fields.block);
  if (rowOf(key) || !extra) return;
  const holder = document.createElement("ol");
  holder.innerHTML = extra.html.replaceAll(extra.key, key);
  const fresh = holder.firstElementChild;
  const form = fresh.querySelector("form.set-form");
  fresh.querySelectorAll(".undo, .step, .stopwatch, .invalid").forEach((each) => each.remove());
  fresh.querySelectorAll(".n").forEach((n) => (n.textContent = position));
  fill(form, "position", position);
  for (const name of ["weight", "unit", "reps", "seconds"]) fill(form, name, fields[name] ?? "");
  const before = blockOf(row).dataset.before?.split(";") ?? [];
  const last = fresh.querySelector(".last");
  if (last) last.textContent = `${said.last} ${before[Math.min(position, before.length) - 1]}`;
  row.after(fresh);
}

// The weight just lifted, in the rows of the exercise that name none; all of it in the one to add.
function fillFollowing(row, fields) {
  if (fields.kind === "warmup") return;
  blockOf(row).querySelectorAll(".is-open").forEach((other) => {
    if (other === row || other.querySelector(".invalid")) return; // what was typed there stays
    const form = other.querySelector("form.set-form");
    for (const name of ["weight", "reps", "seconds"]) {
      const input = form.elements.namedItem(name);
      const open = other.matches(".is-extra") ? input?.value === input?.defaultValue : !input?.value;
      if (open && fields[name]) fill(form, name, fields[name]);
    }
    if (fields.weight && value(form, "weight") === fields.weight) fill(form, "unit", fields.unit);
  });
}

// What became of an entry: the server's line takes the place of ours, or its whole row where that
// is not what was typed (refused, or changed later on another device).
function showAnswer(entry) {
  const row = rowOf(entry.key);
  if (!row) return;
  if (entry.state === "gone") return letGo(row);
  if (!entry.row) return;
  if (isDeletion(entry)) return void (entry.state !== "waiting" && catchUp(true));
  if (entry.state === "waiting") return;
  const answered = new DOMParser().parseFromString(`<ol>${entry.answer}</ol>`, "text/html");
  const fresh = answered.getElementById(row.id);
  if (!fresh) return row.querySelector(".kept")?.replaceWith(said.refused);
  if (fresh.querySelector("form")) replaceRow(row, fresh);
  else if (row.matches(".is-done")) settle(row, fresh);
  else isLate = true;
  if (isLate || !isOpen) catchUp(true); // also for the figures of what was done
}

// What was refused is not wanted any more: the row is the server's again.
function letGo(row) {
  const problems = row.querySelectorAll(".invalid");
  problems.forEach((problem) => problem.remove());
  if (problems.length) catchUp(true);
}

function settle(row, fresh) {
  const line = fresh.querySelector("summary");
  line.append(...row.querySelectorAll("summary > :is(.last, .edit-hint)"));
  row.querySelector("summary").replaceChildren(...line.childNodes);
  row.className = fresh.className;
  Object.assign(row.dataset, { ...fresh.dataset });
  refresh();
}

function replaceRow(row, fresh) {
  const last = row.querySelector(".last");
  const place = fresh.querySelector(".hints") ?? fresh.querySelector("summary");
  if (last) place.append(last);
  if (row.dataset.turn) fresh.dataset.turn = row.dataset.turn;
  row.replaceWith(fresh);
  intoPlace(fresh);
  // A row to add that was refused is that row again: the one that was to follow it goes.
  const others = fresh.matches(".is-extra") ? blockOf(fresh).querySelectorAll(".is-extra:not(:has(.invalid))") : [];
  others.forEach((other) => other !== fresh && other.remove());
  refresh();
  fresh.querySelector("[aria-invalid]")?.focus();
}

// --- Loading, coming back, other devices ---------------------------------------------------------

const isStale = "kept" in document.body.dataset; // opened without signal, see templates/sw.js

// The outbox over the page as it was loaded.
async function applyOutbox() {
  let isBehind = false;
  for (const entry of await outbox.of(outbox.owner)) {
    if (entry.page !== said.url) continue;
    const isShown = () => isDeletion(entry) !== Boolean(rowOf(entry.key)?.matches(".is-done"));
    if (entry.state === "sent" && !isStale) {
      await outbox.remove(entry.key);
      isBehind ||= !isShown();
    } else if (!entry.row) {
      if (entry.state === "waiting") showForm(entry);
      else showRefusedForm(entry);
    } else {
      // The kept page has its open row still, which a tap would log again.
      const isNews = isDeletion(entry) ? isStale || !isShown() : entry.state !== "refused";
      if (isNews) await showKept(entry);
      if (isNews && isDeletion(entry)) showDeleted(rowOf(entry.key));
      showAnswer(entry);
    }
  }
  refresh();
  if (isBehind) catchUp(true); // it was acknowledged while this page was on its way
}

// As `version_of` in sessions/page.py says it of what the server has.
function version() {
  const sum = (elements, number) => elements.reduce((total, { dataset }) => total + number(dataset), 0);
  const blocks = [...document.querySelectorAll(".block")];
  const done = [...document.querySelectorAll(".set.is-done[data-written]")];
  const places = sum(blocks, ({ order, place }) => order * place);
  const skipped = document.querySelectorAll(".block.is-skipped").length;
  const written = sum(done, ({ written }) => Number(written));
  return [Number(isOpen), blocks.length, places, skipped, done.length, written].join(":");
}

// What was done on another device meanwhile, or what only the server knows. Not while something
// waits here: the server does not have that yet, and is asked again when it does.
let isLate = false;
let isPressed = false; // by a finger or a mouse, anywhere
async function catchUp(isBehind = false) {
  isLate ||= isBehind;
  if (document.hidden || (await outbox.waits())) return;
  const before = lastStamp;
  if (!isLate) {
    const known = await fetch(`${said.url}version/`, { redirect: "manual" }).then((answer) => answer.text()).catch(() => "");
    if (!/^\d+(:\d+){5}$/.test(known) || known === version()) return;
  }
  const answer = await fetch(said.url, { redirect: "manual" }).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (lastStamp !== before) return catchUp(true); // something was logged after it was asked
  if (isPressed) return void setTimeout(catchUp, 300, true); // a button that is being pressed stays
  isLate = false;
  if ("open" in fresh.getElementById("session").dataset !== isOpen) {
    if (![...document.querySelectorAll(".block")].some(isTyped)) location.reload();
    return;
  }
  takeIn(fresh);
}

const isChanged = (field) =>
  field.options
    ? [...field.options].some((option) => option.selected !== option.defaultSelected)
    : field.type !== "hidden" && "defaultValue" in field && field.value !== field.defaultValue;
const isBusy = (block) =>
  block.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");
// Whether somebody's fingers are on it, or something is typed there that is not stored.
const isTyped = (block) =>
  isBusy(block) ||
  block.querySelector(".set .invalid") !== null ||
  [...block.querySelectorAll(".is-open .set-form, [open] > form")].some((form) => [...form.elements].some(isChanged));
const shape = (block) =>
  JSON.stringify([
    { ...block.dataset },
    block.className,
    block.querySelector(".setup summary")?.textContent,
    [...block.querySelectorAll(".set")].map((row) => [row.id, row.dataset.written, Boolean(row.querySelector(".undo"))]),
  ]);

// Exercise by exercise, so that what is typed in one stays.
function takeIn(fresh) {
  const place = document.getElementById("exercises");
  const focused = document.activeElement.closest(".set")?.id;
  const theirs = [...fresh.getElementById("exercises").children];
  const mine = (block) => document.getElementById(block.id);
  for (const block of theirs) {
    if (mine(block) && !isTyped(mine(block)) && shape(mine(block)) !== shape(block)) mine(block).replaceWith(block);
  }
  [...place.children].forEach((block) => theirs.some(({ id }) => id === block.id) || block.remove());
  theirs.forEach((block, number) => {
    const stays = mine(block) ?? block;
    if (place.children[number] !== stays) place.insertBefore(stays, place.children[number] ?? null);
  });
  const figures = fresh.querySelector(".summary");
  if (figures) document.querySelector(".summary")?.replaceWith(figures);
  learnExtras();
  refresh();
  startRest();
  if (!focused || document.activeElement !== document.body) return;
  document.getElementById(focused)?.querySelector(".undo button, summary, .btn-log")?.focus({ preventScroll: true });
}

// --- Events --------------------------------------------------------------------------------------

document.addEventListener("input", ({ target }) => {
  const form = target.closest(".set-form");
  if (!form) return;
  nameButton(form);
  showPlates(form);
});
document.addEventListener("focusin", ({ target }) => {
  if (target.matches(".set-form .form-control[inputmode]")) target.select();
  const form = target.closest(".set-form");
  if (form) showPlates(form);
});
document.addEventListener("toggle", ({ target }) => {
  if (target.matches?.(".is-done details[open]")) addSteps(target);
}, true);
document.addEventListener("submit", (event) => {
  const row = event.target.closest(".set");
  if (event.target.matches(".set-form")) {
    event.preventDefault();
    logSet(event.target);
  } else if (row && event.target.matches(".delete-form")) {
    event.preventDefault();
    deleteSet(row);
  }
});

for (const kind of ["pointerdown", "pointerup", "pointercancel"]) {
  addEventListener(kind, () => (isPressed = kind === "pointerdown"), true);
}

outbox.listen(showAnswer);
document.addEventListener("visibilitychange", () => catchUp());
for (const kind of ["focus", "online"]) addEventListener(kind, () => catchUp());
setInterval(catchUp, 15_000);

document.documentElement.classList.add("has-script");
learnExtras();
const resumed = applyOutbox().then(startRest).then(resume);

// Who opens the page is led to what is next, if that is not in view anyway: at once, so that nothing
// moves under a thumb that is already on its way.
function resume() {
  const [{ type }] = performance.getEntriesByType("navigation");
  if (type !== "navigate" || location.hash) return;
  document.querySelector(".is-next")?.scrollIntoView({ block: "nearest", behavior: "instant" });
}
