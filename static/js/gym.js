// What stands around the sets: what is next, the steps beside a number, the plates for a bar, the
// stopwatch, the rest timer, the timers of the checklists.

const said = document.getElementById("session").dataset;
const blockOf = (element) => element.closest(".block");
const value = (form, name) => form.elements.namedItem(name)?.value.trim() ?? "";

// What stands in a field is what is stored, and not only typed.
function asStored(field) {
  if (field.options) [...field.options].forEach((option) => (option.defaultSelected = option.selected));
  else if ("defaultValue" in field) field.defaultValue = field.value;
}

// Seconds as `parse_seconds` in legtraining/domain/units.py reads them: 90, 1:30.
const secondsIn = (text) => text.replace(/^(\d{1,3}):([0-5]\d)$/, (_, minutes, rest) => String(60 * minutes + Number(rest)));

// --- Words ---------------------------------------------------------------------------------------

// As Patterns.fill in sessions/wording.py.
function words(form) {
  const { load, loaded, bare, one } = blockOf(form).dataset;
  const [weight, unit] = [value(form, "weight"), value(form, "unit")];
  const n = load === "time" ? secondsIn(value(form, "seconds")) : value(form, "reps");
  if (!n) return "";
  if (!weight && load === "external") return "";
  const plain = !weight || (Number(weight.replace(",", ".")) === 0 && load !== "external");
  if (plain) return (n === "1" ? one : bare).replace("{n}", n);
  return loaded.replace("{weight}", weight).replace("{unit}", unit).replace("{n}", n);
}

function nameButton(form) {
  const load = form.querySelector(".load");
  if (load) load.textContent = ` ${words(form)}`;
}

// --- What is next --------------------------------------------------------------------------------

const newest = (rows) => [...document.querySelectorAll(rows)].sort((a, b) => a.dataset.done - b.dataset.done).at(-1);

// As `next_row` in sessions/page.py; an exercise that was just added comes before another set.
function nextRow() {
  const open = [...document.querySelectorAll(".block:not(.is-skipped) .is-open")];
  const planned = open.filter((row) => row.dataset.turn && !row.matches(".is-extra"));
  planned.sort((a, b) => a.dataset.turn - b.dataset.turn);
  const fresh = open.filter((row) => !blockOf(row).querySelector(".is-done"));
  const added = fresh.find((row) => `#${blockOf(row).id}` === location.hash);
  const last = newest(".set.is-done[data-done]");
  const more = last && open.find((row) => blockOf(row) === blockOf(last) && !("planned" in blockOf(row).dataset));
  return planned[0] ?? added ?? more ?? fresh[0];
}

// Marks what is next, counts what is done; returns the button to press then.
function refresh() {
  document.querySelectorAll(".set-form").forEach(nameButton);
  document.querySelectorAll(".is-next").forEach((row) => row.classList.remove("is-next"));
  const bar = document.getElementById("session-progress");
  if (!bar) return null;
  const done = document.querySelectorAll(".set.is-done:not(.is-warmup)").length;
  bar.value = done;
  document.getElementById("sets-done").textContent = done;
  const next = nextRow();
  next?.classList.add("is-next");
  next?.querySelector(".add-set")?.setAttribute("open", "");
  document.querySelector(".of")?.remove();
  if (next) {
    sayExercise(next);
    addSteps(next);
    addStopwatch(next);
    showPlates(next.querySelector(".set-form"));
  }
  const finish = document.getElementById("finish");
  finish.classList.toggle("btn-primary", done > 0 && !next);
  finish.classList.toggle("btn-outline-secondary", done === 0 || Boolean(next));
  return next?.querySelector(".btn-log") ?? finish;
}

// The heading may be out of sight: in a superset, and on a short screen.
function sayExercise(row) {
  const title = blockOf(row).querySelector("h2");
  if (row.matches(":first-child")) return;
  const name = Object.assign(document.createElement("span"), { className: "of", textContent: title.textContent });
  name.classList.toggle("of-superset", Boolean(title.querySelector(".tag")));
  row.querySelector(".hints").prepend(name);
}

// --- The steps beside a number -------------------------------------------------------------------

function stepOf(input) {
  const form = input.form;
  if (input.name !== "weight") return input.name === "seconds" ? 5 : 1;
  return Number(blockOf(form).dataset[value(form, "unit") === "lb" ? "stepLb" : "stepKg"]);
}

function addSteps(row) {
  row.querySelectorAll("[name=weight], [name=reps], [name=seconds]").forEach((input) => {
    if (input.type === "hidden" || input.previousElementSibling?.matches(".step")) return;
    input.before(stepButton(input, -1));
    input.after(stepButton(input, 1));
    input.parentElement.classList.add("has-steps");
  });
}

function stepButton(input, direction) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "step btn btn-outline-secondary";
  button.textContent = direction < 0 ? "−" : "+";
  const word = direction < 0 ? said.less : said.more;
  const what = () => ({ reps: said.repetition, seconds: "s" })[input.name] ?? value(input.form, "unit");
  const name = () => button.setAttribute("aria-label", `${stepOf(input)} ${what()} ${word}`);
  name();
  input.form.addEventListener("input", name);
  button.addEventListener("click", () => {
    const typed = Number(secondsIn(input.value).replace(",", "."));
    if (Number.isNaN(typed) || /e/i.test(input.value)) return input.select();
    const stepped = Math.max(typed + direction * stepOf(input), 0);
    input.value = String(Math.round(stepped * 1000) / 1000);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return button;
}

// --- The stopwatch of a hold ---------------------------------------------------------------------

// It counts nothing either: it looks at when it was started, also after a reload.
function addStopwatch(row) {
  const input = row.querySelector("input[name=seconds]:not([type=hidden])");
  if (!input || row.querySelector(".stopwatch")) return;
  const button = Object.assign(document.createElement("button"), { type: "button" });
  button.className = "stopwatch btn btn-outline-secondary";
  const [key, store] = [`watch-${row.id}`, sessionStorage];
  const passed = () => Math.max(Math.round((Date.now() - store.getItem(key)) / 1000), 1);
  const draw = () => (button.textContent = store.getItem(key) ? `${said.stop} ${clockFace(passed())}` : said.watch);
  button.addEventListener("click", () => {
    if (store.getItem(key)) {
      input.value = passed();
      input.dispatchEvent(new Event("input", { bubbles: true }));
      store.removeItem(key);
    } else store.setItem(key, Date.now());
    draw();
  });
  draw();
  row.querySelector(".btn-log").before(button);
  const drawing = setInterval(() => (button.isConnected ? draw() : clearInterval(drawing)), 250);
}

// --- Plates --------------------------------------------------------------------------------------

// As `sides` in legtraining/domain/plates.py, in thousandths of the unit: every weight of one side,
// with its plates, the fewest and of those the heavier first. `plates` is "25x4, 20x2".
function sidesOf(plates) {
  let best = new Map([[0, []]]);
  for (const [weight, pairs] of plates.split(",").map((each) => each.split("x").map(Number))) {
    for (let pair = 0; pair < pairs; pair++) {
      for (const [side, used] of [...best]) {
        const heavier = side + Math.round(weight * 1000);
        const known = best.get(heavier);
        const more = [...used, weight];
        if (heavier <= 1_000_000 && (!known || isBetter(more, known))) best.set(heavier, more);
      }
    }
  }
  return best;
}

function isBetter(plates, others) {
  if (plates.length !== others.length) return plates.length < others.length;
  const first = plates.findIndex((plate, number) => plate !== others[number]);
  return first >= 0 && plates[first] > others[first];
}

const racks = new Map();

// The plates of one side for a total, or the nearest totals below and above it.
function loadBar(total, bar, plates) {
  if (!racks.has(plates)) racks.set(plates, sidesOf(plates));
  const sides = racks.get(plates);
  const [whole, empty] = [total, bar].map((weight) => Math.round(weight * 1000));
  const found = (whole - empty) % 2 ? undefined : sides.get((whole - empty) / 2);
  if (found) return { plates: found };
  const totals = [...sides.keys()].map((side) => empty + 2 * side);
  const below = Math.max(...totals.filter((each) => each < whole));
  const above = Math.min(...totals.filter((each) => each > whole));
  return { below: Number.isFinite(below) ? below / 1000 : null, above: Number.isFinite(above) ? above / 1000 : null };
}

function showPlates(form) {
  const { data, fields } = { data: form.closest(".block").dataset, fields: form.elements };
  const suffix = fields.namedItem("unit")?.value === "lb" ? "Lb" : "Kg";
  const [bar, plates] = [data[`bar${suffix}`], data[`plates${suffix}`]];
  if (bar === undefined || !plates || !form.querySelector(".fields")) return;
  let line = form.querySelector(".plates");
  if (!line) {
    line = document.createElement("p");
    line.className = "plates muted";
    form.querySelector(".fields").append(line);
  }
  const weight = Number(fields.namedItem("weight").value.replace(",", "."));
  if (!(weight > 0)) line.textContent = "";
  else {
    const { plates: side, below, above } = loadBar(weight, Number(bar), plates);
    const near = [below, above].filter((each) => each !== null).join(", ");
    if (side?.length) line.textContent = `${said.side} ${side.join(" + ")}`;
    else line.textContent = side ? said.bare : `${said.near} ${near}`;
  }
}

// --- Sound ---------------------------------------------------------------------------------------

let sound = null;
// A browser lets us sound only after a tap: so the first tap makes the sound ready.
document.addEventListener("pointerdown", () => (sound ??= "AudioContext" in self ? new AudioContext() : null));

function ring() {
  navigator.vibrate?.([200, 100, 200]);
  if (sound?.state !== "running") return;
  const tone = sound.createOscillator();
  const volume = sound.createGain();
  tone.connect(volume).connect(sound.destination);
  tone.frequency.value = 880;
  volume.gain.value = 0.2;
  tone.start();
  tone.stop(sound.currentTime + 0.4);
}

const clockFace = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

// --- Rest ----------------------------------------------------------------------------------------

// The timer counts nothing: it looks at when the last set was done, so that a locked phone, a
// reload or another page in between make no difference. What was added or paused is kept beside
// that set's key.
const rest = {
  bar: document.getElementById("rest"),
  get last() {
    const warmups = said.warmups === "1";
    const last = newest(".set.is-done[data-done]");
    return last && (warmups || !last.matches(".is-warmup")) ? last : null;
  },
  get kept() {
    const kept = JSON.parse(localStorage.getItem("rest") ?? "{}");
    return kept.key === this.last?.id ? kept : { key: this.last?.id, more: 0 };
  },
  keep(change) {
    localStorage.setItem("rest", JSON.stringify({ ...this.kept, ...change }));
    this.show();
  },
  get length() {
    return Number(blockOf(this.last).dataset.rest) + this.kept.more;
  },
  // Seconds that are left; negative once it is over.
  get left() {
    const { paused } = this.kept;
    return paused ?? this.length - (outbox.now() - Number(this.last.dataset.done)) / 1000;
  },
  show() {
    const asked = this.bar && this.last && blockOf(this.last).dataset.rest !== "0";
    const shown = asked && !this.kept.stopped && this.left > -600 && document.querySelector(".is-next");
    if (this.bar) this.bar.hidden = !shown;
    document.body.classList.toggle("is-resting", Boolean(shown));
    if (!shown) return;
    const left = Math.ceil(this.left);
    const { of, over } = document.getElementById("rest-of").dataset;
    document.getElementById("rest-time").textContent = clockFace(Math.max(left, 0));
    document.getElementById("rest-of").textContent = left > 0 ? `${of} ${clockFace(Math.round(this.length))}` : over;
    const pause = document.getElementById("rest-pause");
    pause.textContent = this.kept.paused === undefined ? pause.dataset.pause : pause.dataset.go;
    pause.hidden = left <= 0;
    this.bar.classList.toggle("is-over", left <= 0);
    if (left <= 0 && !this.kept.rung) {
      if (left > -3) ring();
      document.getElementById("rest-said").textContent = over;
      this.keep({ rung: true });
    }
  },
};

const startRest = () => rest.show();

if (rest.bar) {
  document.getElementById("rest-more").addEventListener("click", () => {
    const { paused, more } = rest.kept;
    const late = paused === undefined ? Math.max(-rest.left, 0) : 0; // 30 s from now on, if it was over
    rest.keep({ more: more + late + 30, paused: paused === undefined ? undefined : paused + 30, rung: false });
  });
  document.getElementById("rest-pause").addEventListener("click", () => {
    const { paused, more } = rest.kept;
    if (paused === undefined) return rest.keep({ paused: rest.left });
    const running = Number(blockOf(rest.last).dataset.rest) + more;
    const passed = (outbox.now() - Number(rest.last.dataset.done)) / 1000;
    rest.keep({ paused: undefined, more: more + paused - (running - passed) });
  });
  document.getElementById("rest-stop").addEventListener("click", () => rest.keep({ stopped: true }));
  setInterval(() => rest.show(), 500);
}

// --- Forms that may wait for the signal: checklists, set-up, the end -------------------------------

function keepForm(form, name) {
  const body = [...new FormData(form)].filter(([field]) => field !== "csrfmiddlewaretoken");
  const entry = { key: form.dataset.outbox, body, stamp: Math.round(outbox.now()), row: false };
  return outbox.keep({ ...entry, url: new URL(form.action).pathname, words: name });
}

const keptForm = (key) => document.querySelector(`form[data-outbox="${key}"]`);

// What was typed before the page was loaded anew, and is not sent yet.
function showForm({ key, body }) {
  const form = keptForm(key);
  for (const field of form?.elements ?? []) {
    const typed = body.filter(([name]) => name === field.name).map(([, text]) => text);
    if (field.type === "checkbox") field.checked = typed.includes(field.value);
    else if (typed.length) field.value = typed[0];
  }
  form?.dispatchEvent(new Event("kept", { bubbles: true }));
}

// What was refused is that form again, with what was typed and the sentences.
async function showRefusedForm({ key, answer }) {
  const page = new DOMParser().parseFromString(answer, "text/html");
  const refused = page.querySelector(`form[data-outbox="${key}"]`);
  const form = keptForm(key);
  if (!refused || !form) return; // it stays in the outbox, with its reason
  form.replaceWith(refused);
  refused.closest("details")?.setAttribute("open", "");
  const field = refused.querySelector(".is-invalid") ?? refused.querySelector("button");
  field.focus();
  await outbox.remove(key);
}

document.querySelectorAll(".checklist").forEach((list) => {
  const form = list.querySelector("form");
  const count = () => (list.querySelector(".ticked").textContent = list.querySelectorAll(":checked").length);
  list.querySelector(".save-ticks").hidden = true;
  form.addEventListener("kept", count);
  list.addEventListener("change", async () => {
    count();
    await keepForm(form, list.querySelector("h2").textContent);
    outbox.sendNow();
  });
});

const CHANGE = 5; // seconds to change sides

document.querySelectorAll(".countdown").forEach((button) => {
  const text = button.firstChild;
  const box = button.closest("li").querySelector("input");
  const [seconds, sides] = [Number(button.dataset.seconds), Number(button.dataset.sides)];
  const [key, store] = [`countdown-${box.value}`, sessionStorage];
  const passed = () => (Date.now() - store.getItem(key)) / 1000;
  const sidesDone = () => Math.floor((passed() + CHANGE) / (seconds + CHANGE));
  let rung = store.getItem(key) ? sidesDone() : 0;
  const stop = () => {
    store.removeItem(key);
    rung = 0;
    text.textContent = clockFace(seconds);
  };
  button.hidden = false;
  if (store.getItem(key)) button.closest("details").open = true;
  button.addEventListener("click", () => (store.getItem(key) ? stop() : store.setItem(key, Date.now())));
  setInterval(() => {
    button.classList.toggle("is-running", Boolean(store.getItem(key)));
    if (!store.getItem(key)) return;
    const done = sidesDone();
    if (done > rung) ring();
    rung = done;
    const left = Math.ceil(seconds - (passed() - done * (seconds + CHANGE)));
    text.textContent = left > seconds ? said.change : clockFace(left);
    if (done < sides) return;
    stop();
    if (!box.checked) box.click();
  }, 250);
});

document.addEventListener("kept", ({ target: form }) => {
  if (form.matches("#finish-form")) form.querySelector(".finish-kept").hidden = false;
  if (!form.matches(".setup-form")) return;
  const summary = form.parentElement.querySelector("summary > span");
  summary.dataset.was ??= summary.textContent;
  const isStuck = outbox.trouble || !navigator.onLine;
  summary.textContent = `${value(form, "note") || summary.dataset.was} (${isStuck ? said.kept : said.sending})`;
});
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches(".setup-form, #finish-form")) return;
  event.preventDefault();
  const [label, heading] = [form.querySelector("label"), form.closest("section").querySelector("h2 a, h2")];
  const what = form.matches(".setup-form") ? `${label.textContent}: ${heading.textContent}` : heading.textContent;
  event.submitter?.focus(); // and not a field, so that the answer may take its place
  await keepForm(form, what);
  const say = () => form.dispatchEvent(new Event("kept", { bubbles: true }));
  say();
  if ((await outbox.sendNow()) !== "sent") say();
});
outbox.listen(async ({ key, state, answer }) => {
  const form = keptForm(key);
  if (!form?.matches(".setup-form, #finish-form")) return;
  if (state === "refused") {
    await showRefusedForm({ key, answer });
  } else if (state === "sent" && form.matches(".setup-form")) {
    const [block, details] = [blockOf(form).id, form.parentElement];
    const isHere = details.contains(document.activeElement); // nobody went on to something else
    const summary = details.querySelector("summary > span");
    summary.textContent = value(form, "note") || summary.dataset.was;
    summary.classList.toggle("setup-note", Boolean(value(form, "note")));
    [...form.elements].forEach(asStored);
    details.open = false;
    await catchUp(true);
    if (isHere) document.querySelector(`#${block} .setup summary`)?.focus();
  } else if (state === "sent") {
    scrollTo({ top: 0, behavior: "instant" }); // the figures stand at the top
    location.reload();
  }
});

// --- Adding an exercise ---------------------------------------------------------------------------

const names = document.getElementById("exercise-names");
let asked = 0;
document.querySelector("[list=exercise-names]")?.addEventListener("input", ({ target }) => {
  clearTimeout(asked);
  asked = setTimeout(async () => {
    const answer = await fetch(`${names.dataset.url}?q=${encodeURIComponent(target.value)}`).catch(() => null);
    if (!answer?.ok) return;
    const found = (await answer.json()).names;
    names.replaceChildren(...found.map((name) => Object.assign(document.createElement("option"), { value: name })));
  }, 150);
});
