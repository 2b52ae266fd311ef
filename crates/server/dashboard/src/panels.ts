// Everything beside the timeline: what limits, rates, queues, lanes, memory, targets, lesser replies.

import type { Figures, Kpi } from "./figures";
import { ago, bytes, mebibytes, number, percent, time, uptime, whole } from "./format";
import { byId, make, Rows, say } from "./page";

// A minute of figures, twice a second.
const HISTORY = 120;

const RATES = [
  { id: "retrievals", of: (f: Figures) => f.rates.retrievals, total: (f: Figures) => `${whole(f.work.retrievals)} searches and questions` },
  { id: "tokens", of: (f: Figures) => f.rates.tokens, total: (f: Figures) => `${whole(f.work.tokens)} tokens embedded` },
  { id: "rows", of: (f: Figures) => f.rates.rows, total: (f: Figures) => `${whole(f.work.rows)} rows in ${whole(f.work.queries)} queries` },
  { id: "chunks", of: (f: Figures) => f.rates.chunks, total: (f: Figures) => `${whole(f.work.chunks)} chunks stored` },
  { id: "operations", of: (f: Figures) => f.tensor_operations_per_sec, total: () => "dispatches to the device" },
] as const;

const WORDS: Record<string, string> = {
  avg_frame_time_ms: "Frame, mean",
  max_frame_time_ms: "Frame, longest",
  msg_to_first_token_ms: "Question to first token",
  msg_to_complete_ms: "Question to whole answer",
  query_wall_time_ms: "Query",
  overlap_efficiency: "Query and embedding side by side",
  peak_memory_mb: "Memory of the process, peak",
};

export class Panels {
  private readonly history = new Map<string, number[]>();
  private readonly queues = new Rows(byId("queues"), "queues", ["name", "submitted", "active", "busy", "encode", "wait", "run"]);
  private readonly lanes = new Rows(byId("lanes"), "lanes", ["name", "running", "waiting", "slices", "mean", "longest"]);
  private readonly pools = new Rows(byId("pools"), "pools", ["name", "running", "waiting"]);
  private readonly owners = new Rows(byId("owners"), "owners", ["name", "bytes", "part"]);
  private readonly kpis = new Rows(byId("kpis"), "kpis", ["name", "value", "target", "verdict"]);
  private readonly lesser = new Rows(byId("lesser"), "lesser", ["when", "what", "route", "why"]);

  /** Takes figures into the history of the rates; they need not be drawn. */
  take(figures: Figures): void {
    for (const rate of RATES) {
      const values = this.history.get(rate.id) ?? [];
      values.push(rate.of(figures));
      if (values.length > HISTORY) values.shift();
      this.history.set(rate.id, values);
    }
  }

  draw(f: Figures): void {
    say(byId("device"), f.device);
    byId("device").title = f.device_reason;
    say(byId("uptime"), `up ${uptime(f.at_ms)}`);
    say(byId("limit"), f.bottleneck.says);
    byId("limit").dataset.bound = f.bottleneck.bound;
    say(byId("limit-figures"), f.bottleneck.figures);
    this.rates(f);
    this.tables(f);
    this.memory(f);
    this.events(f);
  }

  private rates(f: Figures): void {
    for (const rate of RATES) {
      const tile = byId(`rate-${rate.id}`);
      const [value, total, line] = [tile.querySelector(".value"), tile.querySelector(".total"), tile.querySelector("polyline")];
      if (value) say(value, number(rate.of(f)));
      if (total) say(total, rate.total(f));
      const values = this.history.get(rate.id) ?? [];
      const most = Math.max(...values, 1e-9);
      const points = values.map((value, place) => {
        const x = ((HISTORY - values.length + place) / (HISTORY - 1)) * 120;
        return `${x.toFixed(1)},${(27 - (value / most) * 25).toFixed(1)}`;
      });
      line?.setAttribute("points", points.join(" "));
    }
  }

  private tables(f: Figures): void {
    this.queues.fill(
      f.queues.map((queue) => ({
        key: queue.name,
        cells: [
          queue.name,
          whole(queue.submitted),
          whole(queue.active_buffers),
          percent(queue.busy),
          queue.submitted ? time(queue.avg_encode_us) : "–",
          queue.ended ? time(queue.avg_wait_us) : "–",
          queue.ended ? time(queue.avg_run_us) : "–",
        ],
      })),
    );
    this.lanes.fill(
      f.lanes.map((lane) => ({
        key: lane.lane,
        cells: [
          lane.lane,
          whole(lane.running),
          whole(lane.waiting),
          whole(lane.slices),
          lane.slices ? time(lane.waited_us / lane.slices) : "–",
          lane.slices ? time(lane.longest_wait_us) : "–",
        ],
        mark: lane.waiting > 0 ? "waits" : "",
      })),
    );
    this.pools.fill(
      f.pools.map((pool) => ({
        key: pool.name,
        cells: [pool.name, whole(pool.running), whole(pool.waiting)],
        mark: pool.waiting > 0 ? "waits" : "",
      })),
    );
    this.kpis.fill(
      f.kpis.map((kpi) => ({ key: kpi.name, cells: kpiCells(kpi), mark: kpi.met === false ? "missed" : kpi.met ? "met" : "" })),
    );
    byId("lesser-empty").hidden = f.degraded.length > 0;
    byId("lesser-table").hidden = f.degraded.length === 0;
    this.lesser.fill(
      f.degraded.map((one) => ({ key: String(one.number), cells: [ago(f.at_ms - one.at_ms), one.what, one.route, one.why], mark: one.what })),
    );
  }

  private memory(f: Figures): void {
    const { budget } = f;
    say(byId("granted"), `${bytes(budget.granted)} of ${bytes(budget.limit)}`);
    say(byId("pressure"), budget.pressure);
    byId("pressure").dataset.pressure = budget.pressure;
    const owners = Object.entries(budget.owners).sort(([, a], [, b]) => b - a);
    const bar = byId("memory-bar");
    while (bar.children.length > owners.length) bar.lastElementChild?.remove();
    owners.forEach(([name, held], place) => {
      const piece = (bar.children[place] as HTMLElement | undefined) ?? bar.appendChild(make("span"));
      piece.dataset.shade = String(place % 4);
      piece.title = `${name}: ${bytes(held)}`;
      piece.style.width = `${Math.min(100, (held / Math.max(budget.limit, 1)) * 100)}%`;
    });
    bar.setAttribute("aria-label", `${percent(budget.granted / Math.max(budget.limit, 1))} of the budget is granted; pressure is ${budget.pressure}`);
    byId("owners-empty").hidden = owners.length > 0;
    this.owners.fill(
      owners.map(([name, held], place) => ({
        key: name,
        cells: [name, bytes(held), percent(held / Math.max(budget.limit, 1))],
        mark: `shade-${place % 4}`,
      })),
    );
    say(byId("heap"), `${mebibytes(f.heap.used_mb)} in use, ${mebibytes(f.heap.reserved_mb)} reserved`);
    say(byId("process"), mebibytes(f.process_mb));
    say(byId("system"), `${bytes(budget.system_available)} of ${bytes(budget.system_total)} left`);
  }

  private events(f: Figures): void {
    for (const name of ["frame", "embed", "context"] as const) say(byId(`event-${name}`), whole(f.events[name]));
  }
}

function kpiCells(kpi: Kpi): string[] {
  const unit = kpi.unit ? `\u202f${kpi.unit}` : "";
  const value = kpi.value === null ? "–" : number(kpi.value) + unit;
  const verdict = kpi.value === null ? "nothing yet" : kpi.met === null ? "" : kpi.met ? "met" : "missed";
  return [WORDS[kpi.name] ?? kpi.name, value, kpi.target === null ? "" : kpi.target + unit, verdict];
}
