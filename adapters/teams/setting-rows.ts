import * as z from 'zod';
import { restrictableCommands } from '../../src/desk/conversation/commands.js';
import { adminCommandsRow, type SettingRows, splitList } from '../../src/service/settings.js';

const text = z.string();

const guid = z.guid();

const yesNo = z.enum(['true', 'false']);

const guids = text.transform(splitList).pipe(z.array(guid).min(1));

/** Variables of the Teams door. */
export const teamsSettingRows = {
  TEAMS_APP_ID: {
    schema: guid,
    wrong: 'is not an application id',
    example: '00000000-0000-0000-0000-000000000000 (Microsoft Entra, Overview)',
    opensDoor: true,
  },
  TEAMS_APP_PASSWORD: {
    schema: text.min(8),
    wrong: 'is not a client secret',
    example: "the secret's value, not its id (Certificates & secrets)",
  },
  TEAMS_TENANT_ID: {
    schema: guid,
    wrong: 'is not a tenant id',
    example: '00000000-0000-0000-0000-000000000000 (Microsoft Entra, Overview)',
  },
  TEAMS_CERTIFICATE_FILE: {
    schema: text.min(1),
    wrong: 'is not a path',
    example: '/etc/frebot/teams.pem (certificate and private key)',
  },
  TEAMS_MANAGED_IDENTITY: { schema: yesNo, wrong: 'is neither true nor false', example: 'true', default: 'false' },
  TEAMS_CLOUD: {
    schema: z.enum(['public', 'us-government', 'us-dod', 'china']),
    wrong: 'is not public, us-government, us-dod or china',
    example: 'us-government',
    default: 'public',
  },
  TEAMS_ALLOWED_TENANTS: {
    schema: guids,
    wrong: 'is not a list of tenant ids',
    example: '00000000-0000-0000-0000-000000000000, 11111111-1111-1111-1111-111111111111',
  },
  TEAMS_ADMINS: {
    schema: guids,
    wrong: 'is not a list of object ids of people in Entra ID',
    example: '00000000-0000-0000-0000-000000000000',
  },
  TEAMS_ADMIN_COMMANDS: adminCommandsRow(restrictableCommands),
  TEAMS_GRAPH: { schema: yesNo, wrong: 'is neither true nor false', example: 'false', default: 'true' },
  TEAMS_DEV_WITHOUT_AUTH: { schema: yesNo, wrong: 'is neither true nor false', example: 'true', default: 'false' },
} satisfies SettingRows;
