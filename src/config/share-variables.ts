import { z } from 'zod';
import { REDACTIONS, type Redaction } from '../entra/share.ts';
import { REDACTED_PLACES, type RedactedPlace, type Redactions } from '../policy/redactions.ts';
import { setting } from './variable.ts';
import { conversation } from './variable-kinds.ts';

const isPlace = (name: string): name is RedactedPlace => REDACTED_PLACES.some((place) => place === name);

const isRedaction = (name: string): name is Redaction => REDACTIONS.some((one) => one === name);

/** "channel=address,device" as its place and what is left out there; undefined where it is no such rule. */
const ruleOf = (text: string): readonly [string, readonly Redaction[]] | undefined => {
  // The id of a conversation may hold equals signs itself.
  const at = text.lastIndexOf('=');
  const place = text.slice(0, Math.max(0, at)).trim();
  const names = text
    .slice(at + 1)
    .split(',')
    .map((name) => name.trim());
  const isKnown = isPlace(place) || (place.includes(':') && conversation.safeParse(place).success);
  if (!isKnown) return undefined;
  if (names.length === 1 && names[0] === 'nothing') return [place, []];
  return names.every(isRedaction) ? [place, names.filter(isRedaction)] : undefined;
};

const rulesIn = (text: string) =>
  text
    .split(';')
    .filter((rule) => rule.trim() !== '')
    .map(ruleOf);

const redactions = z
  .string()
  .refine(
    (text) => rulesIn(text).every((rule) => rule !== undefined),
    'must be rules such as channel=address,device;group=user,address,device',
  )
  .refine((text) => {
    const places = rulesIn(text).flatMap((rule) => (rule ? [rule[0]] : []));
    return new Set(places).size === places.length;
  }, 'must name each place once')
  .transform((text): Redactions => {
    const rules = new Map(rulesIn(text).flatMap((rule) => (rule ? [rule] : [])));
    const of = (place: RedactedPlace): readonly Redaction[] => rules.get(place) ?? [];
    return {
      conversations: new Map([...rules].filter(([place]) => !isPlace(place))),
      kinds: {
        personal: of('personal'),
        group: of('group'),
        channel: of('channel'),
        extension: of('extension'),
      },
    };
  });

/** What decides how much is shared. */
export const SHARE_VARIABLES = {
  SHARE_REDACTION: setting({
    does: 'What shares leave out, by place: rules such as channel=address;group=user,address,device, separated by semicolons. A place is channel, group, personal, extension (a message extension, whose cards go anywhere) or the id of a group chat or channel; what is left out is address, device, user, or nothing.',
    schema: redactions,
    usual: 'channel=nothing;group=nothing;extension=nothing',
    group: 'Sharing',
  }),
} as const;
