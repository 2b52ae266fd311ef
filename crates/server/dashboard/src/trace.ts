// Starting, stopping and downloading a trace for Perfetto.

import { key } from "./feed";
import type { Trace } from "./figures";
import { bytes, whole } from "./format";
import { byId, say } from "./page";

const TRACE = "/api/v1/trace";

export class Tracing {
  private collecting = false;
  private events = 0;
  private busy = false;
  /** What was last told of the trace itself: where a download ended stays told until this changes. */
  private state = "";
  private readonly button = byId<HTMLButtonElement>("trace");
  private readonly download = byId<HTMLButtonElement>("download");
  private readonly told = byId("trace-state");

  constructor() {
    this.button.addEventListener("click", () => this.toggle());
    this.download.addEventListener("click", () => this.run(() => this.save()));
  }

  /** Shows what the server says. */
  show(trace: Trace): void {
    this.collecting = trace.collecting;
    this.events = trace.events;
    say(this.button.querySelector(".word") ?? this.button, trace.collecting ? "Stop trace" : "Start trace");
    this.button.setAttribute("aria-pressed", String(trace.collecting));
    this.download.disabled = this.busy || trace.collecting || trace.events === 0;
    const dropped = trace.dropped > 0 ? `, ${whole(trace.dropped)} had no room` : "";
    if (this.busy) return;
    const events = `${whole(trace.events)} events${dropped}`;
    const state = trace.collecting ? `Collecting: ${events}` : trace.events > 0 ? `Trace of ${events}` : "";
    if (state === this.state) return;
    this.state = state;
    say(this.told, state);
  }

  /** Starts or stops. */
  toggle(): void {
    this.run(async () => {
      const reply = await fetch(`${TRACE}/${this.collecting ? "stop" : "start"}`, { method: "POST", headers: key.headers() });
      if (!reply.ok) throw new Error(`status ${reply.status}`);
      this.busy = false;
      this.show((await reply.json()) as Trace);
    });
  }

  private async save(): Promise<void> {
    say(this.told, `Fetching ${whole(this.events)} events…`);
    const reply = await fetch(TRACE, { headers: key.headers() });
    if (!reply.ok) throw new Error(`status ${reply.status}`);
    const blob = await reply.blob();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = "downbeat-trace.json";
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    say(this.told, `Saved ${bytes(blob.size)}; open it at ui.perfetto.dev or chrome://tracing`);
  }

  private run(work: () => Promise<void>): void {
    if (this.busy) return;
    this.busy = true;
    work()
      .catch((cause: unknown) => say(this.told, `The trace failed: ${cause instanceof Error ? cause.message : String(cause)}`))
      .finally(() => (this.busy = false));
  }
}
