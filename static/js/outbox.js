// The outbox: what was logged is kept in this phone's own database before it is sent, and stays
// there until the server has answered. Pages and the service worker share this file.
//
// An entry is a form to post: { key, owner, url, body, stamp, words, page, state, answer }. `key`
// is a set's client_key (or names another form), so that typing again replaces what was not sent
// yet; `state` is waiting, sent (kept until the page was loaded anew) or refused.

const outbox = (() => {
  const PATIENCE = 15_000; // ms for one answer
  const channel = "BroadcastChannel" in self ? new BroadcastChannel("outbox") : null;
  const memory = new Map(); // where the browser keeps no database, such as in some private windows
  let opened = null;

  function database() {
    opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open("legtraining", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("entries", { keyPath: "key" });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    return opened;
  }

  // One step on the store; resolved once it is on the disk.
  async function step(mode, act) {
    const open = await database();
    return new Promise((resolve, reject) => {
      const transaction = open.transaction("entries", mode, { durability: "strict" });
      const request = act(transaction.objectStore("entries"));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  }

  async function put(entry) {
    try {
      await step("readwrite", (store) => store.put(entry));
    } catch {
      memory.set(entry.key, entry);
    }
    tell(entry);
  }

  async function remove(key) {
    memory.delete(key);
    await step("readwrite", (store) => store.delete(key)).catch(() => {});
    tell({ key, state: "gone" });
  }

  // The entries of one member, the oldest first. Nobody is shown or sends another one's.
  async function of(owner) {
    const stored = await step("readonly", (store) => store.getAll()).catch(() => []);
    const all = [...stored.filter((entry) => !memory.has(entry.key)), ...memory.values()];
    return all.filter((entry) => entry.owner === owner).sort((a, b) => a.stamp - b.stamp);
  }

  function tell(entry) {
    channel?.postMessage(entry);
    listeners.forEach((listener) => listener(entry));
  }

  const listeners = [];
  function listen(listener) {
    if (!listeners.length && channel) {
      channel.onmessage = (message) => listeners.forEach((each) => each(message.data));
    }
    listeners.push(listener);
  }

  // Who is signed in, and the token that a form of theirs needs.
  async function ask(address) {
    const answer = await fetch(address, { redirect: "manual", cache: "no-store" });
    if (!answer.ok) throw new Error(answer.type === "opaqueredirect" ? "signin" : "away");
    return answer.json();
  }

  async function post(entry, token) {
    const body = new URLSearchParams(entry.body);
    body.set("csrfmiddlewaretoken", token);
    body.set("done_at", new Date(entry.stamp).toISOString());
    return fetch(entry.url, {
      method: "POST",
      body,
      headers: { "X-Outbox": entry.owner },
      redirect: "manual",
      keepalive: true, // also while the tab is being closed
      signal: AbortSignal.timeout(PATIENCE),
    });
  }

  // Sends what waits, one by one, in the order in which it was logged. Only one tab or worker at
  // a time does. Returns "sent", "away" (no answer: try again later) or "signin".
  async function send(address, who) {
    try {
      let { member, token } = who ?? (await ask(address));
      for (const entry of await of(member)) {
        if (entry.state !== "waiting") continue;
        let answer = await post(entry, token);
        if (answer.status === 403) {
          ({ token } = await ask(address)); // signing in again made a new one
          answer = await post(entry, token);
        }
        if (answer.type === "opaqueredirect" || answer.status === 409) return "signin";
        if (answer.status === 403 || answer.status >= 500) return "away";
        await settle(entry, answer.ok ? "sent" : "refused", await answer.text());
      }
      return "sent";
    } catch (error) {
      return error.message === "signin" ? "signin" : "away";
    }
  }

  async function settle(entry, state, answer) {
    const now = (await of(entry.owner)).find((each) => each.key === entry.key);
    if (!now || now.stamp !== entry.stamp) return; // typed again meanwhile: that is still waiting
    if (state === "sent" && !entry.row) {
      await remove(entry.key);
      tell({ ...entry, state });
    } else {
      await put({ ...entry, state, answer });
    }
  }

  function flush(address, who) {
    if (!navigator.locks) return send(address, who);
    return navigator.locks.request("outbox", () => send(address, who));
  }

  return { put, remove, of, listen, flush, post };
})();

// --- What a page does with it -------------------------------------------------------------------

if ("document" in self) {
  const box = document.getElementById("outbox");
  const owner = document.body.dataset.member;
  const words = box.querySelector(".outbox-words");
  const signin = box.querySelector(".outbox-signin");
  const list = box.querySelector(".outbox-refused");
  const session = document.getElementById("session");
  const isKept = "kept" in document.body.dataset; // opened without signal, see templates/sw.js
  // A session that answers a refused form stands at that form's address, which is not its own.
  const here = session?.dataset.url ?? location.pathname;
  let leaving = false;
  let pause = 0;
  let retry = 0;

  outbox.owner = owner;
  outbox.trouble = ""; // "away" or "signin", while something could not be sent
  // This phone's clock may be wrong; the newest page from the server tells by how much, if it is
  // enough to matter.
  if (session?.dataset.now && !isKept) {
    const [loading] = performance.getEntriesByType("navigation");
    const off = Number(session.dataset.now) - (performance.timeOrigin + loading.responseStart);
    localStorage.setItem("clock", Math.abs(off) > 5000 ? Math.round(off) : 0);
  }
  outbox.now = () => Date.now() + Number(localStorage.getItem("clock") ?? 0);

  // `over` is what was kept under the same key and waits still: it is that again if this one is
  // refused and let go.
  outbox.keep = async (entry) => {
    const known = (await outbox.of(owner)).find(({ key }) => key === entry.key);
    const over = known?.state === "waiting" ? known : known?.over;
    await outbox.put({ owner, page: here, state: "waiting", ...entry, ...(over && { over: { ...over, over: undefined } }) });
  };

  async function letGo({ key, over }) {
    if (!over) return outbox.remove(key);
    await outbox.put(over); // in its place
    await outbox.sendNow();
    if (over.page === location.pathname) location.reload();
  }

  const waits = (outbox.waits = async () => (await outbox.of(owner)).some((entry) => entry.state === "waiting"));

  outbox.sendNow = async function sendNow() {
    clearTimeout(retry);
    let result = "sent";
    if (await waits()) {
      const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
      result = await outbox.flush(box.dataset.token, token ? { member: owner, token } : null);
    }
    const waiting = result !== "sent" && (await waits());
    outbox.trouble = waiting ? result : "";
    pause = outbox.trouble === "away" ? Math.min(Math.max(pause * 2, 2_000), 15_000) : 0;
    if (pause) {
      retry = setTimeout(sendNow, pause);
      navigator.serviceWorker?.ready.then((worker) => worker.sync?.register("outbox")).catch(() => {});
    }
    await show();
    return outbox.trouble || "sent";
  };

  // What is merely being sent is not worth a word.
  async function show() {
    const entries = await outbox.of(owner);
    const isStuck = outbox.trouble || leaving || !navigator.onLine;
    const waiting = entries.filter((entry) => entry.state === "waiting" && isStuck);
    const refused = entries.filter((entry) => entry.state === "refused");
    signin.hidden = outbox.trouble !== "signin";
    const [wasHidden, active] = [box.hidden, document.activeElement];
    const { top, bottom } = active.getBoundingClientRect();
    box.hidden = !waiting.length && !refused.length;
    const say = (name, n) => (n ? words.dataset[name].replace("{n}", n) : "");
    words.textContent = [
      leaving && waiting.length ? words.dataset.leaving : "",
      signin.hidden || !waiting.length ? say(waiting.length === 1 ? "one" : "many", waiting.length) : words.dataset.signin,
      say("refused", refused.length),
    ].filter(Boolean).join(" ");
    box.querySelector(".outbox-send").hidden = !waiting.length || !signin.hidden;
    list.replaceChildren(...refused.map(line));
    const { kept, sending, signin: signInFirst } = session?.dataset ?? {};
    const tag = outbox.trouble === "signin" ? signInFirst : isStuck ? kept : sending;
    document.querySelectorAll(".set .kept").forEach((each) => (each.textContent = tag));
    // It moves the page: what has the focus, and was in view, stays there.
    if (box.hidden !== wasHidden && top >= 0 && bottom <= innerHeight) active.scrollIntoView({ block: "nearest" });
  }

  // A refused entry with its reason; it stays until it was mended, or let go.
  function line(entry) {
    const item = box.querySelector("template").content.cloneNode(true).firstElementChild;
    const link = item.querySelector("a");
    [link.href, link.textContent] = [entry.page, entry.words];
    const said = new DOMParser().parseFromString(entry.answer, "text/html");
    const why = said.querySelector(".invalid, .invalid-feedback") ?? said.querySelector("h1") ?? said.body;
    item.querySelector("span").textContent = why.textContent.trim().slice(0, 200);
    item.querySelector("button").addEventListener("click", () => letGo(entry));
    return item;
  }

  signin.search = `?next=${encodeURIComponent(here)}`;
  box.querySelector(".outbox-send").addEventListener("click", outbox.sendNow);
  outbox.listen(show);
  const sayNothing = () => document.querySelectorAll(".no-signal").forEach((each) => each.remove());
  const isBack = () => {
    sayNothing();
    pause = 0;
    outbox.sendNow();
  };
  addEventListener("online", isBack);
  addEventListener("offline", show);
  document.addEventListener("visibilitychange", () => document.hidden || isBack());
  document.addEventListener("submit", async (event) => {
    if (!event.target.action.endsWith("/logout/") || leaving) return;
    event.preventDefault();
    await outbox.sendNow();
    leaving = true;
    if (!(await waits())) event.target.requestSubmit();
    else await show();
    box.scrollIntoView({ block: "nearest" });
  });

  // What needs an answer is not asked for without signal: what was typed stays, and it is said.
  function wait(event, beside) {
    if (event.defaultPrevented || navigator.onLine) return;
    event.preventDefault();
    sayNothing();
    const sentence = Object.assign(document.createElement("p"), { className: "invalid no-signal" });
    sentence.setAttribute("role", "alert");
    sentence.textContent = words.dataset.offline;
    beside.after(sentence);
    sentence.scrollIntoView({ block: "nearest" });
  }
  addEventListener("submit", (event) => {
    if (event.target.getAttribute("method") === "post") wait(event, event.submitter ?? event.target);
  });
  addEventListener("click", (event) => {
    const link = event.target.closest("[data-online]");
    if (link) wait(event, link);
  });

  // A page that was asked for just before the worker began is not its own yet: it is told.
  navigator.serviceWorker?.register(box.dataset.worker).catch(() => {});
  navigator.serviceWorker?.ready.then(({ active }) => {
    if (!navigator.serviceWorker.controller) active.postMessage("here");
  });
  outbox.sendNow();

  // The first page was kept before this session had begun: without signal it should lead here.
  async function keepToday() {
    if (!navigator.serviceWorker?.controller || sessionStorage.getItem("today") === session.dataset.uuid) return;
    const answer = await fetch("/").catch(() => null);
    if (answer?.ok) sessionStorage.setItem("today", session.dataset.uuid);
  }
  if (session?.dataset.open && !isKept) setTimeout(keepToday, 3_000);
}
