// Runs before the first paint, so that the chosen colours and the width of the rail are never seen to change.
try {
  const { theme, rail } = JSON.parse(localStorage.getItem("callboard.appearance") ?? "{}");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  if (rail === "collapsed") document.documentElement.dataset.rail = rail;
} catch {
  // Storage is off or holds something else: the system's colours it is.
}
