import type { ComparedLogs } from '../intake/compare-logs.js';
import type { Intake, IntakeInput, OnReading, ReadInputs } from '../intake/intake.js';
import type { Clock } from './ports/environment.js';
import type { QuotaGuard, Spender } from './quotas.js';

interface Meters {
  intake: Intake;
  quotas: QuotaGuard;
  clock: Clock;
}

/**
 * Reads inputs, and counts how long it takes from the last byte that arrived. Every way to make this process read for
 * another goes through here.
 * @param spender whose quotas pay for it; undefined for calls on this machine, which are not counted
 */
export async function readTimed(
  inputs: readonly IntakeInput[],
  spender: Spender | undefined,
  { intake, quotas, clock }: Meters,
  onReading?: OnReading,
): Promise<ReadInputs> {
  const meter = createMeter(spender, quotas, clock);
  return meter.count(intake.read(inputs.map(meter.watch), onReading));
}

/** Compares two logs in the same way. */
export async function compareTimed(
  bad: IntakeInput,
  good: IntakeInput,
  spender: Spender | undefined,
  { intake, quotas, clock }: Meters,
): Promise<ComparedLogs> {
  const meter = createMeter(spender, quotas, clock);
  return meter.count(intake.compare(meter.watch(bad), meter.watch(good)));
}

function createMeter(spender: Spender | undefined, quotas: Meters['quotas'], clock: Meters['clock']) {
  const now = () => clock.now().getTime();
  let completeAt = now();
  return {
    watch: (input: IntakeInput) =>
      watchEnd(input, () => {
        completeAt = now();
      }),
    async count<T>(reading: Promise<T>): Promise<T> {
      try {
        return await reading;
      } finally {
        if (spender) void quotas.addReadingTime(spender, now() - completeAt);
      }
    },
  };
}

/** Passes the bytes of an input on, and calls `ended` after the last of them. */
function watchEnd(input: IntakeInput, ended: () => void): IntakeInput {
  if (!('bytes' in input) || input.bytes instanceof Uint8Array) return input;
  const { name, bytes } = input;
  const watched = async function* () {
    yield* bytes;
    ended();
  };
  return { name, bytes: watched() };
}

/** Passes the bytes on and reports their number at the end, also when the reader stops early. */
export async function* countBytes(
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  report: (count: number) => void,
): AsyncGenerator<Uint8Array> {
  let count = 0;
  try {
    for await (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) {
      count += chunk.length;
      yield chunk;
    }
  } finally {
    report(count);
  }
}
