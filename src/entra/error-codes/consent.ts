import type { ErrorCode } from './error-code.ts';

/** What applications may do, and who has to agree. Consent phishing shows here first. */
export const CONSENT: readonly ErrorCode[] = [
  {
    code: 52004,
    name: 'DelegationDoesNotExistForLinkedIn',
    kind: 'interrupt',
    meaning: 'The user has not agreed to the connection with LinkedIn.',
    next: 'Nothing; the user is asked.',
  },
  {
    code: 65001,
    name: 'DelegationDoesNotExist',
    kind: 'interrupt',
    meaning: 'Neither the user nor an administrator has consented to the app.',
    next: 'Normal for a new app. If nobody knows it, look at its publisher and what it asks for: it may be consent phishing.',
  },
  {
    code: 65002,
    meaning: 'One Microsoft app is not preauthorised for the other.',
    next: 'Nothing that the tenant can set. Unusual Microsoft app ids with odd resources point to a token-stealing tool.',
  },
  {
    code: 65004,
    name: 'UserDeclinedConsent',
    meaning: 'Asked to grant the app its permissions, the user said no.',
    next: 'If the user was wary of the app, find out who else was asked, and block it if it is not wanted.',
  },
  {
    code: 90008,
    name: 'TokenForItselfRequiresGraphPermission',
    meaning: 'The app may not even sign people in: the basic permission or a consent is missing.',
    next: 'The owner of the app adds the permission; an administrator consents.',
  },
  {
    code: 90093,
    name: 'GraphUserUnauthorized',
    meaning: 'The directory refused the request as forbidden.',
    next: 'See whether the user tried to consent or to register something that only administrators may.',
  },
  {
    code: 90094,
    name: 'AdminConsentRequired',
    meaning: 'The app asks for permissions that only an administrator may grant.',
    next: 'Look at the publisher and the permissions before anybody agrees; consent phishing asks for mail and files.',
  },
  {
    code: 90095,
    name: 'AdminConsentRequiredRequestAccess',
    meaning: 'The app needs an administrator’s consent, and the user may ask for it.',
    next: 'Look into the queue of consent requests; judge the publisher and the permissions.',
  },
  {
    code: 90099,
    meaning: 'The partner’s application is not authorised in this tenant.',
    next: 'If the partner should have access, an administrator authorises their application first.',
  },
  {
    code: 650052,
    meaning: 'A service that the app builds on is not subscribed to or not enabled here.',
    next: 'An administrator enables the service, if the app is wanted.',
  },
  {
    code: 650054,
    meaning: 'The app wants to reach something that is gone or not offered any more.',
    next: 'A configuration error; tell the owner of the app.',
  },
  {
    code: 650056,
    meaning: 'The app is set up wrongly: permissions, consent, identifier or certificate.',
    next: 'The owner of the app checks its registration; an administrator may have to consent.',
  },
  {
    code: 650057,
    meaning: 'The app asks for a resource that its registration does not list.',
    next: 'A configuration error; tell the owner of the app.',
  },
];
