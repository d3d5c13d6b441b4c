/** The forms in which two things are compared. */
const forms: readonly RegExp[] = [
  /\bdiff?er[ea]n(?:ce|t)s? (?:is there )?(?:between|of|from) (.+?) (?:and|vs\.?|versus|to) ([^?;]+)/,
  /\bcompare (.+?) (?:and|with|to|vs\.?) ([^?;]+)/,
  /\bhow (?:is|are|does|do) (.+?) (?:different|differ) from ([^?;]+)/,
  /^(?:so |hi |what about )?(.+?) (?:vs\.?|versus) ([^?;]+)/,
  /^(.+?) or ([^?,;]+?)(?:,|\?| -| –) ?(?:what|which|who|how|whats|where)\b/,
  /^(.+?) and ([^?,;]+?)(?:,|:| -| –) ?(?:what|how|where|which)\b.*\bdiffer/,
];

/** Longer texts tell a story. */
const longest = 200;
/** Longer sides are sentences. In words. */
const mostWords = 7;
const before = /^(?:what(?:'s| is)|whats|the|a|an|event|events|between|of) +/;
const behind = /(?:,| - | – | \(| in (?:simple|plain|short|one)\b| please\b| which\b| what\b| when\b| for me\b).*$/;

/** Returns the two things that a folded question compares; undefined for any other question. */
export function findSides(text: string): [string, string] | undefined {
  if (text.length > longest) return undefined;
  for (const form of forms) {
    const found = form.exec(text);
    if (!found) continue;
    const sides = found.slice(1, 3).map((side) => cutSide(side!));
    if (sides.every((side) => side !== '' && side.split(' ').length <= mostWords)) return sides as [string, string];
  }
  return undefined;
}

function cutSide(side: string): string {
  let cut = side.replace(behind, '').trim();
  while (before.test(cut)) cut = cut.replace(before, '');
  return cut.replace(/[?!.,;:"']+$/g, '').trim();
}
