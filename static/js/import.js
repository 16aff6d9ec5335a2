// The page of a running import: how far it is, and what came of it as soon as it is done.
(() => {
  "use strict";
  const EVERY = 500; // ms
  const page = document.getElementById("import");
  const bar = document.getElementById("import-bar");
  const words = document.getElementById("import-words");
  const said = document.getElementById("import-said");
  let quarter = 0;

  const show = ({ done, total }) => {
    if (!total) return;
    bar.max = total;
    bar.value = done;
    words.textContent = words.dataset.words
      .replace("{done}", done.toLocaleString())
      .replace("{total}", total.toLocaleString());
    // Read aloud at each quarter only: twice a second would be a torment.
    const now = Math.floor((4 * done) / total);
    if (now > quarter) said.textContent = words.textContent;
    quarter = Math.max(quarter, now);
  };

  const ask = async () => {
    try {
      const answer = await fetch(page.dataset.state, { cache: "no-store", redirect: "error" });
      if (answer.ok) {
        const now = await answer.json();
        show(now);
        if (now.state !== "running") return location.reload();
      }
    } catch {
      // No signal for a moment: it goes on without us, and we ask again.
    }
    return setTimeout(ask, EVERY);
  };

  setTimeout(ask, EVERY);
})();
