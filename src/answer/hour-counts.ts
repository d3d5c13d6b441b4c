/** How many logs of each cause fall into each span of time; the spans have one length and follow each other. */
export interface HourCounts {
  /** Hours of one span: 1, 3, 6, 12, 24 or days of a week. */
  hours: number;
  /** Beginning of each span, UTC: `2026-06-08 19:00`. */
  starts: string[];
  series: { title: string; counts: number[] }[];
}

const spanHours = [1, 3, 6, 12, 24, 168];
/** Spans that a phone can show apart from each other. */
const mostSpans = 48;
/** Causes that have a colour; the others are one series. */
const mostSeries = 5;
const hourMs = 3_600_000;

/**
 * Counts logs by cause and time; the most frequent cause first. Undefined when fewer than two hours are known, or when they lie
 * too far apart for one chart.
 * @param logs with their time as ISO 8601, UTC
 */
export function countHours(logs: readonly { title: string; time: string }[]): HourCounts | undefined {
  const known = logs.flatMap(({ title, time }) => {
    const hour = Math.floor(Date.parse(`${time.slice(0, 13)}:00:00Z`) / hourMs);
    return Number.isFinite(hour) ? [{ title, hour }] : [];
  });
  const first = known.reduce((least, { hour }) => Math.min(least, hour), Number.POSITIVE_INFINITY);
  const last = known.reduce((most, { hour }) => Math.max(most, hour), Number.NEGATIVE_INFINITY);
  const hours = spanHours.find((span) => Math.floor(last / span) - Math.floor(first / span) < mostSpans);
  if (known.length === 0 || first === last || hours === undefined) return undefined;
  const from = Math.floor(first / hours);
  const length = Math.floor(last / hours) - from + 1;
  const totals = new Map<string, number>();
  for (const { title } of known) totals.set(title, (totals.get(title) ?? 0) + 1);
  const titles = [...totals].sort((a, b) => b[1] - a[1]).map(([title]) => title);
  const named = titles.length > mostSeries ? [...titles.slice(0, mostSeries - 1), 'other causes'] : titles;
  const series = named.map((title) => ({ title, counts: new Array<number>(length).fill(0) }));
  for (const { title, hour } of known) {
    const { counts } = series[Math.min(titles.indexOf(title), named.length - 1)]!;
    const at = Math.floor(hour / hours) - from;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const starts = Array.from({ length }, (_, i) =>
    new Date((from + i) * hours * hourMs).toISOString().slice(0, 16).replace('T', ' '),
  );
  return { hours, starts, series };
}
