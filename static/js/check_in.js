// Keeps what a coach is typing: sealed on the device at once, and on the server as soon as that answers.
// Without this script the form works just the same; what was sent after the session ended comes back after log-in.
"use strict";

const PREFIX = "gesprek:";
// How long after the last key what is typed goes to the device and to the server, and how long the server may take.
const SOON = 250;
const WAIT = 1200;
const PATIENCE = 10000;

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
  let soon;
  let later;
  let turn = 0;
  // What was kept earlier stays on the device until somebody says whether it comes back.
  let offered = false;

  const typed = () => [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");

  const keepOnDevice = async () => {
    if (offered) return;
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
    const mine = turn;
    const answer = await fetch(form.dataset.draft, {
      method: "POST",
      body: new FormData(form),
      redirect: "manual",
      headers: { "X-Requested-With": "fetch" },
      signal: AbortSignal.timeout?.(PATIENCE),
    }).catch(() => null);
    if (answer?.status === 204) {
      if (mine === turn && !offered) localStorage.removeItem(place);
    } else {
      await keepOnDevice();
    }
    offline.hidden = answer !== null;
  };

  const read = async () => {
    const [key, start, sealed] = (localStorage.getItem(place) ?? "").split(".");
    if (!sealed) return null;
    try {
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(start) }, await sealing, bytes(sealed));
      return [["key", key], ...JSON.parse(new TextDecoder().decode(plain))];
    } catch {
      return null; // Somebody else's: it opens for them only.
    }
  };

  const fill = (fields) => {
    const values = new Map();
    for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
    // With the key it had: if it did arrive, it is not recorded twice.
    form.elements.key.value = values.get("key")[0];
    for (const box of form.elements) {
      if (!box.name || box.type === "hidden" || box.type === "submit") continue;
      const own = values.get(box.name) ?? [];
      if (box.type === "radio" || box.type === "checkbox") box.checked = own.includes(box.value);
      else box.value = own[0] ?? "";
      if (box.closest("details") && own[0] && box.type !== "radio") box.closest("details").open = true;
    }
  };

  const stop = () => {
    clearTimeout(soon);
    clearTimeout(later);
    soon = later = undefined;
  };

  form.addEventListener("input", () => {
    stop();
    turn += 1;
    soon = setTimeout(keepOnDevice, SOON);
    later = setTimeout(keep, WAIT);
  });
  window.addEventListener("online", keep);
  window.addEventListener("pagehide", () => {
    if (soon) keepOnDevice();
  });

  // With no network a tap on the button would lose the page: the text is kept and the form stays.
  form.addEventListener("submit", (event) => {
    stop();
    turn += 1;
    keepOnDevice();
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    offline.hidden = false;
    offline.scrollIntoView({ block: "center" });
  });

  read().then((fields) => {
    if (!fields) return;
    const offer = (open) => {
      offered = open;
      found.hidden = !open;
    };
    offer(true);
    found.querySelector("[data-restore]").addEventListener("click", () => {
      offer(false);
      fill(fields);
      form.elements.note.focus();
      keep();
    });
    found.querySelector("[data-forget]").addEventListener("click", () => {
      offer(false);
      localStorage.removeItem(place);
    });
  });
}
