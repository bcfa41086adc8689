"use strict";
// Review by keys: j and k go through the items, a accepts, r rejects, u is unsure, c corrects, x ticks, z undoes. And
// what is selected in the text goes into a field as offsets in code points. Every page does without.
(() => {
  const rows = [...document.querySelectorAll("[data-item]")];
  const words = document.getElementById("words");
  const typing = "input:not([type=checkbox]), textarea, select, [contenteditable]";
  const verdicts = {
    a: "button[name=accept], button[name=merge]",
    r: "button[name=reject], button[name=split]",
    u: "button[name=unsure]",
    c: "[data-correct]",
  };
  let selected = null; // the span last selected in the text

  function current() {
    return document.activeElement.closest("[data-item]") ?? (rows.length === 1 ? rows[0] : null);
  }

  function step(by) {
    const at = rows.indexOf(current());
    const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by];
    if (!next) return;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  /** Whether a key is meant for the review: on the page of a report only while an item of review has the focus. */
  function isMeant() {
    return !document.getElementById("card") || document.activeElement.closest("[data-item]") !== null;
  }

  function did(key) {
    const row = current();
    if (key === "j") step(1);
    else if (key === "k") step(-1);
    else if (key === "z") document.querySelector("[data-undo]")?.click();
    else if (key === "x") row?.querySelector("input[name=item]")?.click();
    else if (verdicts[key]) row?.querySelector(verdicts[key])?.click();
    else return false;
    return true;
  }

  document.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.target.matches(typing)) return;
      if (document.getElementById("keys").open || !isMeant()) return;
      if (did(event.key)) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    },
    { capture: true },
  );

  /** The offset in code points of a place in the text, from the piece it lies in. */
  function offset(node, place) {
    if (node.nodeType === Node.ELEMENT_NODE && !node.closest("[data-at]")) {
      const next = node.childNodes[place];
      const piece = next?.matches?.("[data-at]") ? next : next?.querySelector?.("[data-at]");
      if (piece) return Number(piece.dataset.at);
      const all = [...node.querySelectorAll("[data-at]")];
      return all.length ? end(all[all.length - 1]) : null;
    }
    const piece = (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement).closest("[data-at]");
    if (!piece) return null;
    if ("one" in piece.dataset) return Number(piece.dataset.at) + (place > 0 ? 1 : 0);
    const before = node.nodeType === Node.TEXT_NODE ? node.data.slice(0, place) : place ? piece.textContent : "";
    return Number(piece.dataset.at) + [...before].length;
  }

  function end(piece) {
    return Number(piece.dataset.at) + ("one" in piece.dataset ? 1 : [...piece.textContent].length);
  }

  document.addEventListener("selectionchange", () => {
    const found = getSelection();
    if (!words || !found.rangeCount || found.isCollapsed) return;
    const range = found.getRangeAt(0);
    if (!words.contains(range.startContainer) || !words.contains(range.endContainer)) return;
    const [from, to] = [
      offset(range.startContainer, range.startOffset),
      offset(range.endContainer, range.endOffset),
    ];
    selected = from !== null && to !== null && from < to ? `${from}:${to}` : null;
  });

  for (const button of document.querySelectorAll("[data-take]")) {
    const field = document.getElementById(button.dataset.take);
    button.hidden = false;
    button.addEventListener("click", () => {
      if (!selected) return;
      const held = "lines" in field.dataset && field.value.trim() ? `${field.value.trim()}\n` : "";
      field.value = held + selected;
      field.focus();
    });
  }

  const came = location.hash ? document.getElementById(location.hash.slice(1)) : null;
  if (came && rows.includes(came)) came.focus();
  else if (rows.length && !document.getElementById("card") && location.search.includes("done=")) {
    rows[0].focus({ preventScroll: true });
  }
})();
