import { XMLParser } from 'fast-xml-parser';
import { boundField, mostFields } from '../../bounded.js';
import { type EventParts, emptyParts } from './event-parts.js';

let library: XMLParser | undefined;

/** Returns the parser, made once. Values stay text as written: `0x80070005`, `00000` and `1e5` are evidence, not numbers. */
function parser(): XMLParser {
  library ??= new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    textNodeName: '#',
    parseTagValue: false,
    parseAttributeValue: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    htmlEntities: true,
    trimValues: false,
    processEntities: true,
    jPath: false,
    maxNestedTags: 20,
    isArray: (name) => name === 'Data' || name === 'freb:Description' || name === 'Description',
  });
  return library;
}

type XmlNode = { [key: string]: unknown };

/** Reads an event with the full parser, whatever its layout. Null when it is not well-formed. */
export function parseXmlEvent(text: string): EventParts | null {
  let tree: XmlNode;
  try {
    tree = parser().parse(text) as XmlNode;
  } catch {
    return null;
  }
  const event = asNode(tree.Event);
  if (!event) return null;
  const parts = emptyParts();
  const system = asNode(event.System) ?? {};
  const info = asNode(event.RenderingInfo) ?? {};
  parts.name = textOfNode(info.Opcode).trim();
  const level = textOfNode(system.Level).trim();
  parts.level = /^\d$/.test(level) ? Number(level) : -1;
  parts.provider = textOfNode(asNode(system.Provider)?.['@Name']);
  parts.time = textOfNode(asNode(system.TimeCreated)?.['@SystemTime']);
  parts.keywords = textOfNode(system.Keywords).trim();
  parts.computer = textOfNode(system.Computer);
  parts.processId = textOfNode(asNode(system.Execution)?.['@ProcessID']);
  readFields(asNode(event.EventData)?.Data, '@Name', parts.data);
  readFields(info['freb:Description'] ?? info.Description, '@Data', parts.descriptions);
  return parts;
}

function readFields(list: unknown, nameKey: string, fields: Map<string, string>): void {
  if (!Array.isArray(list)) return;
  for (const item of list) {
    if (fields.size === mostFields) return;
    const name = textOfNode(asNode(item)?.[nameKey]);
    if (name && !fields.has(name)) fields.set(name, boundField(textOfNode(item)));
  }
}

function asNode(value: unknown): XmlNode | undefined {
  if (Array.isArray(value)) return asNode(value[0]);
  return typeof value === 'object' && value !== null ? (value as XmlNode) : undefined;
}

function textOfNode(value: unknown): string {
  if (typeof value === 'string') return value;
  const first = Array.isArray(value) ? value[0] : value;
  if (typeof first === 'string') return first;
  const text = asNode(first)?.['#'];
  return typeof text === 'string' ? text : '';
}
