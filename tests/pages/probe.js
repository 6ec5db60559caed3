/* What the checks ask of a page that is on screen; evaluated once on it, then called by name. */
"use strict";

const TABBABLE =
  "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
const LEAST_RING = 2;

function named(element) {
  const text = (element.innerText || element.value || element.getAttribute("aria-label") || "").trim();
  const id = element.id ? `#${element.id}` : "";
  return `${element.localName}${id} « ${text.replace(/\s+/g, " ").slice(0, 40)} »`;
}

function shown(element) {
  return element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
}

/* One radio of a group is reached with Tab, the others with the arrows. */
function onceAGroup(element, index, all) {
  if (element.type !== "radio") return true;
  const group = all.filter((other) => other.type === "radio" && other.name === element.name && other.form === element.form);
  return element === (group.find((other) => other.checked) ?? group[0]);
}

window.probe = {
  tabbables() {
    return [...document.querySelectorAll(TABBABLE)]
      .filter((element) => !element.disabled && element.tabIndex >= 0 && shown(element))
      .filter(onceAGroup)
      .length;
  },

  /* Every element that takes the focus from now on: whether it is ringed, and free of what floats. */
  follow() {
    const seen = new Map();
    document.addEventListener("focusin", ({ target }) => {
      if (!seen.has(target)) seen.set(target, { name: named(target), ringed: ringed(target), free: free(target) });
    });
    window.probe.followed = () => [...seen.values()];
  },

  /* The elements that go beyond the sides of the window, when the page scrolls sideways. */
  beyond() {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    return [...document.body.querySelectorAll("*")]
      .filter((element) => shown(element) && element.getBoundingClientRect().right > root.clientWidth + 1)
      .filter((element) => getComputedStyle(element).position !== "fixed")
      .slice(-3)
      .map(named)
      .concat(`largeur ${root.scrollWidth} pour ${root.clientWidth}`);
  },

  /* Touch targets lower than `least` pixels, links inside a sentence apart. */
  small(least) {
    return [...document.querySelectorAll("button, a.btn, .bar a, .chip, select, summary")]
      .filter(shown)
      .filter((element) => element.getBoundingClientRect().height < least - 0.5)
      .map((element) => `${named(element)} ${Math.round(element.getBoundingClientRect().height)} px`);
  },

  /* `swapped` is kept once HTMX has put in place what the next click brings. */
  expectSwap() {
    window.probe.swapped = new Promise((done) => {
      document.addEventListener("htmx:afterSettle", () => done(true), { once: true });
    });
  },

  nodes() {
    return document.querySelectorAll("*").length;
  },

  /* What the main part says, but for secrets drawn at random and what scripts bring. */
  text() {
    const secret = [...document.querySelectorAll("main code, main .scripted")];
    for (const element of secret) element.hidden = true;
    const text = document.querySelector("main").innerText;
    for (const element of secret) element.hidden = false;
    return text.replace(/\s+/g, " ").trim();
  },

  /* The texts of the page, one a text node: what is written, whatever stands around it. */
  sentences() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const text = walker.currentNode.data.trim();
      const parent = walker.currentNode.parentElement;
      if (text && !parent.closest("script, style, code, [lang]:not(html)")) found.push(text);
    }
    for (const element of document.querySelectorAll("[aria-label], [placeholder], [title]")) {
      for (const name of ["aria-label", "placeholder", "title"]) {
        if (element.hasAttribute(name)) found.push(element.getAttribute(name));
      }
    }
    return found;
  },

  /* The main part as HTML, without what differs from one answer to the next. */
  main() {
    const copy = document.querySelector("main").cloneNode(true);
    for (const field of copy.querySelectorAll("[name=csrfmiddlewaretoken], .print-head")) field.remove();
    for (const element of copy.querySelectorAll("[class]")) {
      for (const name of [...element.classList]) if (name.startsWith("htmx-")) element.classList.remove(name);
      if (!element.className) element.removeAttribute("class");
    }
    return copy.innerHTML.replace(/\s+/g, " ").replace(/> </g, "><");
  },
};

/* The ring may stand on what stands for the element: its label, or the field around it. */
function ringed(element) {
  const around = element.parentElement?.matches(":focus-within") ? element.parentElement : null;
  return [element, element.labels?.[0], element.nextElementSibling, around]
    .filter(Boolean)
    .map((each) => getComputedStyle(each))
    .some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= LEAST_RING);
}

function free(element) {
  const own = element.getBoundingClientRect();
  const whole = own.width > 4 && own.height > 4 ? element : element.labels?.[0] ?? element;
  const box = whole.getBoundingClientRect();
  const spots = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.2], [0.5, 0.8]];
  return spots.some(([across, down]) => {
    const found = document.elementFromPoint(box.left + box.width * across, box.top + box.height * down);
    return found && (whole.contains(found) || found.contains(element));
  });
}
