"use strict";
// Keys of the desk: / looks for words, ? tells the keys, j and k go through a list. Every page does without.
(() => {
  const seek = document.getElementById("seek");
  const keys = document.getElementById("keys");
  const items = [...document.querySelectorAll("a.item, .trace .event h4 a")];
  const typing = "input:not([type=checkbox]), textarea, select, [contenteditable]";

  document.documentElement.classList.add("keyed");

  function step(by) {
    const at = items.indexOf(document.activeElement);
    const next = at < 0 ? (by > 0 ? 0 : items.length - 1) : at + by;
    const item = items[next];
    if (!item) return;
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.matches(typing)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (keys.open) return;
    if (event.key === "/") {
      event.preventDefault();
      seek.focus();
      seek.select();
    } else if (event.key === "?") keys.showModal();
    else if (event.key === "j" && !document.getElementById("card")) step(1);
    else if (event.key === "k" && !document.getElementById("card")) step(-1);
  });
})();
