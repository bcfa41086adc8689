"use strict";
// Brings the note of a statement, a happening, a place or a time beside its words, and lights all its pieces. All text
// is in the page already: nodes are cloned, never built from strings. What is shown goes by a key: "3" is the third
// statement; "i2", "y1" and "f1" are an incident, a tally and a forecast; "p4", "a5" and "g6" a place, its people and
// its government; "t7" is a time.
(() => {
  const root = document.documentElement;
  const text = document.getElementById("text");
  const card = document.getElementById("card");
  const side = document.getElementById("side");
  const status = document.getElementById("filter");
  const atlas = [...document.querySelectorAll(".atlas")];
  const speakers = [...document.querySelectorAll(".who")];
  const homes = [...document.querySelectorAll("[data-go][id^=r]")]; // the control that stands for each thing
  let shown = ""; // the key of what is in the card
  let last = ""; // the key shown last, from where j and k go on
  let pinned = false; // chosen by click or key, so that the pointer moving on does not take it away
  let quiet = false; // the focus moves, but nobody asked to see anything

  root.classList.add("live");

  function kindOf(key) {
    return key.replace(/\d+$/, "");
  }

  function numberOf(key) {
    return Number(/\d+$/.exec(key));
  }

  function noteOf(key) {
    return key && document.getElementById(kindOf(key) ? key : `n${key}`);
  }

  function toneOf(key) {
    return noteOf(key)?.className.split(" ")[1] ?? "";
  }

  function homeOf(key) {
    return document.getElementById(`r${key}`);
  }

  function words(list) {
    return list ? list.split(" ") : [];
  }

  /** The keys of what lies over a piece of text, the innermost first. Only words that name a thing count. */
  function keysAt(piece) {
    const named = words(piece.dataset.m).filter((key) => key === key.toLowerCase());
    return [...new Set([...named, ...words(piece.dataset.s).map((mark) => mark.slice(1))])];
  }

  function piecesOf(key) {
    const marks = kindOf(key) ? [key, key.toUpperCase()] : ["c", "s", "q"].map((kind) => kind + key);
    const name = kindOf(key) ? "data-m" : "data-s";
    return marks.map((mark) => [mark, text.querySelectorAll(`[${name}~="${mark}"]`)]);
  }

  /** Light the pieces of some things, all in one tone or, without one, each in its own; and their places and days. */
  function light(keys, tone) {
    text.className = tone ? `prose at-${tone}` : "prose";
    for (const piece of document.querySelectorAll(".lit")) piece.classList.remove("lit", "lit-by");
    const alight = new Set(keys);
    for (const key of keys) {
      for (const [mark, pieces] of piecesOf(key)) {
        for (const piece of pieces) {
          piece.classList.add("lit");
          if (/^[sqiy]/.test(mark)) piece.classList.add("lit-by");
          for (const other of words(piece.dataset.m)) if (/^[pt]/.test(other)) alight.add(other);
        }
      }
    }
    for (const part of atlas) {
      for (const link of part.querySelectorAll("[data-go]")) link.classList.toggle("lit", alight.has(link.dataset.go));
    }
    root.classList.toggle("busy", keys.length > 0);
  }

  function chosenKeys() {
    const chosen = speakers.find((button) => button.getAttribute("aria-pressed") === "true");
    return chosen ? words(chosen.dataset.numbers) : [];
  }

  function show(key, keep) {
    const note = noteOf(key);
    if (!note) return;
    pinned = keep;
    if (keep || !kindOf(key)) last = key;
    if (key === shown) return;
    shown = key;
    const tone = toneOf(key);
    card.className = `card ${tone}`;
    card.replaceChildren(closeButton(), ...contentOf(note));
    for (const part of card.querySelectorAll("[id]")) part.removeAttribute("id");
    card.hidden = false;
    card.scrollTop = 0;
    light([key], tone);
  }

  function hide() {
    if (!shown) return;
    shown = "";
    pinned = false;
    card.hidden = true;
    card.replaceChildren();
    light(chosenKeys());
  }

  /** What a note says, cloned; a row of a table becomes a heading and a list of facts under the columns' names. */
  function contentOf(note) {
    if (note.tagName !== "TR") return [...note.children].map((child) => child.cloneNode(true));
    const columns = [...note.closest("table").tHead.rows[0].cells];
    const heading = document.createElement("h3");
    const facts = document.createElement("dl");
    facts.className = "facts";
    [...note.cells].forEach((cell, place) => {
      const inside = [...cell.childNodes].map((child) => child.cloneNode(true));
      if (place === 0) heading.append(...inside);
      else if (inside.length) {
        const fact = document.createElement("div");
        const [name, value] = ["dt", "dd"].map((kind) => fact.appendChild(document.createElement(kind)));
        name.textContent = columns[place].textContent;
        value.append(...inside);
        facts.append(fact);
      }
    });
    return [heading, facts];
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

  function focusQuietly(element) {
    quiet = true;
    element.focus({ preventScroll: true });
    quiet = false;
  }

  /** Close the card and put the focus back to the control of what it showed. */
  function leave() {
    const home = homeOf(shown);
    const inside = card.contains(document.activeElement);
    hide();
    if (inside && home) focusQuietly(home);
  }

  /** Whether the text stands beside the map, so that both can be seen. */
  function isBeside() {
    return getComputedStyle(side).position === "sticky";
  }

  /** Show a thing and its words. From below or beside the text this goes to them; a map above or below it stays put. */
  function go(key, from) {
    show(key, true);
    if (from && side.contains(from) && !card.contains(from) && !isBeside()) return;
    const home = homeOf(key);
    if (home && (text.contains(home) || !from)) focusQuietly(home);
    const sign = text.contains(home) ? home : text.querySelector(".lit");
    if (sign) sign.scrollIntoView({ block: "nearest" });
  }

  function choose(button) {
    const on = button.getAttribute("aria-pressed") !== "true";
    for (const other of speakers) other.setAttribute("aria-pressed", String(on && other === button));
    hide();
    const keys = chosenKeys();
    light(keys);
    for (const note of document.querySelectorAll(".note")) note.hidden = on && !keys.includes(note.id.slice(1));
    status.textContent = on ? `Only those of ${button.querySelector(".name").textContent}.` : "";
  }

  text.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse" || pinned) return;
    const piece = event.target.closest("[data-s], [data-m]");
    const key = piece && keysAt(piece)[0];
    if (key) show(key, false);
    else hide();
  });
  text.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "mouse" && !pinned) hide();
  });
  for (const part of atlas) {
    // Only the light: a card coming up beside the map could cover what the pointer is on.
    part.addEventListener("pointerover", (event) => {
      if (event.pointerType !== "mouse" || pinned) return;
      const link = event.target.closest("[data-go]");
      light(link ? [link.dataset.go] : chosenKeys(), link ? toneOf(link.dataset.go) : "");
    });
    part.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse" && !pinned) light(chosenKeys());
    });
  }
  document.addEventListener("focusin", (event) => {
    const home = event.target.closest("[data-go][id^=r]");
    // A pressed pointer focuses too, but the card must not come up under it before it is let go.
    if (!home || quiet || !home.matches(":focus-visible")) return;
    show(home.dataset.go, true);
    if (text.contains(home)) home.scrollIntoView({ block: "nearest" });
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-go]");
    const piece = event.target.closest("[data-s], [data-m]");
    const button = event.target.closest(".who");
    if (button) choose(button);
    else if (link) {
      event.preventDefault();
      go(link.dataset.go, link);
    } else if (piece && text.contains(piece) && String(getSelection()) === "") {
      const keys = keysAt(piece);
      const place = pinned ? keys.indexOf(shown) : -1; // a second tap goes one thing outwards
      if (!keys.length) return;
      show(keys[(place + 1) % keys.length], true);
      piece.scrollIntoView({ block: "nearest" });
    } else if (!card.contains(event.target)) hide();
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      if (shown) leave();
      else speakers.filter((button) => button.getAttribute("aria-pressed") === "true").forEach(choose);
    } else if (event.key === "j" || event.key === "k") {
      const same = homes.map((home) => home.dataset.go).filter((key) => kindOf(key) === kindOf(last)); // of one kind
      same.sort((a, b) => numberOf(a) - numberOf(b));
      const step = event.key === "j" ? 1 : -1;
      const place = same.indexOf(last);
      const next = place < 0 ? (step > 0 ? 0 : same.length - 1) : place + step;
      if (same[next]) go(same[next]);
    }
  });

  const asked = /^#(?:[nr](\d+)|r?([iyfpagt]\d+))$/.exec(location.hash);
  if (asked) go(asked[1] || asked[2]);
})();
