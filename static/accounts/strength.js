// How strong a new password is, while one types; accounts/strength.py is the same rule.
const strength = (password) => {
  const codes = [...password].map((sign) => sign.codePointAt(0));
  if (codes.length < 10 || new Set(codes).size < 5) return "weak";
  const fresh = codes.filter((code, at) => at === 0 || Math.abs(code - codes[at - 1]) > 1);
  if (fresh.length < 8) return "weak";
  return fresh.length < 14 ? "fair" : "strong";
};
for (const hint of document.querySelectorAll("[data-strength]")) {
  const box = document.getElementById(hint.dataset.strength);
  if (box) {
    box.addEventListener("input", () => {
      hint.hidden = box.value === "";
      hint.textContent = hint.dataset[strength(box.value)];
    });
  }
}
