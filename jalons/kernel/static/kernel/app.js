/*
 * What the pages gain when scripts run; without this file every journey still works.
 * One part per behaviour, each bound by a data attribute and started by `start(root)` on the page,
 * then on every fragment that HTMX brings.
 */
"use strict";

const NO_BREAK = "\u00a0";

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

/* ---- Announcements: `data-announce` on a fragment is read aloud once the fragment is in place ---- */

function announce(text) {
  const zone = document.getElementById("announcements");
  if (!zone) return;
  zone.textContent = "";
  setTimeout(() => { zone.textContent = text; }, 50);
}

function announceFragment(fragment) {
  const news = fragment.matches("[data-announce]")
    ? fragment
    : fragment.querySelector("[data-announce]");
  if (news) announce(news.dataset.announce);
}

/* ---- Keyboard: `/` goes to the search field, a key of `data-key` presses its button or link ---- */

function onShortcut(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog[open]")) return;
  if (event.key !== "/") {
    document.querySelector(`[data-key~="${CSS.escape(event.key)}"]`)?.click();
    return;
  }
  const field = document.querySelector("[data-shortcut='/']");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
}

/* ---- Clicks: open a dialog, close what was opened, print ---- */

function onClick(event) {
  const trigger = event.target.closest("[data-dialog], [data-close], [data-print]");
  if (!trigger) return;
  if ("print" in trigger.dataset) {
    window.print();
  } else if ("close" in trigger.dataset) {
    trigger.closest(trigger.dataset.close)?.remove();
    document.getElementById("contenu")?.focus({ preventScroll: true });
  } else {
    const dialog = document.getElementById(trigger.dataset.dialog);
    if (!dialog || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    dialog.showModal();
  }
}

/* ---- Menus: placed under their button where the browser cannot do it from the stylesheet ---- */

function onToggle(event) {
  const menu = event.target;
  if (event.newState !== "open" || !menu.matches(".menu:not(.sheet), .why")) return;
  if (CSS.supports("position-area: bottom")) return;
  const button = document.querySelector(`[popovertarget="${menu.id}"]`);
  if (!button) return;
  const box = button.getBoundingClientRect();
  const left = Math.min(box.right - menu.offsetWidth, innerWidth - menu.offsetWidth - 8);
  const below = box.bottom + menu.offsetHeight < innerHeight;
  menu.style.margin = "0";
  menu.style.inset = "auto";
  menu.style.left = `${Math.max(8, left)}px`;
  menu.style.top = `${below ? box.bottom + 4 : Math.max(8, box.top - menu.offsetHeight - 4)}px`;
}

/* ---- A form posts once: the second click of a hesitant hand is ignored; one that brings a file
 * (`data-file`) leaves its page in place and may be sent again ---- */

const PATIENCE = 8000;

function onSubmit(event) {
  const form = event.target;
  if (form.getAttribute("method")?.toLowerCase() !== "post" || "file" in form.dataset) return;
  if (form.hasAttribute("aria-busy")) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.setAttribute("aria-busy", "true");
  setTimeout(() => release(form), PATIENCE);
}

function release(form) {
  form?.removeAttribute("aria-busy");
}

/* ---- Drafts: `data-draft` names the form, `data-draft-url` receives its fields ---- */

const DRAFT_EVERY = 4000;
const DRAFT_RETRY = 10000;
const KEEPALIVE_LIMIT = 60000;

class DraftKeeper {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-draft-status]");
    this.timer = 0;
    this.changed = this.sending = this.sent = false;
    form.addEventListener("input", () => this.onChange());
    form.addEventListener("change", () => this.onChange());
    form.addEventListener("focusout", () => this.save());
    form.addEventListener("submit", (event) => { this.sent = !event.defaultPrevented; });
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.save(); });
    addEventListener("pageshow", () => { this.sent = false; });
  }

  onChange() {
    this.changed = true;
    this.sent = false;
    this.wait(DRAFT_EVERY);
  }

  wait(delay) {
    this.timer ||= setTimeout(() => { this.timer = 0; this.save(); }, delay);
  }

  fields() {
    const fields = new URLSearchParams({ draft_form: this.form.dataset.draft });
    for (const [name, value] of new FormData(this.form)) {
      const secret = this.form.elements[name]?.type === "password" || name === "csrfmiddlewaretoken";
      if (typeof value === "string" && !secret) fields.append(name, value);
    }
    return fields;
  }

  async save() {
    if (!this.changed || this.sending || this.sent || !this.form.isConnected) return;
    clearTimeout(this.timer);
    this.timer = 0;
    this.changed = false;
    this.sending = true;
    try {
      await this.post();
    } catch {
      this.changed = true;
      this.say("lost", "Brouillon non gardé : la connexion est coupée. Nouvel essai dans un instant.");
      this.wait(DRAFT_RETRY);
    }
    this.sending = false;
    if (this.changed) this.wait(DRAFT_EVERY);
  }

  async post() {
    const body = this.fields();
    const answer = await fetch(this.form.dataset.draftUrl, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": this.form.elements.csrfmiddlewaretoken?.value ?? "" },
      redirect: "manual",
      keepalive: document.hidden && body.toString().length < KEEPALIVE_LIMIT,
    });
    if (answer.type === "opaqueredirect") {
      this.say("lost", "Vous êtes déconnecté. Reconnectez-vous dans un autre onglet pour garder ce texte.");
      return;
    }
    if (answer.status >= 500) throw new Error(`draft: ${answer.status}`);
    const text = await answer.text();
    const sentence = text && !text.startsWith("<");
    this.say(answer.ok ? "kept" : "lost", sentence ? text : "Ce brouillon n’est pas gardé. Enregistrez votre texte.");
  }

  say(state, text) {
    if (!this.status || this.sent) return;
    this.status.dataset.state = state;
    this.status.lastElementChild.textContent = text.replace(/ ([:;?!])/g, `${NO_BREAK}$1`);
  }
}

/* ---- Suggestions: a text field with `data-combobox-url` asks it `?q=` and lists what it answers ----
 * The answer is {"results": [{"value", "label", "hint"?}]}. The label goes to the field, the value to
 * the hidden field named by `data-combobox-code`, which free text empties.
 */

const TYPING_PAUSE = 150;

class Combobox {
  constructor(input) {
    this.input = input;
    this.code = document.getElementById(input.dataset.comboboxCode ?? "");
    this.least = Number(input.dataset.comboboxLeast ?? 2);
    this.options = [];
    this.active = -1;
    this.build();
    input.addEventListener("input", () => this.onInput());
    input.addEventListener("keydown", (event) => this.onKey(event));
    input.addEventListener("blur", () => this.close());
  }

  build() {
    const { input } = this;
    const list = document.createElement("ul");
    set(list, { id: `${input.id}-list`, class: "listbox", role: "listbox", "aria-label": "Propositions" });
    list.hidden = true;
    const box = document.createElement("div");
    box.className = "combo";
    const focused = document.activeElement === input;
    input.replaceWith(box);
    box.append(input, list);
    if (focused) input.focus();
    set(input, {
      role: "combobox", autocomplete: "off", "aria-autocomplete": "list",
      "aria-expanded": "false", "aria-controls": list.id,
    });
    this.list = list;
  }

  onInput() {
    if (this.code) this.code.value = "";
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), TYPING_PAUSE);
  }

  async ask() {
    this.request?.abort();
    const typed = this.input.value.trim();
    if (typed.length < this.least) return this.close();
    this.request = new AbortController();
    const url = new URL(this.input.dataset.comboboxUrl, location.href);
    url.searchParams.set("q", typed);
    try {
      const answer = await fetch(url, { signal: this.request.signal, redirect: "error" });
      if (answer.ok) this.show((await answer.json()).results);
    } catch {
      this.close();
    }
  }

  show(results) {
    this.options = results;
    this.active = -1;
    this.list.replaceChildren(...results.map((result, index) => this.option(result, index)));
    this.open(results.length > 0 && document.activeElement === this.input);
    const many = results.length > 1 ? "propositions" : "proposition";
    announce(results.length ? `${results.length} ${many}` : "Aucune proposition");
  }

  option(result, index) {
    const item = document.createElement("li");
    set(item, { id: `${this.list.id}-${index}`, role: "option", "aria-selected": "false" });
    item.textContent = result.label;
    if (result.hint) {
      const hint = document.createElement("span");
      hint.className = "sub";
      hint.textContent = result.hint;
      item.append(" ", hint);
    }
    item.addEventListener("pointerdown", (event) => event.preventDefault());
    item.addEventListener("click", () => this.choose(index));
    return item;
  }

  onKey(event) {
    const last = this.options.length - 1;
    const moves = {
      ArrowDown: Math.min(this.active + 1, last),
      ArrowUp: Math.max(this.active - 1, 0),
    };
    if (this.list.hidden) {
      if (event.key === "ArrowDown" && last >= 0) this.open(true);
      return;
    }
    if (event.key in moves) {
      event.preventDefault();
      this.move(moves[event.key]);
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    }
  }

  move(index) {
    this.list.children[this.active]?.setAttribute("aria-selected", "false");
    this.active = index;
    const item = this.list.children[index];
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", item.id);
  }

  choose(index) {
    const chosen = this.options[index];
    this.input.value = chosen.label;
    if (this.code) this.code.value = chosen.value;
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
    this.close();
  }

  open(yes) {
    this.list.hidden = !yes;
    this.input.setAttribute("aria-expanded", String(yes));
    if (!yes) this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    this.active = -1;
    this.open(false);
  }
}

/* ---- Start, and what HTMX tells ---- */

const started = new WeakSet();

function start(root) {
  const each = (selector, bind) => {
    for (const element of root.querySelectorAll(selector)) {
      if (!started.has(element)) bind(element);
      started.add(element);
    }
  };
  each("form[data-draft][data-draft-url]", (form) => new DraftKeeper(form));
  each("input[data-combobox-url]", (input) => new Combobox(input));
  each(".tabs [aria-current], .chip[aria-current]", (current) => {
    current.parentElement.scrollLeft = current.offsetLeft - current.parentElement.offsetLeft - 16;
  });
}

function onFailure() {
  announce("La page n’a pas pu être mise à jour.");
  const zone = document.getElementById("toasts");
  if (!zone) return;
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.textContent = "La page n’a pas pu être mise à jour. Rechargez-la, puis recommencez.";
  zone.replaceChildren(toast);
}

/*
 * A request sent on to another page (the login, say) is followed there, not shown inside a fragment;
 * sent back to this page, it may take its fragment from it with `data-hx-select`.
 */
function onAnswer(event) {
  const { xhr, pathInfo, requestConfig } = event.detail;
  if (!xhr.responseURL) return;
  const asked = new URL(pathInfo.finalRequestPath, location.href);
  const reached = new URL(xhr.responseURL);
  if (asked.pathname === reached.pathname || !/^\s*<!doctype/i.test(xhr.response)) return;
  const selects = requestConfig.elt.closest("[data-hx-select]");
  if (selects && reached.pathname === location.pathname) return;
  event.detail.shouldSwap = false;
  location.assign(reached);
}

/* The button that asked for a fragment may have gone with the old one: the new one then takes the focus. */
let focusWasInside = false;

function rememberFocus(event) {
  focusWasInside = event.detail.target.contains(document.activeElement);
}

function restoreFocus(fragment) {
  if (focusWasInside && document.activeElement === document.body) {
    fragment.tabIndex = -1;
    fragment.focus({ preventScroll: true });
  }
  focusWasInside = false;
}

document.addEventListener("keydown", onShortcut);
document.addEventListener("click", onClick);
document.addEventListener("toggle", onToggle, true);
document.addEventListener("submit", onSubmit, true);
document.addEventListener("htmx:afterRequest", (event) => release(event.detail.elt.closest("form")));
document.addEventListener("htmx:beforeSwap", onAnswer);
document.addEventListener("htmx:beforeSwap", rememberFocus);
document.addEventListener("htmx:responseError", onFailure);
document.addEventListener("htmx:sendError", onFailure);
document.addEventListener("htmx:afterSettle", (event) => {
  start(event.target.parentElement ?? document);
  announceFragment(event.target);
  restoreFocus(event.target);
});
addEventListener("pageshow", () => document.querySelectorAll("form[aria-busy]").forEach(release));
start(document);
