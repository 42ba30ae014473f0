// Suggestions for the lookup boxes of the admin. Without this script a box takes a code or a name just the same.
"use strict";

const WAIT = 200;

for (const box of document.querySelectorAll("input[data-lookup]")) {
  const list = box.list;
  let timer;
  let asked = 0;

  const suggest = async () => {
    const term = box.value.trim();
    const turn = ++asked;
    const answer = await fetch(`${box.dataset.lookup}&term=${encodeURIComponent(term)}`);
    if (!answer.ok || turn !== asked) return;
    const { results } = await answer.json();
    list.replaceChildren(
      ...results.map(({ text }) => {
        const option = document.createElement("option");
        option.value = text;
        return option;
      }),
    );
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, WAIT);
  });
  box.addEventListener("focus", suggest, { once: true });
}
