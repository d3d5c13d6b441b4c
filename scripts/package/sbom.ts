import { readFileSync, writeFileSync } from 'node:fs';
import type { BundledPackage } from './notices.js';
import { runNpm } from './run-npm.js';

interface Component {
  'bom-ref': string;
  type: string;
  name: string;
  version: string;
  purl: string;
  hashes?: { alg: string; content: string }[];
  licenses?: { license: { id: string } }[];
}

interface Sbom {
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
  metadata: { component: { 'bom-ref': string } };
}

/** Writes the bill of materials (CycloneDX): what npm lists of the lockfile, cut to the packages that are in the bundle. */
export function writeSbom(root: string, file: string, bundled: readonly BundledPackage[]): void {
  const all = JSON.parse(runNpm(['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx'], root)) as Sbom;
  const inside = new Set(bundled.map(({ name, version }) => `${name}@${version}`));
  const components = all.components.filter(({ name, version }) => inside.has(`${name}@${version}`));
  if (components.length !== inside.size) throw new Error('the lockfile does not list every package of the bundle');
  const refs = new Set([all.metadata.component['bom-ref'], ...components.map((component) => component['bom-ref'])]);
  const dependencies = all.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => refs.has(other)) }));
  writeFileSync(file, `${JSON.stringify({ ...all, components, dependencies }, null, 2)}\n`);
}

/** Adds a program that is beside the bundle. */
export function addComponent(file: string, component: Component): void {
  const sbom = JSON.parse(readFileSync(file, 'utf8')) as Sbom;
  sbom.components.push(component);
  writeFileSync(file, `${JSON.stringify(sbom, null, 2)}\n`);
}
