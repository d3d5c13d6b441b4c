import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { builtProgram } from '../built-program.js';

it('ends quietly when the reader of its output closes the pipe', async () => {
  const child = spawn(process.execPath, [builtProgram, 'ask', '-'], { stdio: 'pipe' });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  child.stdin.on('error', () => {});
  child.stdin.end('what is 500.19\n'.repeat(40));
  await once(child.stdout, 'data');
  child.stdout.destroy();
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(errors).toBe('');
});
