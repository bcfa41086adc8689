"use strict";
// Brings the note of a statement beside its words, and lights all its pieces. All text is in the page already:
// nodes are cloned, never built from strings.
(() => {
  const root = document.documentElement;
  const text = document.getElementById("text");
  const card = document.getElementById("card");
  const status = document.getElementById("filter");
  const refs = [...document.querySelectorAll(".ref")].sort((a, b) => numberOf(a) - numberOf(b));
  const speakers = [...document.querySelectorAll(".who")];
  let shown = 0; // the number of the statement in the card, 0 for none
  let last = 0; // the number shown last, from where j and k go on
  let pinned = false; // chosen by click or key, so that the pointer moving on does not take it away

  root.classList.add("live");

  function numberOf(element) {
    return Number(element.id.slice(1));
  }

  /** The statements over a piece of text, the innermost first. */
  function numbersAt(piece) {
    return [...new Set(piece.dataset.s.split(" ").map((mark) => Number(mark.slice(1))))];
  }

  /** Light the pieces of some statements, all in one tone or, without one, each in its own. */
  function light(numbers, tone) {
    text.className = tone ? `prose at-${tone}` : "prose";
    for (const piece of text.querySelectorAll(".lit")) piece.classList.remove("lit", "lit-by");
    for (const number of numbers) {
      for (const kind of "csq") {
        for (const piece of text.querySelectorAll(`[data-s~="${kind}${number}"]`)) {
          piece.classList.add("lit");
          if (kind !== "c") piece.classList.add("lit-by");
        }
      }
    }
    root.classList.toggle("busy", numbers.length > 0);
  }

  function chosenNumbers() {
    const chosen = speakers.find((button) => button.getAttribute("aria-pressed") === "true");
    return chosen ? chosen.dataset.numbers.split(" ").map(Number) : [];
  }

  function show(number, keep) {
    const note = document.getElementById(`n${number}`);
    if (!note) return;
    pinned = keep;
    if (number === shown) return;
    shown = number;
    last = number;
    const tone = note.className.split(" ")[1];
    card.className = `card ${tone}`;
    card.replaceChildren(closeButton(), ...[...note.children].map((child) => child.cloneNode(true)));
    card.hidden = false;
    card.scrollTop = 0;
    light([number], tone);
  }

  function hide() {
    if (!shown) return;
    shown = 0;
    pinned = false;
    card.hidden = true;
    card.replaceChildren();
    light(chosenNumbers());
  }

  function closeButton() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "close";
    button.textContent = "×";
    button.setAttribute("aria-label", "Close");
    button.addEventListener("click", leave);
    return button;
  }

  /** Close the card and put the focus back to where the statement begins. */
  function leave() {
    const ref = document.getElementById(`r${shown}`);
    const inside = card.contains(document.activeElement);
    hide();
    if (inside && ref) {
      quiet = true;
      ref.focus({ preventScroll: true });
      quiet = false;
    }
  }
  let quiet = false; // the focus moves, but nobody asked to see a statement

  function go(number) {
    const ref = document.getElementById(`r${number}`);
    show(number, true);
    if (!ref) return;
    ref.focus({ preventScroll: true });
    ref.scrollIntoView({ block: "nearest" });
  }

  function choose(button) {
    const on = button.getAttribute("aria-pressed") !== "true";
    for (const other of speakers) other.setAttribute("aria-pressed", String(on && other === button));
    hide();
    const numbers = chosenNumbers();
    light(numbers);
    for (const note of document.querySelectorAll(".note")) note.hidden = on && !numbers.includes(numberOf(note));
    status.textContent = on ? `Only those of ${button.querySelector(".name").textContent}.` : "";
  }

  text.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse" || pinned) return;
    const piece = event.target.closest("[data-s]");
    if (piece) show(numbersAt(piece)[0], false);
    else hide();
  });
  text.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "mouse" && !pinned) hide();
  });
  text.addEventListener("focusin", (event) => {
    const ref = event.target.closest(".ref");
    if (ref && !quiet) {
      show(numberOf(ref), true);
      ref.scrollIntoView({ block: "nearest" });
    }
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-go]");
    const ref = event.target.closest(".ref");
    const piece = event.target.closest("[data-s]");
    const button = event.target.closest(".who");
    if (button) choose(button);
    else if (link || ref) {
      event.preventDefault();
      go(link ? Number(link.dataset.go) : numberOf(ref));
    } else if (piece && text.contains(piece) && String(getSelection()) === "") {
      const numbers = numbersAt(piece);
      const place = pinned ? numbers.indexOf(shown) : -1; // a second tap goes one statement outwards
      show(numbers[(place + 1) % numbers.length], true);
      piece.scrollIntoView({ block: "nearest" });
    } else if (!card.contains(event.target)) hide();
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      if (shown) leave();
      else speakers.filter((button) => button.getAttribute("aria-pressed") === "true").forEach(choose);
    } else if (event.key === "j" || event.key === "k") {
      const step = event.key === "j" ? 1 : -1;
      const place = refs.findIndex((ref) => numberOf(ref) === last);
      const next = place < 0 ? (step > 0 ? 0 : refs.length - 1) : place + step;
      if (refs[next]) go(numberOf(refs[next]));
    }
  });

  const asked = /^#[nr](\d+)$/.exec(location.hash);
  if (asked) go(Number(asked[1]));
})();
