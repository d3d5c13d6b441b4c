/** What parts two things, in the languages that are asked in. */
const and = String.raw`(?: and | vs\.? | versus | to | und | et | y | e | och |と|和|与|,)`;
/** The forms in which things are compared; what is compared is the first group, or the first two. */
const forms: readonly RegExp[] = [
  /\bdiff?er[ea]n(?:ce|t)s? (?:is there )?(?:between|of|from) ([^?;]+)/,
  /\bdiff?er[ea]n(?:ce|t)s?(?: (?:is there|please))?[:,]? ([^?;]+)/,
  /\bcompare ([^?;]+)/,
  /\bhow (?:is|are|does|do) (.+?) (?:different|differ) from ([^?;]+)/,
  /\b(?:unterschied|diff[ée]rence|diferencia|diferença|differenza)\b(?: hay| y a-t-il| há| c'è)?(?: (?:zwischen|von|entre|tra|fra|des?|di))? ([^?;]+)/,
  /^([^?;]+?)(?:の違い|の差|はどう違|的区别|有什么区别|的差别)/,
  /^(?:so |hi |what about )?(.+? (?:vs\.?|versus) [^?;]+)/,
  /^(.+?) or ([^?,;]+?)(?:,|\?| -| –|:) ?(?:what|which|who|how|whats|where)\b/,
  /^(.+?(?:,| and ).+?)(?:,|:| -| –) ?(?:what|how|where|which)\b.*\bdiffer/,
];
const separators = new RegExp(String.raw`\s*(?:,\s*(?:and|und|et|y|e) |${and})\s*`);

/** Longer texts tell a story. */
const longest = 200;
/** Longer sides are sentences. In words. */
const mostWords = 7;
/** More are a list. */
const mostSides = 3;
const before = /^(?:what(?:'s| is)|whats|the|a|an|event|events|between|of|der|die|das|dem|den|le|la|les|el|los|o|a) +/;
const behind =
  /(?: - | – | \(| in (?:simple|plain|short|one|der|the) | please\b| which\b| what\b| when\b| who\b| for me\b| logs?\b).*$/;

/** Returns the two or three things that a folded question compares; undefined for any other question. */
export function findSides(text: string): string[] | undefined {
  if (text.length > longest) return undefined;
  for (const form of forms) {
    const found = form.exec(text);
    if (!found) continue;
    const sides = found
      .slice(1)
      .flatMap((part) => part.replace(behind, '').split(separators))
      .map(cutSide)
      .filter((side) => side !== '');
    const isComparison = sides.length >= 2 && sides.length <= mostSides;
    if (isComparison && sides.every((side) => side.split(' ').length <= mostWords)) return sides;
  }
  return undefined;
}

function cutSide(side: string): string {
  let cut = side.trim();
  while (before.test(cut)) cut = cut.replace(before, '');
  return cut.replace(/[?!.,;:"']+$/g, '').trim();
}
