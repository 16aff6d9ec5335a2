// What stands around the sets: the steps beside a number, the plates for a bar, the rest timer, the
// timers of the checklists.

const said = document.getElementById("session").dataset;
const blockOf = (element) => element.closest(".block");
const value = (form, name) => form.elements.namedItem(name)?.value.trim() ?? "";

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
  button.addEventListener("click", () => {
    name();
    const typed = Number(input.value.replace(",", "."));
    const stepped = Math.max((Number.isFinite(typed) ? typed : 0) + direction * stepOf(input), 0);
    input.value = String(Math.round(stepped * 1000) / 1000);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return button;
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
    const done = [...document.querySelectorAll(".set.is-done[data-done]")];
    const newest = done.sort((a, b) => a.dataset.done - b.dataset.done).at(-1);
    return newest && (warmups || !newest.matches(".is-warmup")) ? newest : null;
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
    return Number(this.last.closest(".block").dataset.rest) + this.kept.more;
  },
  // Seconds that are left; negative once it is over.
  get left() {
    const { paused } = this.kept;
    return paused ?? this.length - (outbox.now() - Number(this.last.dataset.done)) / 1000;
  },
  show() {
    const asked = this.bar && this.last && this.last.closest(".block").dataset.rest !== "0";
    const shown = asked && !this.kept.stopped && this.left > -600 && document.querySelector(".is-next");
    if (this.bar) this.bar.hidden = !shown;
    document.body.classList.toggle("is-resting", Boolean(shown));
    if (!shown) return;
    const left = Math.ceil(this.left);
    const { of, over } = document.getElementById("rest-of").dataset;
    document.getElementById("rest-time").textContent = clockFace(Math.max(left, 0));
    document.getElementById("rest-of").textContent = left > 0 ? `${of} ${clockFace(this.length)}` : over;
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
    const running = Number(rest.last.closest(".block").dataset.rest) + more;
    const passed = (outbox.now() - Number(rest.last.dataset.done)) / 1000;
    rest.keep({ paused: undefined, more: more + paused - (running - passed) });
  });
  document.getElementById("rest-stop").addEventListener("click", () => rest.keep({ stopped: true }));
  setInterval(() => rest.show(), 500);
}

// --- Checklists and the end ----------------------------------------------------------------------

function keepForm(form, name) {
  const body = [...new FormData(form)].filter(([field]) => field !== "csrfmiddlewaretoken");
  const entry = { key: form.dataset.outbox, body, stamp: Math.round(outbox.now()), row: false };
  return outbox.keep({ ...entry, url: new URL(form.action).pathname, words: name });
}

document.querySelectorAll(".checklist").forEach((list) => {
  list.querySelector(".save-ticks").hidden = true;
  list.addEventListener("change", async () => {
    list.querySelector(".ticked").textContent = list.querySelectorAll(":checked").length;
    await keepForm(list.querySelector("form"), list.querySelector("h2").textContent);
    outbox.sendNow();
  });
});

document.querySelectorAll(".countdown").forEach((button) => {
  const text = button.firstChild;
  const seconds = Number(button.dataset.seconds);
  let ends = 0;
  button.hidden = false;
  button.addEventListener("click", () => {
    ends = ends ? 0 : Date.now() + seconds * 1000;
    button.classList.toggle("is-running", Boolean(ends));
    text.textContent = clockFace(seconds);
  });
  setInterval(() => {
    if (!ends) return;
    text.textContent = clockFace(Math.max(Math.ceil((ends - Date.now()) / 1000), 0));
    if (Date.now() < ends) return;
    ends = 0;
    button.classList.remove("is-running");
    ring();
    const box = button.closest("li").querySelector("input");
    if (!box.checked) box.click();
  }, 250);
});

const finishForm = document.getElementById("finish-form");
finishForm?.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (navigator.onLine && !(await outbox.waits())) return finishForm.submit();
  await keepForm(finishForm, finishForm.closest("section").querySelector("h2").textContent);
  await outbox.sendNow();
  finishForm.querySelector(".finish-kept").hidden = false;
});
outbox.listen((entry) => {
  if (entry.key === finishForm?.dataset.outbox && entry.state === "sent") location.reload();
});
