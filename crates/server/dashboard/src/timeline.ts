// The timeline: a row for each queue, for each stage of the host that ran, and for the events. Time ends at the last figures.

import type { Figures, Span } from "./figures";
import { time } from "./format";
import { byId, make, say } from "./page";

const QUEUES = ["render", "ml", "blit"];
// Stages of the host in the order of a request's and a document's way; others follow.
const STAGES = ["frame", "ask", "sql", "deliver", "read", "embed", "commit", "index"];
const KINDS = ["frame", "embed", "context"] as const;
const EVENTS = { frame: "frame drawn", embed: "batch embedded", context: "context assembled" } as const;

const KEEP_US = 60e6;
const MOST_SPANS = 20_000;
// Figures come every half second; a longer silence is time that nothing is known of.
const BEAT_US = 0.5e6;
const SILENCE_US = 3 * BEAT_US;
const MOST_ROWS = 16;
const TABLE_ROWS = 40;
const ROW = 22;
// Events have a line for each kind.
const EVENT_LINE = 11;
const EVENT_ROW = EVENT_LINE * 3 + 4;
const EVENT_GAP = 4;
const BAR = 14;
const TOP = 6;
const AXIS = 22;
const LABELS = 76;
const RIGHT = 14;

interface Row {
  track: string;
  y: number;
}

export class Timeline {
  private spans: Span[] = [];
  private end = 0;
  /** When the last figures came, drawn or not. */
  private told = 0;
  /** What came while the picture stood still. */
  private waiting: Figures[] = [];
  /** Stretches of time that nothing is known of: the tab was hidden, or the connection lost. */
  private unseen: [number, number][] = [];
  /** How many spans more ran than came, and when. */
  private leftOut: [number, number][] = [];
  private seconds = 10;
  private readonly seen = new Set<string>();
  private rows: Row[] = [];
  private selected: Span | null = null;
  private readonly canvas = byId<HTMLCanvasElement>("timeline-picture");
  private readonly frame = byId("timeline");
  private readonly tip = byId("timeline-tip");
  private readonly spoken = byId("timeline-spoken");

  constructor(private readonly redraw: () => void) {
    this.frame.addEventListener("keydown", (event) => this.pressed(event));
    this.frame.addEventListener("blur", () => this.select(null));
    this.canvas.addEventListener("pointermove", (event) => this.select(this.at(event.offsetX, event.offsetY)));
    this.canvas.addEventListener("pointerleave", () => this.select(null));
    for (const button of document.querySelectorAll<HTMLButtonElement>("[data-seconds]")) {
      button.addEventListener("click", () => this.show(Number(button.dataset.seconds)));
    }
    byId("spans-table").addEventListener("toggle", () => this.redraw());
    new ResizeObserver(() => this.redraw()).observe(this.frame);
  }

  /** Shows so many seconds. */
  show(seconds: number): void {
    this.seconds = seconds;
    for (const button of document.querySelectorAll<HTMLButtonElement>("[data-seconds]")) {
      button.setAttribute("aria-pressed", String(Number(button.dataset.seconds) === seconds));
    }
    this.redraw();
  }

  /** Takes the spans of the last figures; `still` keeps the picture as it is until figures come without it. */
  take(figures: Figures, still: boolean): void {
    const now = figures.at_ms * 1000;
    this.waiting.push(figures);
    // What would be too old to be drawn when the picture goes on.
    this.waiting = this.waiting.filter((kept) => kept.at_ms * 1000 >= now - KEEP_US);
    if (still) return;
    for (const kept of this.waiting) this.add(kept);
    this.waiting = [];
    const from = this.end - KEEP_US;
    if (this.spans.length > MOST_SPANS || (this.spans[0]?.ended_us ?? this.end) < from) {
      this.spans = this.spans.filter((span) => span.ended_us >= from).slice(-MOST_SPANS);
    }
    this.unseen = this.unseen.filter(([, until]) => until >= from);
    this.leftOut = this.leftOut.filter(([at]) => at >= from);
  }

  private add(figures: Figures): void {
    const now = figures.at_ms * 1000;
    // The server began anew: its time did too.
    if (now < this.told) {
      this.spans = [];
      this.unseen = [];
      this.leftOut = [];
      this.told = 0;
      this.select(null);
    }
    if (this.told > 0 && now - this.told > SILENCE_US) this.unseen.push([this.told, now - BEAT_US]);
    if (figures.spans_left_out > 0) this.leftOut.push([now, figures.spans_left_out]);
    for (const span of figures.spans) this.seen.add(span.track);
    this.spans.push(...figures.spans);
    this.told = now;
    this.end = now;
  }

  draw(): void {
    this.layOut();
    const height = TOP + (this.rows.length - 1) * ROW + EVENT_ROW + AXIS;
    const width = this.frame.clientWidth;
    const scale = window.devicePixelRatio || 1;
    const [pixels, lines] = [Math.round(width * scale), Math.round(height * scale)];
    if (this.canvas.width !== pixels || this.canvas.height !== lines) {
      this.canvas.width = pixels;
      this.canvas.height = lines;
      this.canvas.style.height = `${height}px`;
    }
    const pen = this.canvas.getContext("2d");
    if (!pen || width === 0) return;
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, width, height);
    const colours = getComputedStyle(document.documentElement);
    const colour = (name: string) => colours.getPropertyValue(`--${name}`).trim();
    pen.font = `12px ${colours.fontFamily}`;
    this.grid(pen, width, height, colour);
    const visible = this.visible();
    for (const row of this.rows) this.row(pen, row, visible, colour);
    this.blanks(pen, height - AXIS, colour);
    if (this.selected) this.outline(pen, this.selected, colour);
    this.words(visible);
  }

  private layOut(): void {
    const others = [...this.seen].filter((track) => !QUEUES.includes(track) && !STAGES.includes(track)).sort();
    const stages = STAGES.filter((track) => this.seen.has(track));
    const tracks = [...QUEUES, ...stages, ...others].slice(0, MOST_ROWS - 1);
    this.rows = [...tracks, "events"].map((track, place) => ({ track, y: TOP + place * ROW }));
  }

  private visible(): Span[] {
    const from = this.end - this.seconds * 1e6;
    return this.spans.filter((span) => span.ended_us >= from);
  }

  /** Where a moment stands. */
  private x(us: number): number {
    const width = this.frame.clientWidth - LABELS - RIGHT;
    return LABELS + width * (1 - (this.end - us) / (this.seconds * 1e6));
  }

  private grid(pen: CanvasRenderingContext2D, width: number, height: number, colour: (name: string) => string): void {
    const floor = height - AXIS;
    const step = this.seconds > 30 ? 10 : this.seconds > 10 ? 5 : 1;
    pen.lineWidth = 1;
    pen.textBaseline = "middle";
    pen.textAlign = "center";
    for (let back = 0; back <= this.seconds; back += step) {
      const x = Math.round(this.x(this.end - back * 1e6)) + 0.5;
      pen.strokeStyle = colour("faint");
      pen.beginPath();
      pen.moveTo(x, TOP);
      pen.lineTo(x, floor + 3);
      pen.stroke();
      if (width < 560 && back % (step * 2) !== 0) continue;
      pen.fillStyle = colour("quiet");
      pen.fillText(back === 0 ? "now" : `−${back} s`, x, floor + AXIS / 2 + 2);
    }
    pen.textAlign = "left";
    for (const { track, y } of this.rows) {
      pen.fillStyle = QUEUES.includes(track) ? colour("ink") : colour("quiet");
      const tall = track === "events" ? EVENT_ROW : ROW;
      pen.fillText(track, 0, y + tall / 2);
      pen.strokeStyle = colour("faint");
      pen.beginPath();
      pen.moveTo(LABELS, y + tall - 0.5);
      pen.lineTo(width - RIGHT, y + tall - 0.5);
      pen.stroke();
    }
  }

  private row(pen: CanvasRenderingContext2D, row: Row, visible: Span[], colour: (name: string) => string): void {
    if (row.track === "events") {
      KINDS.forEach((kind, place) => {
        const y = row.y + 2 + EVENT_LINE * (place + 0.5);
        let drawn = 0;
        for (const span of visible) {
          const x = Math.max(LABELS, this.x(span.ended_us));
          // Marks that would cover each other are drawn once.
          if (span.event !== kind || (x > drawn - EVENT_GAP && x < drawn + EVENT_GAP)) continue;
          this.mark(pen, kind, x, y, colour("ink"));
          drawn = x;
        }
      });
      return;
    }
    pen.fillStyle = colour(QUEUES.includes(row.track) ? "accent" : "bar");
    // Each column of pixels is as strong as the part of its time that was busy: many short submissions do not look like one long.
    const columns = new Float32Array(Math.max(0, this.frame.clientWidth - RIGHT - LABELS) + 2);
    let until = 0;
    const spans = visible.filter((span) => span.track === row.track).sort((a, b) => a.began_us - b.began_us);
    for (const span of spans) {
      // What spans share counts once.
      const left = Math.max(this.x(Math.max(span.began_us, until)) - LABELS, 0);
      until = Math.max(until, span.ended_us);
      const right = Math.max(this.x(span.ended_us) - LABELS, left + 0.01);
      for (let column = Math.floor(left); column < right && column < columns.length; column++) {
        columns[column] = (columns[column] ?? 0) + Math.min(right, column + 1) - Math.max(left, column);
      }
    }
    columns.forEach((busy, column) => {
      if (busy <= 0) return;
      pen.globalAlpha = 0.25 + 0.75 * Math.min(1, busy);
      pen.fillRect(LABELS + column, row.y + (ROW - BAR) / 2, 1, BAR);
    });
    pen.globalAlpha = 1;
  }

  /** Hatches the time that nothing is known of, so that it does not look like rest. */
  private blanks(pen: CanvasRenderingContext2D, floor: number, colour: (name: string) => string): void {
    pen.strokeStyle = colour("quiet");
    pen.lineWidth = 1;
    for (const [from, until] of this.unseen) {
      const [left, right] = [Math.max(LABELS, this.x(from)), this.x(until)];
      if (right <= left) continue;
      pen.save();
      pen.beginPath();
      pen.rect(left, TOP, right - left, floor - TOP);
      pen.clip();
      pen.globalAlpha = 0.35;
      pen.beginPath();
      for (let x = left - floor; x < right; x += 8) {
        pen.moveTo(x, floor);
        pen.lineTo(x + floor, 0);
      }
      pen.stroke();
      pen.restore();
    }
  }

  private ends(span: Span): [number, number] {
    const left = Math.max(LABELS, this.x(span.began_us));
    return [left, Math.max(this.x(span.ended_us), left + 1.5)];
  }

  /** A mark of its own shape for each kind of event, so that no colour is needed to tell them apart. */
  private mark(pen: CanvasRenderingContext2D, kind: keyof typeof EVENTS, x: number, y: number, ink: string): void {
    pen.fillStyle = ink;
    pen.beginPath();
    if (kind === "frame") pen.rect(x - 0.5, y - 4, 1, 8);
    else if (kind === "embed") pen.arc(x, y, 1.9, 0, 7);
    else {
      pen.moveTo(x, y - 3);
      pen.lineTo(x + 3, y + 2.5);
      pen.lineTo(x - 3, y + 2.5);
      pen.closePath();
    }
    pen.fill();
  }

  private outline(pen: CanvasRenderingContext2D, span: Span, colour: (name: string) => string): void {
    const row = this.rows.find((row) => row.track === span.track);
    if (!row) return;
    const [left, right] = this.ends(span);
    pen.strokeStyle = colour("ink");
    pen.lineWidth = 2;
    pen.strokeRect(left - 1, row.y + (ROW - BAR) / 2 - 1, right - left + 2, BAR + 2);
    const tip = this.tip;
    const [width, wide] = [tip.offsetWidth, this.frame.clientWidth];
    tip.style.left = `${Math.max(0, Math.min((left + right) / 2 - width / 2, wide - width))}px`;
    tip.style.top = `${row.y + ROW + 2}px`;
  }

  private words(visible: Span[]): void {
    byId("timeline-empty").hidden = visible.length > 0;
    const submissions = visible.filter((span) => QUEUES.includes(span.track)).length;
    this.canvas.dataset.submissions = String(submissions);
    this.canvas.dataset.spans = String(visible.length);
    const from = this.end - this.seconds * 1e6;
    const more = this.leftOut.reduce((sum, [at, count]) => sum + (at >= from ? count : 0), 0);
    const blank = this.unseen.reduce((sum, [began, until]) => sum + Math.max(0, until - Math.max(began, from)), 0) / 1e6;
    this.canvas.dataset.unseen = blank.toFixed(1);
    const left = (more > 0 ? `; ${more} more ran than are drawn` : "") + (blank > 0 ? `; nothing is known of ${blank.toFixed(1)} s` : "");
    const said = `${submissions} submissions and ${visible.length - submissions} stages in ${this.seconds} s${left}`;
    say(byId("timeline-count"), said);
    this.frame.setAttribute("aria-label", `Timeline of queues: ${said}. Arrow keys move from span to span.`);
    if (byId<HTMLDetailsElement>("spans-table").open) this.table(visible);
  }

  /** The newest spans in words; few, so that the page stays small. */
  private table(visible: Span[]): void {
    const rows = visible.slice(-TABLE_ROWS).reverse().map((span) => {
      const row = make("tr");
      const began = `${((this.end - span.began_us) / 1e6).toFixed(2)}\u202fs ago`;
      for (const text of [span.track, span.name, began, time(span.ended_us - span.began_us)]) row.append(make("td", "", text));
      return row;
    });
    byId("spans").replaceChildren(...rows);
  }

  private at(x: number, y: number): Span | null {
    const row = this.rows.find((row) => y >= row.y && y < row.y + (row.track === "events" ? EVENT_ROW : ROW));
    if (!row) return null;
    const kind = KINDS[Math.floor((y - row.y - 2) / EVENT_LINE)];
    const reach = 3;
    const near = this.visible().filter((span) => {
      const track = row.track === "events" ? span.event !== null && span.event === kind : span.track === row.track;
      if (!track) return false;
      const [left, right] = this.ends(span);
      return row.track === "events" ? Math.abs(right - x) <= reach + 2 : x >= left - reach && x <= right + reach;
    });
    // The shortest one: the longer ones beside it can be pointed at elsewhere.
    return near.sort((a, b) => a.ended_us - a.began_us - (b.ended_us - b.began_us))[0] ?? null;
  }

  private select(span: Span | null): void {
    if (span === this.selected) return;
    this.selected = span;
    this.tip.hidden = span === null;
    if (span) {
      const event = span.event ? ` · ${EVENTS[span.event]}` : "";
      const text = `${span.track} · ${span.name} · ${time(span.ended_us - span.began_us)}${event}`;
      say(this.tip, text);
      say(this.spoken, text);
    }
    this.redraw();
  }

  private pressed(event: KeyboardEvent): void {
    const by: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.key === "Escape") return this.select(null);
    const [along, across] = by[event.key] ?? [0, 0];
    if ((along === 0 && across === 0) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const tracks = this.rows.map((row) => row.track).filter((track) => track !== "events");
    const of = (track: string | undefined) =>
      this.visible().filter((span) => span.track === track).sort((a, b) => a.began_us - b.began_us);
    const filled = tracks.filter((track) => of(track).length > 0);
    const from = this.selected;
    if (!from || !filled.includes(from.track)) return this.select(of(filled[0]).at(-1) ?? null);
    if (across !== 0) {
      const next = filled[Math.min(Math.max(filled.indexOf(from.track) + across, 0), filled.length - 1)];
      // The nearest in time on the next row.
      const near = of(next).sort((a, b) => Math.abs(a.began_us - from.began_us) - Math.abs(b.began_us - from.began_us));
      return this.select(next === from.track ? from : (near[0] ?? from));
    }
    const row = of(from.track);
    const place = row.findIndex((span) => span === from);
    this.select(row[Math.min(Math.max(place + along, 0), row.length - 1)] ?? from);
  }
}
