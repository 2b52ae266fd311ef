// The page: figures come in, are kept, and are drawn at most ten times a second while somebody looks.

import { Feed, key, type State } from "./feed";
import type { Figures } from "./figures";
import { byId, say } from "./page";
import { Panels } from "./panels";
import { Timeline } from "./timeline";
import { Tracing } from "./trace";

const REDRAW_MS = 100;
const THEME = "downbeat-theme";

let last: Figures | null = null;
let paused = false;
let due = 0;
let drawn = -REDRAW_MS;
let draws = 0;

function redraw(): void {
  if (due !== 0 || document.hidden) return;
  due = window.setTimeout(() => requestAnimationFrame(draw), Math.max(0, drawn + REDRAW_MS - performance.now()));
}

function draw(): void {
  due = 0;
  drawn = performance.now();
  draws += 1;
  document.documentElement.dataset.draws = String(draws);
  if (last) panels.draw(last);
  timeline.draw();
}

const panels = new Panels();
const timeline = new Timeline(redraw);
const tracing = new Tracing();
const feed = new Feed((figures) => {
  tracing.show(figures.trace);
  timeline.take(figures, paused);
  if (paused) return;
  last = figures;
  panels.take(figures);
  redraw();
}, show);

let countdown = 0;

function show(state: State): void {
  window.clearInterval(countdown);
  // Trying again after a loss is no reason to hide what is known.
  const name = state.name === "loading" && last ? "lost" : state.name;
  document.documentElement.dataset.state = name;
  const words = byId("state");
  byId("key-panel").hidden = state.name !== "key";
  switch (state.name) {
    case "loading":
      return say(words, last ? "Connecting again…" : "Waiting for the first figures…");
    case "live":
      return say(words, paused ? "Paused" : "Live");
    case "hidden":
      return say(words, "Paused: this tab is hidden");
    case "key":
      say(words, "This server asks for a key");
      byId("key-wrong").hidden = !state.wrong;
      return byId("key").focus();
    case "lost": {
      const tell = () => say(words, `Disconnected: ${state.why}. Trying again in ${Math.max(0, Math.ceil((state.again - Date.now()) / 1000))} s`);
      tell();
      countdown = window.setInterval(tell, 1000);
    }
  }
}

function pause(): void {
  paused = !paused;
  byId("pause").setAttribute("aria-pressed", String(paused));
  say(byId("pause").querySelector(".word") ?? byId("pause"), paused ? "Go on" : "Pause");
  if (document.documentElement.dataset.state === "live") say(byId("state"), paused ? "Paused" : "Live");
}

function theme(wanted: string | null): void {
  if (wanted === "light" || wanted === "dark") document.documentElement.dataset.theme = wanted;
  redraw();
}

function isDark(): boolean {
  return (document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
}

function otherTheme(): void {
  const wanted = isDark() ? "light" : "dark";
  localStorage.setItem(THEME, wanted);
  theme(wanted);
}

const help = byId<HTMLDialogElement>("help");
const KEYS: Record<string, () => void> = {
  p: pause,
  t: () => tracing.toggle(),
  d: otherTheme,
  "1": () => timeline.show(10),
  "2": () => timeline.show(30),
  "3": () => timeline.show(60),
  "?": () => (help.open ? help.close() : help.showModal()),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof HTMLInputElement;
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const action = KEYS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});
byId("pause").addEventListener("click", pause);
byId("theme").addEventListener("click", otherTheme);
byId("keys").addEventListener("click", () => help.showModal());
byId("help-close").addEventListener("click", () => help.close());
byId<HTMLFormElement>("key-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const field = byId<HTMLInputElement>("key");
  key.set(field.value.trim());
  field.value = "";
  feed.start();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
theme(localStorage.getItem(THEME));
feed.start();
