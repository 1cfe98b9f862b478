const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** Bytes as people say them: `5.2 GB`, `1.8 TB`; Windows means powers of 1,024 by these. */
export function bytesSaid(bytes: number): string {
  const at = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  const value = bytes / 1024 ** at;
  const digits = value < 10 && at > 0 ? 1 : 0;
  return `${value.toFixed(digits)} ${UNITS[at] ?? 'B'}`;
}

/** A time that is only forecast, as people say it: `about 3 h 10 min`, `about 40 s`. */
export function aboutMs(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  if (seconds < 90) return `about ${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `about ${minutes} min`;
  const rest = Math.round((minutes % 60) / 10) * 10;
  const hours = Math.floor(minutes / 60) + (rest === 60 ? 1 : 0);
  return `about ${hours} h${rest === 0 || rest === 60 ? '' : ` ${rest} min`}`;
}

/** How far something is, in ten signs and percent, for a line of plain text. */
export function bar(percent: number): string {
  const full = Math.round(Math.min(100, Math.max(0, percent)) / 10);
  return `${'▰'.repeat(full)}${'▱'.repeat(10 - full)} ${Math.round(percent)} %`;
}
