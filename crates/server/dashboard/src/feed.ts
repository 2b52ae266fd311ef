// The stream of figures, read with fetch since an EventSource cannot carry a key. It opens again by itself, waits longer after each
// failure, and is closed while nobody looks.

import type { Figures } from "./figures";

export type State =
  | { name: "loading" }
  | { name: "live" }
  | { name: "key"; wrong: boolean }
  | { name: "lost"; why: string; again: number }
  | { name: "hidden" };

const STREAM = "/api/v1/device/realtime-stats/stream";
const KEPT = "downbeat-key";
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15_000;
// The server tells its figures twice a second: after so long it is gone, whatever the connection says.
const SILENCE = 5000;

/** The key, which lasts as long as the tab. */
export const key = {
  get: () => sessionStorage.getItem(KEPT) ?? "",
  set: (value: string) => sessionStorage.setItem(KEPT, value),
  headers: (): Record<string, string> => (key.get() ? { Authorization: `Bearer ${key.get()}` } : {}),
};

export class Feed {
  private open: AbortController | null = null;
  private retry = 0;
  private wait = FIRST_WAIT;

  constructor(
    private readonly figures: (figures: Figures) => void,
    private readonly state: (state: State) => void,
  ) {
    document.addEventListener("visibilitychange", () => (document.hidden ? this.hide() : this.start()));
  }

  /** Opens the stream, anew if it is open. */
  start(): void {
    this.stop();
    if (document.hidden) return this.hide();
    this.state({ name: "loading" });
    const open = new AbortController();
    this.open = open;
    this.read(open).catch((cause: unknown) => {
      if (this.open !== open) return;
      this.lost(cause instanceof Error && cause.message ? cause.message : "the server does not answer");
    });
  }

  private hide(): void {
    this.stop();
    this.state({ name: "hidden" });
  }

  private stop(): void {
    window.clearTimeout(this.retry);
    const open = this.open;
    // First, so that the reader knows that it was us.
    this.open = null;
    open?.abort();
  }

  private lost(why: string): void {
    this.stop();
    this.state({ name: "lost", why, again: Date.now() + this.wait });
    this.retry = window.setTimeout(() => this.start(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  private async read(open: AbortController): Promise<void> {
    let silence = window.setTimeout(() => open.abort(), SILENCE);
    open.signal.addEventListener("abort", () => {
      window.clearTimeout(silence);
      if (this.open === open) this.lost("the server has gone silent");
    });
    const reply = await fetch(STREAM, { headers: key.headers(), signal: open.signal, cache: "no-store" });
    if (reply.status === 401) {
      const wrong = key.get() !== "";
      this.stop();
      return this.state({ name: "key", wrong });
    }
    if (!reply.ok || !reply.body) throw new Error(`the server answers with status ${reply.status}`);
    const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) throw new Error("the server has ended the stream");
      window.clearTimeout(silence);
      silence = window.setTimeout(() => open.abort(), SILENCE);
      const events = (rest + value).split("\n\n");
      rest = events.pop() ?? "";
      for (const event of events) {
        if (event.startsWith("data: ")) this.take(JSON.parse(event.slice(6)) as Figures & { error?: unknown });
      }
    }
  }

  private take(event: Figures & { error?: { message?: string } | unknown }): void {
    if (event.error) throw new Error("the server is too busy to tell its figures");
    this.wait = FIRST_WAIT;
    this.state({ name: "live" });
    this.figures(event);
  }
}
