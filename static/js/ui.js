// Small comforts on top of pages that work without any of this.
"use strict";

// The error summary takes focus; browsers that ignore autofocus on a div get it here.
document.querySelector(".error-summary")?.focus();

// On a phone the link to the menu at the foot becomes a button that opens the menu over the page.
const link = document.querySelector(".menu-link");
const menu = document.getElementById("menu");
if (link && menu) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-controls", "menu");
  button.append(...link.childNodes);
  link.replaceWith(button);

  const toggle = (open) => {
    if (open) window.scrollTo(0, 0);
    menu.classList.toggle("is-open", open);
    document.documentElement.classList.toggle("menu-open", open);
    button.setAttribute("aria-expanded", String(open));
  };
  const isOpen = () => menu.classList.contains("is-open");

  button.addEventListener("click", () => {
    toggle(!isOpen());
    if (isOpen()) menu.querySelector("a, button")?.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen()) {
      toggle(false);
      button.focus();
    }
  });
  // Whoever tabs past the end of the menu sees the page again.
  document.addEventListener("focusin", (event) => {
    if (isOpen() && !menu.contains(event.target) && event.target !== button) toggle(false);
  });
}

// A second click on the same button sends nothing twice. Files being downloaded leave the page as it is.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "true";
  window.setTimeout(() => delete form.dataset.sent, 4000);
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// Logging out wipes what a coach was typing from this device; without a network nobody is logged out.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-log-out]") || !navigator.onLine) return;
  for (const name of Object.keys(localStorage)) if (name.startsWith("gesprek:")) localStorage.removeItem(name);
});
