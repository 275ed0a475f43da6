import { PAYROLL, RESOURCES } from '../apps.ts';
import { TROUBLE } from '../places.ts';
import { type Row, signIn } from '../row.ts';
import { HOUR, MINUTE, SECOND, type Stage, type Story } from './story.ts';

/** A program's secret stood in a public repository; somebody found it. */
export const leakedSecret: Story = {
  name: 'leaked secret',
  what: 'Contoso Payroll Sync suddenly signs in from 198.51.100.20 and reaches for the key vault.',
  tell: (stage) => Array.from({ length: 24 }, (_, use) => attempt(stage, use)),
};

const attempt = ({ now, random }: Stage, use: number): Row =>
  signIn(
    {
      at: now - (now % SECOND) - 14 * HOUR + use * 7 * MINUTE,
      who: PAYROLL,
      resource: use % 3 === 0 ? RESOURCES.vault : RESOURCES.graph,
      from: TROUBLE.leak,
      event: 'servicePrincipal',
      // An older secret is tried first.
      code: use < 4 ? 7000215 : 0,
      also: {
        userAgent: 'python-requests/2.32.3',
        clientCredentialType: 'clientSecret',
        servicePrincipalCredentialKeyId: '6f0e2b9d-41c7-4d85-9b3a-e8a5d10c7f62',
      },
    },
    random,
  );
