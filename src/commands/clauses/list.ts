import { address, ip, network } from './address.ts';
import { app, resource, toApp } from './app.ts';
import type { Clause } from './clause.ts';
import { clientApp, protocol } from './client-app.ts';
import { code } from './codes.ts';
import { conditionalAccess, conditionalAccessBefore, factor } from './conditional-access.ts';
import { browser, browserNamed, system, systemNamed } from './device.ts';
import { blocked, everydayError } from './everyday-errors.ts';
import { userType } from './guests.ts';
import { correlation, originalRequest } from './ids.ts';
import { listing } from './listing.ts';
import { mine } from './mine.ts';
import { except } from './not.ts';
import { city, country, countryNamed, outside, state } from './place.ts';
import { riskDetail, riskDetailAlone } from './risk-detail.ts';
import { riskEvent, riskEventNamed } from './risk-event.ts';
import { riskBefore, riskLevel } from './risk-level.ts';
import { riskState, riskStateNamed } from './risk-state.ts';
import { top } from './top.ts';
import { displayName, forUser, userId, users } from './user.ts';
import { userAgent } from './user-agent.ts';
import { when } from './when.ts';

/**
 * Every clause of a question. Where several begin with the same word, they are asked in this order: a time
 * comes first ("from Monday"), then what has a shape of its own ("from 203.0.113.7"), and a plain name last.
 */
export const CLAUSES: readonly Clause[] = [
  when,
  top,
  listing,
  mine,
  forUser,
  users,
  displayName,
  userId,
  userType,
  code,
  everydayError,
  blocked,
  address,
  ip,
  network,
  country,
  countryNamed,
  outside,
  city,
  state,
  app,
  toApp,
  resource,
  clientApp,
  protocol,
  browser,
  browserNamed,
  system,
  systemNamed,
  userAgent,
  conditionalAccess,
  conditionalAccessBefore,
  factor,
  riskBefore,
  riskLevel,
  riskState,
  riskStateNamed,
  riskDetail,
  riskDetailAlone,
  riskEvent,
  riskEventNamed,
  correlation,
  originalRequest,
  except,
];
