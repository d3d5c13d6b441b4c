import * as z from 'zod';
import { OperatorError } from './operator-error.js';

/** A mistake in the environment: one sentence that names the variable, what is wrong and an example. */
export class ConfigError extends OperatorError {
  override readonly name = 'ConfigError';
}

export type Environment = Record<string, string | undefined>;

/** One environment variable: how its value is checked, and what the operator reads when it is wrong. */
export interface SettingRow {
  /** Turns the text of the variable into its value. */
  schema: z.ZodType<unknown, string>;
  /** Completes the sentence that begins with the variable's name: "is not a port". */
  wrong: string;
  example: string;
  /** The text that counts when the variable is not set. docs/settings.md shows the same. */
  default?: string;
  /** The door is closed until this variable is set; the start-up text and `doctor` name it. */
  opensDoor?: true;
}

/**
 * Rows by the name of their variable. Each door declares its own in `adapters/<door>/settings.ts`, beside a function
 * `read<Door>Settings(env, host)` that returns the door's settings, or undefined when the door stays closed, and throws
 * OperatorError when they cannot work. The table of docs/settings.md is checked against the rows of all doors.
 */
export type SettingRows = Record<string, SettingRow>;

/** Settings of the process that a door may depend on. */
export interface HostSettings {
  /** Only this machine can reach the listener. */
  loopback: boolean;
  /** The https address at which Frebot is reached from outside, without a slash at the end. */
  publicUrl?: string | undefined;
}

type SettingValue<R extends SettingRow> = R extends { default: string }
  ? z.output<R['schema']>
  : z.output<R['schema']> | undefined;

/**
 * Returns a function that reads one variable of `rows` from `env`: its checked value, the default when it is empty or
 * not set, or undefined when there is no default. The function throws ConfigError when the text is wrong.
 */
export function createSettingReader<R extends SettingRows>(rows: R, env: Environment) {
  return <N extends keyof R & string>(name: N): SettingValue<R[N]> => {
    const row = rows[name] as R[N];
    const raw = env[name]?.trim() || row.default;
    if (raw === undefined) return undefined as SettingValue<R[N]>;
    const parsed = row.schema.safeParse(raw);
    // The value is not repeated: it may be a secret pasted into the wrong variable.
    if (!parsed.success) throw new ConfigError(`${name} ${row.wrong}; for example: ${row.example}`);
    return parsed.data as SettingValue<R[N]>;
  };
}

/**
 * Returns the row of a setting that names the commands for administrators only.
 * @param commands the commands that can be restricted
 */
export function adminCommandsRow(commands: readonly string[]) {
  return {
    schema: z
      .string()
      .transform(splitList)
      .pipe(z.array(z.enum(commands)).min(1)),
    wrong: `may only name ${commands.join(', ')} (help is for everyone)`,
    example: 'forget,mute',
  } satisfies SettingRow;
}

/** Returns the list in a setting of several values, which commas or blanks separate. */
export function splitList(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}
