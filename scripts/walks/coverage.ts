import { Session } from 'node:inspector/promises';

/** The files of one walk, and its declared functions and methods. Arrow functions have no name under tsx and do not count. */
export interface WalkCount {
  files: number;
  functions: number;
}

interface CoveredFunction {
  functionName: string;
  ranges: { startOffset: number; count: number }[];
}

/** Code of Frebot itself: its sources, and no test or package. */
const ownSource = /\/(src|adapters)\/[^?]*\.ts/;
/** esbuild's helper, which names functions at run time. */
const helper = '__name';

/** Runs `walk` and counts the named functions of Frebot that ran, and the files they are in. */
export async function countWalk(walk: () => Promise<unknown>): Promise<WalkCount> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  try {
    await walk();
    const { result } = await session.post('Profiler.takePreciseCoverage');
    const counts = result
      .filter(({ url }) => ownSource.test(url) && !url.includes('/node_modules/'))
      .map(({ functions }) => countRun(functions));
    return { files: counts.filter((count) => count > 0).length, functions: counts.reduce((sum, n) => sum + n, 0) };
  } finally {
    await session.post('Profiler.stopPreciseCoverage');
    session.disconnect();
  }
}

function countRun(functions: readonly CoveredFunction[]): number {
  const ran = functions.filter(
    ({ functionName, ranges }) => functionName !== '' && functionName !== helper && (ranges[0]?.count ?? 0) > 0,
  );
  return new Set(ran.map(({ functionName, ranges }) => `${functionName} ${ranges[0]?.startOffset}`)).size;
}
