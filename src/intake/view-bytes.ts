import { buildTraceView } from '../evidence/freb/view/build-view.js';
import type { TraceView } from '../evidence/freb/view/trace-view.js';
import { Scrubber } from '../evidence/scrub/scrubber.js';
import { looksZipped } from './bundle.js';
import { openZip } from './zip.js';

/** Returns the view of a log, or of the entry of a zip that goes by that name in its reading. */
export async function viewBytes(name: string, wanted: string, bytes: Buffer): Promise<TraceView | null> {
  if (!looksZipped(bytes)) return buildTraceView(name, bytes);
  const zip = await openZip({ bytes });
  try {
    const entry = zip.entries.find(({ fileName }) => new Scrubber().fileName(`${name}/${fileName}`) === wanted);
    return entry ? buildTraceView(`${name}/${entry.fileName}`, zip.unpack(entry)) : null;
  } finally {
    zip.close();
  }
}
