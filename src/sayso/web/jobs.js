"use strict";
// How far a job is: its page is asked for again, and the part that changes is put in place of the old one.
(() => {
  const pause = 1000; // milliseconds

  async function again() {
    const shown = document.getElementById("progress");
    if ("ended" in shown.dataset) return;
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("progress");
      if (fresh && !shown.contains(document.activeElement)) shown.replaceWith(document.adoptNode(fresh));
    } catch {
      // The desk may be gone for a moment: it is asked again.
    }
    setTimeout(again, pause);
  }

  setTimeout(again, pause);
})();
