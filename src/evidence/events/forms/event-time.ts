/**
 * Returns a time as forms print it to the second in ISO 8601, undefined where the order of day and month is open.
 * `2024-03-12T05:30:52.841Z` stays UTC; a time without a zone stays local, without `Z`.
 */
export function readEventTime(text: string | undefined): string | undefined {
  if (text === undefined || text.length > 60) return undefined;
  const iso = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)?(Z?)$/.exec(text.trim());
  if (iso) return `${iso[1]}T${iso[2]}${iso[3]}`;
  const found =
    /^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4}),?\s+(\d{1,2}):(\d\d)(?::(\d\d))?(?:\s*([AaPp])\.?[Mm]\.?)?$/.exec(
      text.trim(),
    );
  if (!found) return undefined;
  const date = dateOf(found[1]!, found[2]!, found[3]!, found[4]!, found[8] !== undefined);
  if (!date) return undefined;
  const hour = (Number(found[5]) % (found[8] ? 12 : 24)) + (/p/i.test(found[8] ?? '') ? 12 : 0);
  return `${date}T${two(hour)}:${found[6]}:${found[7] ?? '00'}`;
}

/** With full stops the day comes first, with AM or PM the month; otherwise a number over 12 is the day. */
function dateOf(first: string, sign: string, second: string, third: string, halves: boolean): string | undefined {
  if (first.length === 4) return `${first}-${two(second)}-${two(third)}`;
  if (third.length !== 4) return undefined;
  const dayFirst = sign === '.' || Number(first) > 12;
  if (!dayFirst && !halves && Number(second) <= 12 && first !== second) return undefined;
  const [month, day] = dayFirst ? [second, first] : [first, second];
  return Number(month) > 12 ? undefined : `${third}-${two(month)}-${two(day)}`;
}

function two(value: string | number): string {
  return String(value).padStart(2, '0');
}
