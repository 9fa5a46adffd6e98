// Runs before the first paint, so that the chosen colours, density and width of the rail are never seen to change.
try {
  const chosen = JSON.parse(localStorage.getItem("callboard.appearance") ?? "{}");
  const unusual = { theme: ["light", "dark"], rail: ["collapsed"], density: ["compact"], shortcuts: ["off"] };
  for (const [name, values] of Object.entries(unusual)) {
    if (values.includes(chosen[name])) document.documentElement.dataset[name] = chosen[name];
  }
} catch {
  // Storage is off or holds something else: the system's colours it is.
}
