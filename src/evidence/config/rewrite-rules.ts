import type { ObservationCollector } from '../gather.js';
import type { ConfigElement } from './config-tree.js';
import type { ConfigSection } from './sections.js';

/** No pattern of a rule that a person wrote is longer. In characters. */
const longestPattern = 4000;

/** Adds the rules of URL Rewrite whose patterns are not valid, and those that redirect to https for ever behind a balancer. */
export function observeRewriteRules(gather: ObservationCollector, sections: readonly ConfigSection[]): void {
  for (const { path, element } of sections) {
    if (!/^system\.webServer\/rewrite\/(?:rules|globalRules|outboundRules)$/.test(path)) continue;
    for (const rule of element.children) if (rule.name === 'rule') observeRule(gather, rule);
  }
}

function observeRule(gather: ObservationCollector, rule: ConfigElement): void {
  if (rule.attributes.enabled === 'false') return;
  const name = rule.attributes.name ?? 'without a name';
  const syntax = rule.attributes.patternSyntax ?? 'ECMAScript';
  const match = rule.children.find((c) => c.name === 'match');
  const conditions = rule.children.filter((c) => c.name === 'conditions').flatMap((c) => c.children);
  if (syntax === 'ECMAScript') {
    const patterns = [
      ...(['url', 'pattern'] as const).map((field) => ({ element: match, field, pattern: match?.attributes[field] })),
      ...conditions.map((element) => ({ element, field: 'pattern', pattern: element.attributes.pattern })),
    ];
    for (const { element, field, pattern } of patterns)
      if (pattern !== undefined && !isRegularExpression(pattern))
        gather.add('config.rule-pattern-invalid', name, { event: element!.line, field, raw: pattern });
  }
  const place = { event: rule.line, field: 'rule' };
  if (match === undefined) gather.add('config.rule-without-match', name, place);
  const action = rule.children.find((c) => c.name === 'action')?.attributes ?? {};
  if (action.type === 'Rewrite' && /^https?:\/\/[^/]/i.test(action.url ?? ''))
    gather.add('config.proxy-rule', name, { ...place, field: 'action' });
  if (action.type === 'Redirect' && /^https:/i.test(action.url ?? ''))
    observeHttpsRedirect(gather, rule, conditions, action.url!);
}

/** Compiles a pattern and does not run it. What ECMAScript refuses, URL Rewrite refuses too. */
function isRegularExpression(pattern: string): boolean {
  if (pattern.length > longestPattern) return true;
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}

/** A server variable about this connection says "no TLS" to every request that a balancer has decrypted. */
function observeHttpsRedirect(
  gather: ObservationCollector,
  rule: ConfigElement,
  conditions: readonly ConfigElement[],
  target: string,
): void {
  const asked = conditions.map((c) => (c.attributes.input ?? '').toUpperCase());
  if (
    asked.some((input) =>
      /HTTP_(?:X_FORWARDED|FRONT_END_HTTPS|X_ARR_SSL|CLOUDFRONT|CF_VISITOR|X_[A-Z_]*PROTO)/.test(input),
    )
  )
    return;
  const asksConnection = asked.some((input) => /\{(?:HTTPS|SERVER_PORT|SERVER_PORT_SECURE)\}/.test(input));
  const sameHost = /\{HTTP_HOST\}|\{SERVER_NAME\}/i.test(target);
  const place = { event: rule.line, field: 'rule' };
  if (asksConnection) gather.add('config.https-rule', 'by-connection', place);
  else if (sameHost && conditions.length === 0) gather.add('config.https-rule', 'always', place);
}
