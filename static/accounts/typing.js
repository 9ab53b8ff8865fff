// A hint under a password box while one types: Caps Lock, letters of another keyboard.
for (const hint of document.querySelectorAll("[data-typing-hints]")) {
  const box = document.getElementById(hint.dataset.typingHints);
  const say = (event) => {
    const caps = event.getModifierState && event.getModifierState("CapsLock");
    const words = [];
    if (caps) words.push(hint.dataset.caps);
    if (/[а-яё]/i.test(box.value)) words.push(hint.dataset.layout);
    hint.textContent = words.join(" ");
    hint.hidden = words.length === 0;
  };
  if (box) for (const kind of ["keydown", "keyup", "input"]) box.addEventListener(kind, say);
}
