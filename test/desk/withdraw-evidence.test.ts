import { describe, expect, it } from 'vitest';
import { readAfter, world } from './support.js';

const shortList = 'SeImpersonatePrivilege = *S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6';
const wholeList = `${shortList},*S-1-5-32-568`;
const line = '2026-03-02 08:01:10 10.0.0.5 GET /logo.png - 443 FABRIKAM\\anna 10.0.3.12 Mozilla/5.0 - 500 0 1346 15';
const failing = ['the site says 500 0 1346 since the hardening', 'the pool runs as FABRIKAM\\svc-web', shortList];

describe('evidence that is taken back', () => {
  it.each([
    'sorry, that was another server',
    'oops wrong paste, please ignore it',
    'my mistake, the list is from the test box',
  ])('is left out, and the earlier is judged again: %s', async (words) => {
    const w = world();
    expect(await readAfter(w, line, wholeList)).toMatch(/against|old token/i);
    const text = await readAfter(w, words);
    expect(text).toMatch(/^Likely cause: .*impersonate/);
    expect(text).toContain('I leave the last one out.');
    expect(await readAfter(w, 'and is the group on the list?')).not.toContain('list is right');
  });

  it('is replaced by what is pasted beside the words', async () => {
    const w = world();
    await readAfter(w, ...failing.slice(0, 2), wholeList);
    const text = await readAfter(w, `sorry, wrong server. this is the right one\n${shortList}`);
    expect(text).toMatch(/lacks IIS_IUSRS|lost the right/);
    expect(text).not.toContain('2 files');
  });

  it('leaves nothing where it was all', async () => {
    const w = world();
    await readAfter(w, shortList);
    expect(await readAfter(w, 'sorry, that was another server')).toMatch(/^Then I leave that out\./);
    expect(await readAfter(w, 'is it confirmed?')).not.toMatch(/IIS_IUSRS is missing/);
  });

  it('is none where nothing was shown', async () => {
    expect(await readAfter(world(), 'sorry, that was another server')).not.toContain('leave');
  });
});
