import type { z } from 'zod';
import type { Cloud } from '../entra/clouds.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { Envelope, Spoken, Update } from './activity.ts';
import { type Inbound, type Ours, readSpoken, readUpdate } from './inbound.ts';
import { isServiceUrl } from './service-url.ts';
import type { VerifiedToken } from './token.ts';

/** Whose bot this is, and in which cloud. */
export interface GateRules extends Ours {
  readonly cloud: Cloud;
}

/** A request that goes no further: the status that its sender sees, and the reason that only the log sees. */
export interface Refusal {
  readonly status: number;
  readonly reason: string;
}

/** An activity that passed: what it means, and the few fields of it that the adapter may see. */
export interface Admitted {
  readonly inbound: Inbound;
  readonly activity: Spoken | Update | Envelope;
}

type Admission = Result<Admitted, Refusal>;

const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

const refuse = (status: number, reason: string): Admission => fail({ status, reason });

const checkEnvelope = (envelope: Envelope, token: VerifiedToken, rules: GateRules): Refusal | undefined => {
  const { channelId, serviceUrl, conversation, channelData } = envelope;
  if (channelId !== 'msteams') return { status: 400, reason: 'channel' };
  if (!isServiceUrl(rules.cloud, serviceUrl)) return { status: 401, reason: 'service-url' };
  if (serviceUrl !== token.serviceUrl) return { status: 401, reason: 'service-url-claim' };
  const tenants = [conversation?.tenantId, channelData?.tenant?.id].filter((id) => id !== undefined);
  if (tenants.length === 0) return { status: 400, reason: 'no-tenant' };
  // A shared channel holds people of other tenants; a registration for one tenant does not keep them out.
  const isOurs = tenants.every((id) => id.toLowerCase() === rules.tenantId);
  return isOurs ? undefined : { status: 403, reason: 'tenant' };
};

const parse = <Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> | undefined =>
  schema.safeParse(body).data;

const admitSpoken = (body: unknown, rules: GateRules): Admission => {
  const activity = parse(Spoken, body);
  if (!activity) return refuse(400, 'activity');
  const personId = activity.from.aadObjectId?.toLowerCase();
  if (personId === undefined || !GUID.test(personId)) return refuse(403, 'no-person');
  if (activity.from.role?.toLowerCase() === 'bot') return refuse(403, 'bot');
  return ok({ activity, inbound: readSpoken(activity, personId, rules) });
};

const admitUpdate = (body: unknown, rules: GateRules): Admission => {
  const activity = parse(Update, body);
  return activity ? ok({ activity, inbound: readUpdate(activity, rules) }) : refuse(400, 'activity');
};

/**
 * Decides whether a parsed body may go in, under a verified token: the right channel, our tenant, an address of
 * Teams, and for whoever acts an object id. The values checked here are the ones that are used; the body is not
 * parsed again.
 */
export const admit = (body: unknown, token: VerifiedToken, rules: GateRules): Admission => {
  const envelope = parse(Envelope, body);
  if (!envelope) return refuse(400, 'activity');
  const refusal = checkEnvelope(envelope, token, rules);
  if (refusal) return fail(refusal);
  switch (envelope.type) {
    case 'message':
    case 'invoke':
      return admitSpoken(body, rules);
    case 'installationUpdate':
    case 'conversationUpdate':
      return admitUpdate(body, rules);
    default:
      // An edited message is not a new command; reactions and everything else mean nothing.
      return ok({ activity: envelope, inbound: { kind: 'nothing' } });
  }
};
