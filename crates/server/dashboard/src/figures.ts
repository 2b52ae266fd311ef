// What the server tells twice a second: `GET /api/v1/device/realtime-stats`. Fields that the page does not show are left out.

export interface Queue {
  name: string;
  active_buffers: number;
  avg_encode_us: number;
  avg_wait_us: number;
  avg_run_us: number;
  busy: number;
  ended: number;
  submitted: number;
}

export interface Lane {
  lane: string;
  waiting: number;
  running: number;
  slices: number;
  waited_us: number;
  longest_wait_us: number;
}

export interface Pool {
  name: string;
  waiting: number;
  running: number;
}

export interface Span {
  track: string;
  name: string;
  event: "frame" | "embed" | "context" | null;
  began_us: number;
  ended_us: number;
}

export interface Kpi {
  name: string;
  value: number | null;
  unit: string;
  target: string | null;
  met: boolean | null;
}

export interface Lesser {
  number: number;
  at_ms: number;
  route: string;
  what: "degraded" | "cut" | "failed";
  why: string;
}

export interface Trace {
  collecting: boolean;
  events: number;
  dropped: number;
}

export interface Figures {
  at_ms: number;
  device: string;
  device_reason: string;
  queues: Queue[];
  events: { frame: number; embed: number; context: number };
  heap: { used_mb: number; reserved_mb: number; total_mb: number };
  tensor_operations_per_sec: number;
  window_s: number;
  lanes: Lane[];
  pools: Pool[];
  budget: {
    limit: number;
    owners: Record<string, number>;
    granted: number;
    system_total: number;
    system_available: number;
    pressure: "normal" | "elevated" | "high" | "critical";
  };
  process_mb: number;
  spans: Span[];
  spans_left_out: number;
  work: { tokens: number; answer_tokens: number; rows: number; chunks: number; answers: number; retrievals: number; queries: number };
  rates: { tokens: number; answer_tokens: number; rows: number; chunks: number; retrievals: number };
  kpis: Kpi[];
  bottleneck: { bound: string; says: string; figures: string };
  degraded: Lesser[];
  trace: Trace;
}
