// Writing a program: what is typed is read while it is typed, and rows come without a new page.

const text = document.getElementById("id_text");
if (text) {
  const checked = document.getElementById("checked");
  let asked = 0;
  let waiting = 0;

  async function check() {
    const mine = ++asked;
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const body = new URLSearchParams({ text: text.value, csrfmiddlewaretoken: token });
    try {
      const answer = await fetch(text.dataset.check, { method: "POST", body });
      if (!answer.ok || mine !== asked) return;
      checked.innerHTML = text.value.trim() ? await answer.text() : "";
      for (const button of checked.querySelectorAll("button[hidden]")) button.hidden = false;
    } catch {
      // Without signal there is no check; saving says what is wrong.
    }
  }

  function startOf(row) {
    return text.value.split("\n").slice(0, row - 1).join("\n").length + (row > 1 ? 1 : 0);
  }

  text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(check, 400);
  });
  for (const button of checked.querySelectorAll("button[hidden]")) button.hidden = false;

  checked.addEventListener("click", (event) => {
    const mistake = event.target.closest("li[data-row]");
    if (!mistake) return;
    const line = startOf(Number(mistake.dataset.row));
    const from = line + Number(mistake.dataset.column) - 1;
    const name = event.target.closest("button[data-name]")?.dataset.name;
    if (name) {
      // The name goes from here to where its sets begin.
      const rest = text.value.slice(from).split("\n", 1)[0];
      const length = rest.search(/\s+(#|(w|d|warm-?up|drop)\s+\d|\d+\s*[x×*])/i);
      text.setRangeText(name, from, from + (length < 0 ? rest.length : length), "end");
      check();
      text.focus();
    } else if (event.target.closest("a")) {
      event.preventDefault();
      text.focus();
      text.setSelectionRange(from, line + text.value.slice(line).split("\n", 1)[0].length);
    }
  });
}

const rows = document.getElementById("rows");
if (rows) {
  const total = document.getElementById("id_rows-TOTAL_FORMS");
  const most = Number(document.getElementById("id_rows-MAX_NUM_FORMS").value);
  const add = document.getElementById("add-row");
  add.hidden = rows.children.length >= most;

  add.addEventListener("click", () => {
    const number = Number(total.value);
    const row = rows.lastElementChild.cloneNode(true);
    for (const element of [row, ...row.querySelectorAll("*")]) {
      for (const { name, value } of [...element.attributes]) {
        element.setAttribute(name, value.replace(/rows-\d+-/g, `rows-${number}-`));
      }
    }
    for (const field of row.querySelectorAll("input")) {
      field.value = "";
      field.classList.remove("is-invalid");
      field.removeAttribute("aria-invalid");
    }
    for (const problem of row.querySelectorAll(".invalid-feedback")) problem.remove();
    const legend = row.querySelector("legend");
    legend.textContent = legend.textContent.replace(/\d+/, number + 1);
    total.value = number + 1;
    rows.append(row);
    add.hidden = rows.children.length >= most;
    row.querySelector("input").focus();
  });
}
