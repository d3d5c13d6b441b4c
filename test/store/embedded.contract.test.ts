import { afterAll, describe } from 'vitest';
import { contract } from './contract.js';
import { engineContract } from './engine-contract.js';
import { embeddedKeeper } from './engines.js';

const { keeper, close } = await embeddedKeeper();
afterAll(close);

describe('on the embedded engine', () => {
  contract(keeper);
  engineContract(keeper);
});
