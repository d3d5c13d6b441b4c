export { FrebLog } from './log.js';
export * from './scenarios/aspnet.js';
export * from './scenarios/basic.js';
export * from './scenarios/impersonation.js';
export type { Damage } from './write.js';
