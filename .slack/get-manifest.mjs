// The Slack CLI asks for the manifest and reads one line of JSON (docs.slack.dev/tools/slack-cli/reference/hooks).
import { readFileSync } from 'node:fs';

console.log(JSON.stringify(JSON.parse(readFileSync(new URL('../manifest.json', import.meta.url), 'utf8'))));
