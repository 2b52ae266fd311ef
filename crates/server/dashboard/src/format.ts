// Numbers in words for people. Spaces between number and unit do not break.

const NARROW = "\u202f";

/** A whole number in groups of three. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** A rate or another number that may be small: two digits below ten, groups of three above. */
export function number(value: number): string {
  if (value === 0) return "0";
  if (Math.abs(value) < 1) return value.toFixed(2);
  return Math.abs(value) < 10 ? value.toFixed(1) : whole(value);
}

/** A part of one. */
export function percent(part: number): string {
  const value = part * 100;
  return (value > 0 && value < 9.95 ? value.toFixed(1) : value.toFixed(0)) + NARROW + "%";
}

/** A time given in microseconds. */
export function time(us: number): string {
  if (us === 0) return "0" + NARROW + "ms";
  if (us < 999.5) return us.toFixed(0) + NARROW + "µs";
  if (us < 99_950) return (us / 1e3).toFixed(1) + NARROW + "ms";
  return us < 999_500 ? (us / 1e3).toFixed(0) + NARROW + "ms" : (us / 1e6).toFixed(1) + NARROW + "s";
}

/** Bytes, in powers of ten. */
export function bytes(value: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let unit = 0;
  while (value >= 999.5 && unit + 1 < units.length) {
    value /= 1000;
    unit += 1;
  }
  return (unit === 0 || value >= 99.5 ? value.toFixed(0) : value.toFixed(1)) + NARROW + units[unit];
}

/** Bytes given in MiB. */
export function mebibytes(value: number): string {
  return bytes(value * 1024 * 1024);
}

/** How long ago, given in milliseconds. */
export function ago(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds}${NARROW}s ago`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes}${NARROW}min ago` : `${Math.round(minutes / 60)}${NARROW}h ago`;
}

/** How long the server has run, given in milliseconds. */
export function uptime(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return `${Math.floor(ms / 1000)}${NARROW}s`;
  if (minutes < 60) return `${minutes}${NARROW}min`;
  return `${Math.floor(minutes / 60)}${NARROW}h ${minutes % 60}${NARROW}min`;
}
