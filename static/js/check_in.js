// Keeps what a coach is typing: on the server while there is a network, else sealed on the device.
// Without this script the form works just the same; what was sent after the session ended comes back after log-in.
"use strict";

const PREFIX = "gesprek:";
const WAIT = 1200;

const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));

// What stood on the device about a person goes once the contact is saved.
const saved = new URLSearchParams(location.search).get("vastgelegd");
const coached = document.querySelector("[data-coached]");
if (saved && coached) {
  const kept = localStorage.getItem(PREFIX + coached.dataset.coached);
  if (kept?.startsWith(`${saved}.`)) localStorage.removeItem(PREFIX + coached.dataset.coached);
  history.replaceState(null, "", location.pathname);
}

const form = document.querySelector("form[data-draft]");
if (form && window.crypto?.subtle) {
  const place = PREFIX + form.dataset.about;
  const offline = form.querySelector("[data-offline]");
  const found = form.querySelector("[data-found]");
  const sealing = crypto.subtle.importKey("raw", bytes(form.dataset.deviceKey), "AES-GCM", false, ["encrypt", "decrypt"]);
  let timer;
  let turn = 0;

  const typed = () => [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");

  const keepOnDevice = async () => {
    const fields = typed();
    const key = fields.find(([name]) => name === "key")?.[1];
    const start = crypto.getRandomValues(new Uint8Array(12));
    const content = new TextEncoder().encode(JSON.stringify(fields.filter(([name]) => name !== "key")));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: start }, await sealing, content);
    try {
      localStorage.setItem(place, [key, text(start), text(sealed)].join("."));
    } catch {
      // A full or closed storage: the text still stands in the form.
    }
  };

  const keep = async () => {
    const mine = ++turn;
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST",
        body: new FormData(form),
        redirect: "manual",
        headers: { "X-Requested-With": "fetch" },
      });
      if (answer.status !== 204) throw new Error(String(answer.status));
      if (mine === turn) localStorage.removeItem(place);
      offline.hidden = true;
    } catch {
      await keepOnDevice();
      offline.hidden = navigator.onLine;
    }
  };

  const read = async () => {
    const [, start, sealed] = (localStorage.getItem(place) ?? "").split(".");
    if (!sealed) return null;
    try {
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(start) }, await sealing, bytes(sealed));
      return JSON.parse(new TextDecoder().decode(plain));
    } catch {
      return null; // Somebody else's: it opens for them only.
    }
  };

  const fill = (fields) => {
    const values = new Map();
    for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
    for (const box of form.elements) {
      if (!box.name || box.type === "hidden" || box.type === "submit") continue;
      const own = values.get(box.name) ?? [];
      if (box.type === "radio" || box.type === "checkbox") box.checked = own.includes(box.value);
      else box.value = own[0] ?? "";
      if (box.closest("details") && own[0] && box.type !== "radio") box.closest("details").open = true;
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT);
  });
  window.addEventListener("online", keep);
  window.addEventListener("pagehide", () => {
    if (timer) keepOnDevice();
  });

  // With no network a tap on the button would lose the page: the text is kept and the form stays.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (navigator.onLine) {
      keepOnDevice();
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    keepOnDevice();
    offline.hidden = false;
    offline.scrollIntoView({ block: "center" });
  });

  read().then((fields) => {
    if (!fields) return;
    found.hidden = false;
    found.querySelector("[data-restore]").addEventListener("click", () => {
      fill(fields);
      found.hidden = true;
      form.elements.note.focus();
      keep();
    });
    found.querySelector("[data-forget]").addEventListener("click", () => {
      localStorage.removeItem(place);
      found.hidden = true;
    });
  });
}
