import type { ErrorCode } from './error-code.ts';

/** What a policy decided. The details of the sign-in name the policies and their results. */
export const CONDITIONAL_ACCESS: readonly ErrorCode[] = [
  {
    code: 50005,
    name: 'DevicePolicyError',
    meaning: 'Conditional Access does not support the platform of the device.',
    next: 'Compare the operating system of the entry with what the user has. A faked user agent looks like this too.',
  },
  {
    code: 50131,
    name: 'ConditionalAccessFailed',
    meaning: 'Blocked: state of the device, suspicious activity, or an access or security policy.',
    next: 'See the Conditional Access results and the risk of this sign-in; they tell which of these it was.',
    causes: [
      {
        says: /suspicious/i,
        meaning: 'Blocked because the request looked suspicious.',
        next: 'Treat it as an attack until the user confirms it. Look at the address, the risk and what came after it.',
      },
      {
        says: /device state|device is not/i,
        meaning: 'Blocked because the device is not in the state that a policy demands.',
        next: 'See which device it was. A user on an unmanaged device of their own is common; an unknown one means that the password is known.',
      },
      {
        says: /policy/i,
        meaning: 'Blocked by an access or security policy.',
        next: 'The Conditional Access results of this sign-in name the policy. Ask its owner whether the block is meant.',
      },
    ],
  },
  {
    code: 53003,
    name: 'BlockedByConditionalAccess',
    meaning: 'A Conditional Access policy blocked the sign-in.',
    next: 'The details name the policy. Password or token were right: from a strange place change the one and revoke the other; from a usual one ask whether the policy goes too far.',
  },
  {
    code: 53005,
    meaning: 'The app must enforce Intune protection policies, and it does not.',
    next: 'The user switches to an app that supports Intune app protection, or updates this one.',
  },
  {
    code: 53006,
    meaning: 'The sign-in must run through the federated identity provider.',
    next: 'The user starts over in a browser. If it never works, check the federation.',
  },
  {
    code: 53007,
    meaning: 'MFA must be done at the federated identity provider.',
    next: 'Normal when a success follows; else check that the federation server answers.',
  },
  {
    code: 53008,
    meaning: 'The browser is not one that Conditional Access supports.',
    next: 'The user switches to a supported browser. An odd or old user agent deserves a look.',
  },
  {
    code: 53009,
    meaning: 'The app must enforce Intune protection policies, and it does not.',
    next: 'The user switches to an app that supports Intune app protection, or an administrator assigns a protection policy.',
  },
  {
    code: 53011,
    meaning: 'The guest is at risk in their home tenant, and is not let in here for that reason.',
    next: 'This is a guest: the home organisation must look into it and settle the risk. Check what the guest could reach here.',
  },
  {
    code: 54000,
    name: 'MinorUserBlockedLegalAgeGroupRule',
    meaning: 'Blocked by the age rule of the application.',
    next: 'Nothing for security; check the age group of the user if it is wrong.',
  },
  {
    code: 530001,
    meaning: 'The browser cannot show the state of the device, and a policy needs it.',
    next: 'The user signs in with a supported browser on the managed device. From an unknown device, the password is known to somebody else.',
  },
  {
    code: 530031,
    meaning: 'An access policy does not allow a token: a classic policy or one of ID Protection.',
    next: 'See the policy and the risk of this sign-in. If risk was the reason, treat it as an attack until the user confirms it.',
  },
  {
    code: 530032,
    name: 'BlockedByConditionalAccessOnSecurityPolicy',
    meaning: 'Blocked by a security policy of the tenant, or because of risk in the home tenant.',
    next: 'See whether the user is a guest: then their home organisation must settle the risk. Else look at the policies and the risk here.',
    causes: [
      {
        says: /risk/i,
        meaning: 'Blocked because the user is at risk in their home tenant.',
        next: 'For a guest, the home organisation must settle the risk. For a user of your own tenant, look at the risk detections here.',
      },
      {
        says: /security polic/i,
        meaning: 'Blocked by a security policy of the tenant.',
        next: 'Find the policy in the Conditional Access results, and ask its owner whether the block is meant.',
      },
    ],
  },
  {
    code: 530033,
    meaning: 'Device-code sign-in blocked: a policy needs the state of a device that cannot be seen.',
    next: 'Ask who started it. Device-code phishing ends exactly here: if the user did not, treat it as an attack.',
  },
  {
    code: 530034,
    name: 'DelegatedAdminBlockedDueToSuspiciousActivity',
    meaning:
      'A partner’s administrator was kept out because the partner’s own tenant considers them at risk.',
    next: 'Call the partner: their administrator account may be compromised. Look at what the partner did here lately.',
  },
  {
    code: 530035,
    name: 'BlockedBySecurityDefaults',
    meaning: 'Security defaults stopped it: an old protocol, or a request that looked unsafe.',
    next: 'See the client app. Old protocols (IMAP, POP, SMTP) are the favourite target of password sprays.',
  },
];
