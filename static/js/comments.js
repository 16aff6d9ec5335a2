// Marks the comments of a session as read once they were in view for a second, and leads from a set
// to the form without loading the page anew. Without this file a button and a link do the same.
{
  const form = document.getElementById("read-comments");
  const newest = [...document.querySelectorAll(".thread .is-new")].at(-1);
  const SECOND = 1_000;

  async function tell() {
    const body = new FormData(form);
    const headers = { "X-Outbox": outbox.owner }; // nobody reads for whoever signed in meanwhile
    const answer = await fetch(form.action, { method: "POST", body, headers, redirect: "manual" }).catch(() => null);
    if (answer?.status === 204) form.remove();
  }

  if (form && newest) {
    let timer = 0;
    let isInView = false;
    const look = () => {
      clearTimeout(timer);
      if (isInView && !document.hidden && form.isConnected) timer = setTimeout(tell, SECOND);
    };
    new IntersectionObserver(([entry]) => {
      isInView = entry.isIntersecting;
      look();
    }).observe(newest);
    document.addEventListener("visibilitychange", look);
    addEventListener("online", look);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".set .say");
    const about = document.getElementById("comment-about");
    if (!link || !about || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const key = link.closest(".set").id.slice("set-".length);
    link.search = `?about=${key}`; // the line of a set that was logged just now names none yet
    if (![...about.options].some(({ value }) => value === key)) return;
    event.preventDefault();
    about.value = key;
    about.form.scrollIntoView({ block: "nearest" });
    document.getElementById("comment-text").focus();
  });
}
