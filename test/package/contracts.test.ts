import { expect, it } from 'vitest';
import type { FrebotDiagnosis, FrebotPreflight, FrebotReply } from '../../scripts/package/contracts.js';
import type { AnswerJson, DiagnosisJson, PreflightJson } from '../../src/desk/json.js';

// The compiler compares the types that the package ships with those that the program prints.
type Fits<Printed extends Shipped, Shipped> = Printed;

it('the shipped types fit what is printed', () => {
  const schemas: [
    Fits<DiagnosisJson, FrebotDiagnosis>['schema'],
    Fits<AnswerJson, FrebotReply>['schema'],
    Fits<PreflightJson, FrebotPreflight>['schema'],
  ] = ['frebot.diagnosis/1', 'frebot.answer/1', 'frebot.preflight/1'];
  expect(schemas).toHaveLength(3);
});
