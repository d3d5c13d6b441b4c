import { sizeLimits } from '../../intake/limits.js';
import type { FileLabel } from '../ports/door.js';

/** What keeps a file closed: its name, its type or its size. */
export type ClosedBy = 'name' | 'type' | 'size';

/** A file stays closed: nothing of it is fetched. */
export class ClosedFileError extends Error {
  override readonly name = 'ClosedFileError';
  readonly label: FileLabel;
  readonly why: ClosedBy;
  constructor(label: FileLabel, why: ClosedBy) {
    super(`left alone by its ${why}`);
    this.label = label;
    this.why = why;
  }
}

/** Endings of the files that can be evidence: traces, zips, policies, reports, events, configuration, outputs as text. */
const evidenceEndings = /\.(xml|zip|inf|cfg|html?|log|txt|csv|evtx|config|wer)$/i;

/** Endings of office documents, pictures, videos and sound. */
const documentEndings =
  /\.(docx?|docm|dotx?|xlsx?|xlsm|xlsb|pptx?|pptm|ppsx?|odt|ods|odp|pdf|one|vsdx?|mpp|msg|eml|pages|numbers|key)$/i;
const pictureEndings = /\.(png|jpe?g|gif|bmp|tiff?|webp|heic|svg|ico|psd)$/i;
const videoEndings = /\.(mp4|m4v|mov|avi|mkv|webm|wmv)$/i;
const soundEndings = /\.(mp3|m4a|wav|ogg|flac)$/i;
const closedEndings = [documentEndings, pictureEndings, videoEndings, soundEndings];

/** Media types of the same. */
const closedTypes =
  /^(image|video|audio|font)\/|officedocument|opendocument|msword|ms-(excel|powerpoint|project|outlook)|visio|onenote|\/pdf$/i;

/**
 * Returns what keeps a file closed; undefined when it may be opened. Addressed to Frebot, everything is opened but office
 * documents, videos, sound and pictures. Overheard, a file must be named like evidence, or be text without an ending, as a
 * pasted snippet is.
 */
export function reasonToStayClosed({ name, type = '', size }: FileLabel, addressed: boolean): ClosedBy | undefined {
  if (closedEndings.some((endings) => endings.test(name))) return 'name';
  if (closedTypes.test(type)) return 'type';
  if (addressed) return undefined;
  const isSnippet = !name.includes('.') && /^text\//i.test(type);
  if (!evidenceEndings.test(name) && !isSnippet) return 'name';
  return size !== undefined && (size === 0 || size > sizeLimits.fileBytes) ? 'size' : undefined;
}

/** Returns in words what a closed file is, for its sender. */
export function describeClosed({ name, type = '' }: FileLabel): string {
  if (/^video\//i.test(type) || videoEndings.test(name)) return 'a video';
  if (/^audio\//i.test(type) || soundEndings.test(name)) return 'a sound file';
  return documentEndings.test(name) || !/^image\//i.test(type || 'image/') ? 'an office document' : 'a picture';
}
