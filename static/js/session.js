// Improves the session page: the button says what it will log, the next set stands out, and a lost
// connection is said. Without this file every form still posts and comes back to its row.

const page = document.getElementById("main");
const connection = document.getElementById("connection");

function field(form, name) {
  return form.elements.namedItem(name)?.value.trim() ?? "";
}

function nameButton(form) {
  const button = form.querySelector(".btn-log");
  const [weight, unit] = [field(form, "weight"), field(form, "unit")];
  const [reps, seconds] = [field(form, "reps"), field(form, "seconds")];
  const work = seconds && !form.elements.namedItem("reps") ? `${seconds} s` : reps;
  const words = weight && work ? `${weight} ${unit} × ${work}` : work;
  button.querySelector(".load").textContent = words ? ` ${words}` : "";
}

// As `next_row` in sessions/page.py: a planned set, an exercise not begun, one more where nothing
// was planned. None is left once all that was planned is done.
function nextRow(bar) {
  const open = [...page.querySelectorAll(".is-open")];
  return (
    open.find((row) => !row.matches(".is-extra")) ??
    open.find((row) => !row.closest(".block").querySelector(".is-done")) ??
    ("planned" in bar.dataset ? undefined : open.at(-1))
  );
}

// Only a session that is not finished has a bar, and something to do next.
function refresh() {
  page.querySelectorAll(".set-form").forEach(nameButton);
  page.querySelectorAll(".is-next").forEach((row) => row.classList.remove("is-next"));
  const bar = document.getElementById("session-progress");
  if (!bar) return null;
  const done = page.querySelectorAll(".set.is-done:not(.is-warmup)").length;
  bar.value = done;
  document.getElementById("sets-done").textContent = done;
  const next = nextRow(bar);
  next?.classList.add("is-next");
  next?.querySelector(".add-set")?.setAttribute("open", "");
  const finish = document.getElementById("finish");
  finish.classList.toggle("btn-primary", done > 0 && !next);
  finish.classList.toggle("btn-outline-secondary", done === 0 || Boolean(next));
  return next?.querySelector(".btn-log") ?? finish;
}

document.addEventListener("input", (event) => {
  const form = event.target.closest(".set-form");
  if (form) nameButton(form);
});

document.addEventListener("htmx:after:swap", () => {
  connection.hidden = true;
  const next = refresh();
  const refused = page.querySelector("[aria-invalid]");
  (refused ?? next)?.focus({ preventScroll: !refused });
});

// An answer that is neither the row nor a refusal of it must not take the row's place.
document.addEventListener("htmx:before:swap", (event) => {
  const status = event.detail.ctx.response?.status ?? 200;
  if (status !== 200 && status !== 422) {
    event.preventDefault();
    sayNotLogged();
  }
});

document.addEventListener("htmx:error", sayNotLogged);

function sayNotLogged() {
  connection.hidden = false;
  connection.scrollIntoView({ block: "nearest" });
}

refresh();
