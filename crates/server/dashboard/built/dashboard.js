"use strict";
(() => {
  // src/feed.ts
  var STREAM = "/api/v1/device/realtime-stats/stream";
  var KEPT = "downbeat-key";
  var FIRST_WAIT = 1e3;
  var LONGEST_WAIT = 15e3;
  var SILENCE = 5e3;
  var key = {
    get: () => sessionStorage.getItem(KEPT) ?? "",
    set: (value) => sessionStorage.setItem(KEPT, value),
    headers: () => key.get() ? { Authorization: `Bearer ${key.get()}` } : {}
  };
  var Feed = class {
    constructor(figures, state) {
      this.figures = figures;
      this.state = state;
      document.addEventListener("visibilitychange", () => document.hidden ? this.hide() : this.start());
    }
    figures;
    state;
    open = null;
    retry = 0;
    wait = FIRST_WAIT;
    /** Opens the stream, anew if it is open. */
    start() {
      this.stop();
      if (document.hidden) return this.hide();
      this.state({ name: "loading" });
      const open = new AbortController();
      this.open = open;
      this.read(open).catch((cause) => {
        if (this.open !== open) return;
        this.lost(cause instanceof Error && cause.message ? cause.message : "the server does not answer");
      });
    }
    hide() {
      this.stop();
      this.state({ name: "hidden" });
    }
    stop() {
      window.clearTimeout(this.retry);
      const open = this.open;
      this.open = null;
      open?.abort();
    }
    lost(why) {
      this.stop();
      this.state({ name: "lost", why, again: Date.now() + this.wait });
      this.retry = window.setTimeout(() => this.start(), this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    }
    async read(open) {
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
      for (; ; ) {
        const { done, value } = await reader.read();
        if (done) throw new Error("the server has ended the stream");
        window.clearTimeout(silence);
        silence = window.setTimeout(() => open.abort(), SILENCE);
        const events = (rest + value).split("\n\n");
        rest = events.pop() ?? "";
        for (const event of events) {
          if (event.startsWith("data: ")) this.take(JSON.parse(event.slice(6)));
        }
      }
    }
    take(event) {
      if (event.error) throw new Error("the server is too busy to tell its figures");
      this.wait = FIRST_WAIT;
      this.state({ name: "live" });
      this.figures(event);
    }
  };

  // src/page.ts
  function byId(id) {
    const found = document.getElementById(id);
    if (!found) throw new Error(`the page has no #${id}`);
    return found;
  }
  function make(name, className = "", text = "") {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }
  function say(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }
  var Rows = class {
    constructor(body, table, columns) {
      this.body = body;
      this.table = table;
      this.columns = columns;
    }
    body;
    table;
    columns;
    rows = /* @__PURE__ */ new Map();
    fill(list) {
      const known = new Set(list.map((row) => row.key));
      for (const [key2, row] of this.rows) {
        if (known.has(key2)) continue;
        row.remove();
        this.rows.delete(key2);
      }
      list.forEach(({ key: key2, cells, mark }, place) => {
        let row = this.rows.get(key2);
        if (!row) {
          row = make("tr");
          this.columns.forEach((column, index) => {
            const cell = make(index === 0 ? "th" : "td");
            if (index === 0) cell.setAttribute("scope", "row");
            cell.dataset.figure = `${this.table}.${key2}.${column}`;
            cell.dataset.column = column;
            row?.append(cell);
          });
          this.rows.set(key2, row);
        }
        if (this.body.children[place] !== row) this.body.insertBefore(row, this.body.children[place] ?? null);
        cells.forEach((text, index) => {
          const cell = row?.children[index];
          if (cell) say(cell, text);
        });
        if ((row.dataset.mark ?? "") !== (mark ?? "")) row.dataset.mark = mark ?? "";
      });
    }
  };

  // src/format.ts
  var NARROW = " ";
  function whole(value) {
    return Math.round(value).toLocaleString("en-US");
  }
  function number(value) {
    if (value === 0) return "0";
    if (Math.abs(value) < 1) return value.toFixed(2);
    return Math.abs(value) < 10 ? value.toFixed(1) : whole(value);
  }
  function percent(part) {
    const value = part * 100;
    return (value > 0 && value < 9.95 ? value.toFixed(1) : value.toFixed(0)) + NARROW + "%";
  }
  function time(us) {
    if (us === 0) return "0" + NARROW + "ms";
    if (us < 999.5) return us.toFixed(0) + NARROW + "µs";
    if (us < 99950) return (us / 1e3).toFixed(1) + NARROW + "ms";
    return us < 999500 ? (us / 1e3).toFixed(0) + NARROW + "ms" : (us / 1e6).toFixed(1) + NARROW + "s";
  }
  function bytes(value) {
    const units = ["B", "kB", "MB", "GB", "TB"];
    let unit = 0;
    while (value >= 999.5 && unit + 1 < units.length) {
      value /= 1e3;
      unit += 1;
    }
    return (unit === 0 || value >= 99.5 ? value.toFixed(0) : value.toFixed(1)) + NARROW + units[unit];
  }
  function mebibytes(value) {
    return bytes(value * 1024 * 1024);
  }
  function ago(ms) {
    const seconds = Math.max(0, Math.round(ms / 1e3));
    if (seconds < 60) return `${seconds}${NARROW}s ago`;
    const minutes = Math.round(seconds / 60);
    return minutes < 90 ? `${minutes}${NARROW}min ago` : `${Math.round(minutes / 60)}${NARROW}h ago`;
  }
  function uptime(ms) {
    const minutes = Math.floor(ms / 6e4);
    if (minutes < 1) return `${Math.floor(ms / 1e3)}${NARROW}s`;
    if (minutes < 60) return `${minutes}${NARROW}min`;
    return `${Math.floor(minutes / 60)}${NARROW}h ${minutes % 60}${NARROW}min`;
  }

  // src/panels.ts
  var HISTORY = 120;
  var RATES = [
    { id: "retrievals", of: (f) => f.rates.retrievals, total: (f) => `${whole(f.work.retrievals)} searches and questions` },
    { id: "tokens", of: (f) => f.rates.tokens, total: (f) => `${whole(f.work.tokens)} tokens embedded` },
    { id: "rows", of: (f) => f.rates.rows, total: (f) => `${whole(f.work.rows)} rows in ${whole(f.work.queries)} queries` },
    { id: "chunks", of: (f) => f.rates.chunks, total: (f) => `${whole(f.work.chunks)} chunks stored` },
    { id: "operations", of: (f) => f.tensor_operations_per_sec, total: () => "dispatches to the device" }
  ];
  var WORDS = {
    avg_frame_time_ms: "Frame, mean",
    max_frame_time_ms: "Frame, longest",
    msg_to_first_token_ms: "Question to first token",
    msg_to_complete_ms: "Question to whole answer",
    query_wall_time_ms: "Query",
    overlap_efficiency: "Query and embedding side by side",
    peak_memory_mb: "Memory of the process, peak"
  };
  var Panels = class {
    history = /* @__PURE__ */ new Map();
    queues = new Rows(byId("queues"), "queues", ["name", "submitted", "active", "busy", "encode", "wait", "run"]);
    lanes = new Rows(byId("lanes"), "lanes", ["name", "running", "waiting", "slices", "mean", "longest"]);
    pools = new Rows(byId("pools"), "pools", ["name", "running", "waiting"]);
    owners = new Rows(byId("owners"), "owners", ["name", "bytes", "part"]);
    kpis = new Rows(byId("kpis"), "kpis", ["name", "value", "target", "verdict"]);
    lesser = new Rows(byId("lesser"), "lesser", ["when", "what", "route", "why"]);
    /** Takes figures into the history of the rates; they need not be drawn. */
    take(figures) {
      for (const rate of RATES) {
        const values = this.history.get(rate.id) ?? [];
        values.push(rate.of(figures));
        if (values.length > HISTORY) values.shift();
        this.history.set(rate.id, values);
      }
    }
    draw(f) {
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
    rates(f) {
      for (const rate of RATES) {
        const tile = byId(`rate-${rate.id}`);
        const [value, total, line] = [tile.querySelector(".value"), tile.querySelector(".total"), tile.querySelector("polyline")];
        if (value) say(value, number(rate.of(f)));
        if (total) say(total, rate.total(f));
        const values = this.history.get(rate.id) ?? [];
        const most = Math.max(...values, 1e-9);
        const points = values.map((value2, place) => {
          const x = (HISTORY - values.length + place) / (HISTORY - 1) * 120;
          return `${x.toFixed(1)},${(27 - value2 / most * 25).toFixed(1)}`;
        });
        line?.setAttribute("points", points.join(" "));
      }
    }
    tables(f) {
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
            queue.ended ? time(queue.avg_run_us) : "–"
          ]
        }))
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
            lane.slices ? time(lane.longest_wait_us) : "–"
          ],
          mark: lane.waiting > 0 ? "waits" : ""
        }))
      );
      this.pools.fill(
        f.pools.map((pool) => ({
          key: pool.name,
          cells: [pool.name, whole(pool.running), whole(pool.waiting)],
          mark: pool.waiting > 0 ? "waits" : ""
        }))
      );
      this.kpis.fill(
        f.kpis.map((kpi) => ({ key: kpi.name, cells: kpiCells(kpi), mark: kpi.met === false ? "missed" : kpi.met ? "met" : "" }))
      );
      byId("lesser-empty").hidden = f.degraded.length > 0;
      byId("lesser-table").hidden = f.degraded.length === 0;
      this.lesser.fill(
        f.degraded.map((one) => ({ key: String(one.number), cells: [ago(f.at_ms - one.at_ms), one.what, one.route, one.why], mark: one.what }))
      );
    }
    memory(f) {
      const { budget } = f;
      say(byId("granted"), `${bytes(budget.granted)} of ${bytes(budget.limit)}`);
      say(byId("pressure"), budget.pressure);
      byId("pressure").dataset.pressure = budget.pressure;
      const owners = Object.entries(budget.owners).sort(([, a], [, b]) => b - a);
      const bar = byId("memory-bar");
      while (bar.children.length > owners.length) bar.lastElementChild?.remove();
      owners.forEach(([name, held], place) => {
        const piece = bar.children[place] ?? bar.appendChild(make("span"));
        piece.dataset.shade = String(place % 4);
        piece.title = `${name}: ${bytes(held)}`;
        piece.style.width = `${Math.min(100, held / Math.max(budget.limit, 1) * 100)}%`;
      });
      bar.setAttribute("aria-label", `${percent(budget.granted / Math.max(budget.limit, 1))} of the budget is granted; pressure is ${budget.pressure}`);
      byId("owners-empty").hidden = owners.length > 0;
      this.owners.fill(
        owners.map(([name, held], place) => ({
          key: name,
          cells: [name, bytes(held), percent(held / Math.max(budget.limit, 1))],
          mark: `shade-${place % 4}`
        }))
      );
      say(byId("heap"), `${mebibytes(f.heap.used_mb)} in use, ${mebibytes(f.heap.reserved_mb)} reserved`);
      say(byId("process"), mebibytes(f.process_mb));
      say(byId("system"), `${bytes(budget.system_available)} of ${bytes(budget.system_total)} left`);
    }
    events(f) {
      for (const name of ["frame", "embed", "context"]) say(byId(`event-${name}`), whole(f.events[name]));
    }
  };
  function kpiCells(kpi) {
    const unit = kpi.unit ? ` ${kpi.unit}` : "";
    const value = kpi.value === null ? "–" : number(kpi.value) + unit;
    const verdict = kpi.value === null ? "nothing yet" : kpi.met === null ? "" : kpi.met ? "met" : "missed";
    return [WORDS[kpi.name] ?? kpi.name, value, kpi.target === null ? "" : kpi.target + unit, verdict];
  }

  // src/timeline.ts
  var QUEUES = ["render", "ml", "blit"];
  var STAGES = ["frame", "ask", "sql", "deliver", "read", "embed", "commit", "index"];
  var KINDS = ["frame", "embed", "context"];
  var EVENTS = { frame: "frame drawn", embed: "batch embedded", context: "context assembled" };
  var KEEP_US = 6e7;
  var MOST_SPANS = 2e4;
  var BEAT_US = 5e5;
  var SILENCE_US = 3 * BEAT_US;
  var MOST_ROWS = 16;
  var TABLE_ROWS = 40;
  var ROW = 22;
  var EVENT_LINE = 11;
  var EVENT_ROW = EVENT_LINE * 3 + 4;
  var EVENT_GAP = 4;
  var BAR = 14;
  var TOP = 6;
  var AXIS = 22;
  var LABELS = 76;
  var RIGHT = 14;
  var Timeline = class {
    constructor(redraw2) {
      this.redraw = redraw2;
      this.frame.addEventListener("keydown", (event) => this.pressed(event));
      this.frame.addEventListener("blur", () => this.select(null));
      this.canvas.addEventListener("pointermove", (event) => this.select(this.at(event.offsetX, event.offsetY)));
      this.canvas.addEventListener("pointerleave", () => this.select(null));
      for (const button of document.querySelectorAll("[data-seconds]")) {
        button.addEventListener("click", () => this.show(Number(button.dataset.seconds)));
      }
      byId("spans-table").addEventListener("toggle", () => this.redraw());
      new ResizeObserver(() => this.redraw()).observe(this.frame);
    }
    redraw;
    spans = [];
    end = 0;
    /** When the last figures came, drawn or not. */
    told = 0;
    /** What came while the picture stood still. */
    waiting = [];
    /** Stretches of time that nothing is known of: the tab was hidden, or the connection lost. */
    unseen = [];
    /** How many spans more ran than came, and when. */
    leftOut = [];
    seconds = 10;
    seen = /* @__PURE__ */ new Set();
    rows = [];
    selected = null;
    canvas = byId("timeline-picture");
    frame = byId("timeline");
    tip = byId("timeline-tip");
    spoken = byId("timeline-spoken");
    /** Shows so many seconds. */
    show(seconds) {
      this.seconds = seconds;
      for (const button of document.querySelectorAll("[data-seconds]")) {
        button.setAttribute("aria-pressed", String(Number(button.dataset.seconds) === seconds));
      }
      this.redraw();
    }
    /** Takes the spans of the last figures; `still` keeps the picture as it is until figures come without it. */
    take(figures, still) {
      const now = figures.at_ms * 1e3;
      this.waiting.push(figures);
      this.waiting = this.waiting.filter((kept) => kept.at_ms * 1e3 >= now - KEEP_US);
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
    add(figures) {
      const now = figures.at_ms * 1e3;
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
    draw() {
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
      const colour = (name) => colours.getPropertyValue(`--${name}`).trim();
      pen.font = `12px ${colours.fontFamily}`;
      this.grid(pen, width, height, colour);
      const visible = this.visible();
      for (const row of this.rows) this.row(pen, row, visible, colour);
      this.blanks(pen, height - AXIS, colour);
      if (this.selected) this.outline(pen, this.selected, colour);
      this.words(visible);
    }
    layOut() {
      const others = [...this.seen].filter((track) => !QUEUES.includes(track) && !STAGES.includes(track)).sort();
      const stages = STAGES.filter((track) => this.seen.has(track));
      const tracks = [...QUEUES, ...stages, ...others].slice(0, MOST_ROWS - 1);
      this.rows = [...tracks, "events"].map((track, place) => ({ track, y: TOP + place * ROW }));
    }
    visible() {
      const from = this.end - this.seconds * 1e6;
      return this.spans.filter((span) => span.ended_us >= from);
    }
    /** Where a moment stands. */
    x(us) {
      const width = this.frame.clientWidth - LABELS - RIGHT;
      return LABELS + width * (1 - (this.end - us) / (this.seconds * 1e6));
    }
    grid(pen, width, height, colour) {
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
    row(pen, row, visible, colour) {
      if (row.track === "events") {
        KINDS.forEach((kind, place) => {
          const y = row.y + 2 + EVENT_LINE * (place + 0.5);
          let drawn2 = 0;
          for (const span of visible) {
            const x = Math.max(LABELS, this.x(span.ended_us));
            if (span.event !== kind || x > drawn2 - EVENT_GAP && x < drawn2 + EVENT_GAP) continue;
            this.mark(pen, kind, x, y, colour("ink"));
            drawn2 = x;
          }
        });
        return;
      }
      pen.fillStyle = colour(QUEUES.includes(row.track) ? "accent" : "bar");
      const columns = new Float32Array(Math.max(0, this.frame.clientWidth - RIGHT - LABELS) + 2);
      let until = 0;
      const spans = visible.filter((span) => span.track === row.track).sort((a, b) => a.began_us - b.began_us);
      for (const span of spans) {
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
    blanks(pen, floor, colour) {
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
    ends(span) {
      const left = Math.max(LABELS, this.x(span.began_us));
      return [left, Math.max(this.x(span.ended_us), left + 1.5)];
    }
    /** A mark of its own shape for each kind of event, so that no colour is needed to tell them apart. */
    mark(pen, kind, x, y, ink) {
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
    outline(pen, span, colour) {
      const row = this.rows.find((row2) => row2.track === span.track);
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
    words(visible) {
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
      if (byId("spans-table").open) this.table(visible);
    }
    /** The newest spans in words; few, so that the page stays small. */
    table(visible) {
      const rows = visible.slice(-TABLE_ROWS).reverse().map((span) => {
        const row = make("tr");
        const began = `${((this.end - span.began_us) / 1e6).toFixed(2)} s ago`;
        for (const text of [span.track, span.name, began, time(span.ended_us - span.began_us)]) row.append(make("td", "", text));
        return row;
      });
      byId("spans").replaceChildren(...rows);
    }
    at(x, y) {
      const row = this.rows.find((row2) => y >= row2.y && y < row2.y + (row2.track === "events" ? EVENT_ROW : ROW));
      if (!row) return null;
      const kind = KINDS[Math.floor((y - row.y - 2) / EVENT_LINE)];
      const reach = 3;
      const near = this.visible().filter((span) => {
        const track = row.track === "events" ? span.event !== null && span.event === kind : span.track === row.track;
        if (!track) return false;
        const [left, right] = this.ends(span);
        return row.track === "events" ? Math.abs(right - x) <= reach + 2 : x >= left - reach && x <= right + reach;
      });
      return near.sort((a, b) => a.ended_us - a.began_us - (b.ended_us - b.began_us))[0] ?? null;
    }
    select(span) {
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
    pressed(event) {
      const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
      if (event.key === "Escape") return this.select(null);
      const [along, across] = by[event.key] ?? [0, 0];
      if (along === 0 && across === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const tracks = this.rows.map((row2) => row2.track).filter((track) => track !== "events");
      const of = (track) => this.visible().filter((span) => span.track === track).sort((a, b) => a.began_us - b.began_us);
      const filled = tracks.filter((track) => of(track).length > 0);
      const from = this.selected;
      if (!from || !filled.includes(from.track)) return this.select(of(filled[0]).at(-1) ?? null);
      if (across !== 0) {
        const next = filled[Math.min(Math.max(filled.indexOf(from.track) + across, 0), filled.length - 1)];
        const near = of(next).sort((a, b) => Math.abs(a.began_us - from.began_us) - Math.abs(b.began_us - from.began_us));
        return this.select(next === from.track ? from : near[0] ?? from);
      }
      const row = of(from.track);
      const place = row.findIndex((span) => span === from);
      this.select(row[Math.min(Math.max(place + along, 0), row.length - 1)] ?? from);
    }
  };

  // src/trace.ts
  var TRACE = "/api/v1/trace";
  var Tracing = class {
    collecting = false;
    events = 0;
    busy = false;
    /** What was last told of the trace itself: where a download ended stays told until this changes. */
    state = "";
    button = byId("trace");
    download = byId("download");
    told = byId("trace-state");
    constructor() {
      this.button.addEventListener("click", () => this.toggle());
      this.download.addEventListener("click", () => this.run(() => this.save()));
    }
    /** Shows what the server says. */
    show(trace) {
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
    toggle() {
      this.run(async () => {
        const reply = await fetch(`${TRACE}/${this.collecting ? "stop" : "start"}`, { method: "POST", headers: key.headers() });
        if (!reply.ok) throw new Error(`status ${reply.status}`);
        this.busy = false;
        this.show(await reply.json());
      });
    }
    async save() {
      say(this.told, `Fetching ${whole(this.events)} events…`);
      const reply = await fetch(TRACE, { headers: key.headers() });
      if (!reply.ok) throw new Error(`status ${reply.status}`);
      const blob = await reply.blob();
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = "downbeat-trace.json";
      link.click();
      window.setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
      say(this.told, `Saved ${bytes(blob.size)}; open it at ui.perfetto.dev or chrome://tracing`);
    }
    run(work) {
      if (this.busy) return;
      this.busy = true;
      work().catch((cause) => say(this.told, `The trace failed: ${cause instanceof Error ? cause.message : String(cause)}`)).finally(() => this.busy = false);
    }
  };

  // src/dashboard.ts
  var REDRAW_MS = 100;
  var THEME = "downbeat-theme";
  var last = null;
  var paused = false;
  var due = 0;
  var drawn = -REDRAW_MS;
  var draws = 0;
  function redraw() {
    if (due !== 0 || document.hidden) return;
    due = window.setTimeout(() => requestAnimationFrame(draw), Math.max(0, drawn + REDRAW_MS - performance.now()));
  }
  function draw() {
    due = 0;
    drawn = performance.now();
    draws += 1;
    document.documentElement.dataset.draws = String(draws);
    if (last) panels.draw(last);
    timeline.draw();
  }
  var panels = new Panels();
  var timeline = new Timeline(redraw);
  var tracing = new Tracing();
  var feed = new Feed((figures) => {
    tracing.show(figures.trace);
    timeline.take(figures, paused);
    if (paused) return;
    last = figures;
    panels.take(figures);
    redraw();
  }, show);
  var countdown = 0;
  function show(state) {
    window.clearInterval(countdown);
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
        const tell = () => say(words, `Disconnected: ${state.why}. Trying again in ${Math.max(0, Math.ceil((state.again - Date.now()) / 1e3))} s`);
        tell();
        countdown = window.setInterval(tell, 1e3);
      }
    }
  }
  function pause() {
    paused = !paused;
    byId("pause").setAttribute("aria-pressed", String(paused));
    say(byId("pause").querySelector(".word") ?? byId("pause"), paused ? "Go on" : "Pause");
    if (document.documentElement.dataset.state === "live") say(byId("state"), paused ? "Paused" : "Live");
  }
  function theme(wanted) {
    if (wanted === "light" || wanted === "dark") document.documentElement.dataset.theme = wanted;
    redraw();
  }
  function isDark() {
    return (document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  }
  function otherTheme() {
    const wanted = isDark() ? "light" : "dark";
    localStorage.setItem(THEME, wanted);
    theme(wanted);
  }
  var help = byId("help");
  var KEYS = {
    p: pause,
    t: () => tracing.toggle(),
    d: otherTheme,
    "1": () => timeline.show(10),
    "2": () => timeline.show(30),
    "3": () => timeline.show(60),
    "?": () => help.open ? help.close() : help.showModal()
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
  byId("key-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const field = byId("key");
    key.set(field.value.trim());
    field.value = "";
    feed.start();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  theme(localStorage.getItem(THEME));
  feed.start();
})();
