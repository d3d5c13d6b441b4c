import { appPoolSid, sidOfName } from '../../evidence/sids.js';
import type { JudgedReading } from '../judged-reading.js';
import { holdsThrough, isEffectiveList } from './holders.js';
import type { PoolOfFile } from './pool-settings.js';
import type { Contradiction, Remarks } from './remarks.js';
import type { Symptom } from './symptom.js';
import { isWorkerToken, lacksRightInToken } from './tokens.js';

/** Reads the lists of holders: what is said about them, and which of them speak against the finding. */
export function checkLists(files: readonly JudgedReading[], symptom: Symptom, remarks: Remarks): Contradiction[] {
  return files.flatMap((file) => {
    const { facts } = file;
    if (facts.reading.origin === 'template' && facts.has('right.defined')) {
      if (!facts.has('right.set-by-script')) remarks.add('template-only', file);
      return [];
    }
    return isEffectiveList(file) ? checkEffectiveList(file, files, symptom, remarks) : [];
  });
}

function checkEffectiveList(
  list: JudgedReading,
  files: readonly JudgedReading[],
  { server, pool, judged, processIds }: Symptom,
  remarks: Remarks,
): Contradiction[] {
  const { facts } = list;
  const against: Contradiction[] = [];
  if (facts.reading.kind === 'rights-export' && !facts.has('computer.name') && server) {
    remarks.add('export-without-name', list);
  }
  if (facts.flag('right.nobody')) remarks.add('no-holders', list);
  if (facts.flag('right.holds-iis-iusrs')) {
    // With a token at hand that lacks the right, the list has been corrected since the process started.
    const remark = files.some(lacksRightInToken) ? 'old-token' : 'list-in-order';
    against.push(remarks.contradict(remark, list, 'right.holders'));
    if (judged.length > 1 && processIds.size === 1) {
      remarks.add('same-process', list, { other: [...processIds].join() });
    }
  }
  const poolSid = pool && appPoolSid(pool);
  const holders = facts.list('right.holders') ?? [];
  if (poolSid && holders.some((holder) => sidOfName(holder) === poolSid)) {
    against.push(remarks.contradict('own-pool-sid', list, 'right.holders'));
  }
  return against;
}

/** Reads the tokens: that of a console proves nothing, that of a worker process with the right speaks against the finding. */
export function checkTokens(files: readonly JudgedReading[], remarks: Remarks): Contradiction[] {
  return files.flatMap((file) => {
    const { facts } = file;
    if (facts.reading.kind !== 'token-listing') return [];
    if (facts.text('token.whose') === 'interactive') remarks.add('interactive-token', file);
    const holdsRight = isWorkerToken(file) && facts.flag('token.has-right');
    return holdsRight ? [remarks.contradict('token-has-right', file, 'token.has-right')] : [];
  });
}

/** A missing IIS_IUSRS does not explain the failure of a pool whose identity has the right in another way. */
export function checkPool(
  { file, settings }: PoolOfFile,
  files: readonly JudgedReading[],
  remarks: Remarks,
): Contradiction[] {
  const { identity, account, manual, logonType, at } = settings;
  if (manual) remarks.add('manual-group-membership', file);
  if (identity === undefined) return [];
  // A named account logs on as a batch job by default: then IIS_IUSRS is its only way to the right.
  if (identity === 'SpecificUser' && logonType !== 'LogonService') {
    if (!manual) remarks.add('identity-fits', file, { account: account ?? 'a named account' });
    return [];
  }
  const holders = files.find(isEffectiveList)?.facts.list('right.holders');
  if (holders && !holdsThrough(identity, holders)) return [];
  return [remarks.contradict('identity-keeps-right', file, 'pool.identity', { at, identity })];
}
