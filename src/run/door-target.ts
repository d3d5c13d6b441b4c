import { errorEntry } from '../answer/errors.js';
import type { Desk } from '../desk/desk.js';
import { CatalogueError, operatorAdvice } from '../desk/ports/errors.js';
import type { DoorName } from '../desk/ports/message.js';
import type { AnnouncedPost } from '../desk/ports/store.js';
import { doorTable } from '../doors.js';
import { OperatorError } from '../service/operator-error.js';
import { listCauses, PostError, type PostReference, type PostTarget, type WatchPost } from '../watch/ports.js';

/** The longest pause that a platform's "too many requests" is believed, milliseconds. */
const longestPauseMs = 600_000;

/** A target behind a door, which edits its posts. */
export interface DoorTarget extends PostTarget {
  /** Returns the tenant that reads the posts; undefined while the platform cannot be asked. */
  tenant(): Promise<string | undefined>;
}

/**
 * Returns the target behind a door, such as `slack:#iis-prod`; undefined when the text names no door.
 * @param now our clock, in milliseconds
 * @throws OperatorError when that door is closed or has no such place
 */
export function openDoorTarget(
  to: string,
  desk: Pick<Desk, 'announce' | 'findPlace'> | undefined,
  now: () => number,
): DoorTarget | undefined {
  const colon = to.indexOf(':');
  const [door, name] = [to.slice(0, colon), to.slice(colon + 1)];
  const example = doorTable.find((entry) => entry.name === door)?.placeExample;
  if (colon < 0 || example === undefined) return undefined;
  if (!desk)
    throw new OperatorError(
      `posts through ${door} are made by frebot serve, with FREBOT_WATCH and FREBOT_WATCH_TO; frebot watch takes the address of an incoming webhook`,
    );
  const find = desk.findPlace(door, name);
  if (!find) throw new OperatorError(`FREBOT_WATCH_TO: ${door} is closed, or the place is not one of: ${example}`);
  return new ChatTarget(door as DoorName, name, find, desk, now);
}

class ChatTarget implements DoorTarget {
  readonly name: string;
  readonly counts = 'edits';
  readonly #door: DoorName;
  readonly #find: NonNullable<ReturnType<Desk['findPlace']>>;
  readonly #desk: Pick<Desk, 'announce'>;
  readonly #now: () => number;
  #tenant: string | undefined;
  #busyUntil = 0;

  constructor(
    door: DoorName,
    place: string,
    find: NonNullable<ReturnType<Desk['findPlace']>>,
    desk: Pick<Desk, 'announce'>,
    now: () => number,
  ) {
    this.name = `${door} ${place}`;
    this.#door = door;
    this.#find = find;
    this.#desk = desk;
    this.#now = now;
  }

  async tenant(): Promise<string | undefined> {
    this.#tenant ??= await this.#find().then(
      (place) => place?.tenant,
      () => undefined,
    );
    return this.#tenant;
  }

  async send(post: WatchPost, earlier?: PostReference, mayBeThere = false): Promise<PostReference> {
    const { id, of, at, answer } = post;
    const wait = this.#busyUntil - this.#now();
    // A clock that jumps back does not make the pause longer.
    if (wait > 0 && wait <= longestPauseMs) throw new PostError(`${this.name} asked me to wait.`);
    try {
      const found = await this.#find();
      if (!found) throw new PostError(`${this.name}: Frebot is not installed there.`);
      const news = {
        answer,
        key: `watch:${of ?? id}`,
        causes: listCauses(post),
        ...(mayBeThere && { triedSince: new Date(at) }),
      };
      return await this.#desk.announce({ ...found, door: this.#door }, news, earlier as AnnouncedPost | undefined);
    } catch (error) {
      throw this.#toPostError(error, earlier !== undefined);
    }
  }

  #toPostError(error: unknown, isEdit: boolean): Error {
    if (error instanceof PostError) return error;
    if (!(error instanceof CatalogueError))
      return new PostError(
        `${this.name}: ${(error as NodeJS.ErrnoException).code ?? (error as Error).name}.`,
        false,
        true,
      );
    const { code, facts } = error;
    const { throttled, final, lasting } = errorEntry(code);
    const isRefused = throttled === true || final === true;
    if (throttled) this.#busyUntil = this.#now() + Math.min(Number(facts.seconds ?? 30) * 1000, longestPauseMs);
    return new PostError(
      `${this.name}: ${operatorAdvice(code, facts)}`,
      lasting === true || (isEdit && lasting === 'edit'),
      !isRefused,
    );
  }
}
