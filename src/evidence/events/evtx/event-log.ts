import { readEventTime } from '../forms/event-time.js';
import type { WindowsEvent } from '../windows-event.js';
import { chunkLength, EventChunk, isChunk } from './chunk.js';
import { childOf, type EventElement } from './element.js';

const signature = 'ElfFile\0';
/** Chunks begin behind it, in bytes. */
const headerLength = 4096;

/** Elements that are built for all records of a file at most; a log of 100 MB has about twenty million. */
const mostElements = 60_000_000;

/** True for the bytes of a binary Windows event log (.evtx), whole or not. */
export function isEventLog(bytes: Uint8Array): boolean {
  return bytes.length >= signature.length && Buffer.from(bytes.subarray(0, 8)).toString('latin1') === signature;
}

/**
 * A binary Windows event log (.evtx). Damaged records and chunks are counted and left out; the rest is read.
 * The format: MS-EVEN6, and "Windows XML Event Log (EVTX) format" of the libevtx project.
 */
export class EventLogFile {
  /** Records and whole chunks that could not be read. */
  damaged = 0;
  /** The file ends inside of a chunk, or before the last one that its header counts. */
  cutOff = false;
  /** The file holds more than any real log does, and its rest was not read. */
  unfinished = false;
  readonly #bytes: Buffer;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Yields the events in file order. The fields above are final when it has ended. */
  *events(): Generator<WindowsEvent> {
    const bytes = this.#bytes;
    if (bytes.length < headerLength) {
      this.cutOff = true;
      return;
    }
    const chunkCount = bytes.readUInt16LE(42);
    this.cutOff =
      bytes.length < headerLength + chunkCount * chunkLength || (bytes.length - headerLength) % chunkLength !== 0;
    let elements = 0;
    let number = 0;
    for (let at = headerLength; at < bytes.length; at += chunkLength) {
      const chunk = bytes.subarray(at, Math.min(at + chunkLength, bytes.length));
      if (!isChunk(chunk)) {
        // A log grows in steps, so unused space behind the chunks that its header counts may hold anything.
        if (at < headerLength + chunkCount * chunkLength && chunk.some((byte) => byte !== 0)) this.damaged++;
        continue;
      }
      for (const { event, spent } of new EventChunk(chunk).records()) {
        elements += spent;
        if (elements > mostElements) {
          this.unfinished = true;
          return;
        }
        const windowsEvent = event && toWindowsEvent(event, number + 1);
        if (!windowsEvent) {
          this.damaged++;
          continue;
        }
        number++;
        yield windowsEvent;
      }
    }
  }
}

/** Returns the event as every form gives it; null for an element that is not an event. */
function toWindowsEvent(event: EventElement, number: number): WindowsEvent | null {
  const system = childOf(event, 'System');
  const id = Number(childOf(system, 'EventID')?.text);
  if (!system || !Number.isInteger(id)) return null;
  const attribute = (name: string, key: string) => childOf(system, name)?.attributes.get(key);
  const found: WindowsEvent = {
    number,
    id,
    provider: attribute('Provider', 'Name') ?? attribute('Provider', 'EventSourceName') ?? '',
    time: readEventTime(attribute('TimeCreated', 'SystemTime')),
    channel: childOf(system, 'Channel')?.text || undefined,
    computer: childOf(system, 'Computer')?.text || undefined,
    data: new Map(),
    plain: [],
    message: childOf(childOf(event, 'RenderingInfo'), 'Message')?.text || undefined,
  };
  for (const item of childOf(event, 'EventData')?.children ?? []) {
    const name = item.attributes.get('Name');
    if (item.name === 'Binary') found.binary = item.text || undefined;
    else if (name) found.data.set(name, item.text.trim());
    else found.plain.push(item.text.trim());
  }
  addNamedValues(childOf(event, 'UserData'), found.data);
  return found;
}

/** Adds the values of a provider with its own schema, which names the elements itself. */
function addNamedValues(element: EventElement | undefined, data: Map<string, string>): void {
  for (const child of element?.children ?? []) {
    if (child.children.length > 0) addNamedValues(child, data);
    else if (child.text !== '' && !data.has(child.name)) data.set(child.name, child.text.trim());
  }
}
