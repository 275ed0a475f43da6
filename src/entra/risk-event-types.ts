/**
 * What each kind of detection means, one sentence each. Source of the names: microsoft.graph.riskEventType and the
 * values that Entra ID Protection writes into `riskEventTypes_v2` and `riskEventType`; the sentences are ours.
 */
export const RISK_EVENT_MEANINGS = {
  unlikelyTravel:
    'Two sign-ins from places far apart, of which at least one is unusual for the person (atypical travel).',
  anonymizedIPAddress:
    'The sign-in came through an address that hides its user, such as Tor or an anonymous VPN.',
  maliciousIPAddress:
    'The address is known for attacks: most sign-ins from it fail, or other intelligence names it.',
  unfamiliarFeatures:
    'Address, place, device, browser or network were unlike anything this person has signed in with before.',
  malwareInfectedIPAddress:
    'The address was seen talking to a botnet; several people may share it, so it accuses no device.',
  suspiciousIPAddress: 'The address behaved like one that attackers use.',
  leakedCredentials:
    'User name and valid password of this person turned up in stolen data; often not tied to one sign-in.',
  investigationsThreatIntelligence:
    'Something about the person matches an attack pattern that Microsoft knows from its threat intelligence.',
  investigationsThreatIntelligenceSigninLinked:
    'This very sign-in matches an attack pattern that Microsoft knows from its threat intelligence.',
  generic: 'A detection whose kind is kept back because the tenant lacks Microsoft Entra ID P2.',
  adminConfirmedUserCompromised: 'An administrator declared the user compromised.',
  mcasImpossibleTravel:
    'Defender for Cloud Apps saw activity in two places closer in time than anyone can travel between them.',
  impossibleTravel: 'Activity in two places closer in time than anyone can travel between them.',
  mcasSuspiciousInboxManipulationRules:
    'Defender for Cloud Apps saw mailbox rules that delete or hide messages, as intruders set them.',
  suspiciousInboxManipulationRules:
    'Mailbox rules appeared that delete or hide messages, as intruders set them.',
  suspiciousInboxForwarding:
    'A mailbox rule sends copies of messages to an outside address, as intruders set it.',
  maliciousIPAddressValidCredentialsBlockedIP:
    'The password was right, but the sign-in was stopped because its address is known for attacks.',
  passwordSpray: 'The account was among many that were tried with a few common passwords.',
  anomalousToken:
    'A token has an unusual age or was used from an unusual place, as when it was stolen and played back.',
  tokenIssuerAnomaly:
    'The SAML token carries unusual claims; its issuer may be compromised and forge tokens.',
  anomalousUserActivity: 'The account made changes in the directory that are unusual for it.',
  attackerinTheMiddle:
    'The sign-in ran through a phishing proxy that captures the password and the session (attacker in the middle).',
  attemptedPrtAccess:
    'Something on the device tried to read its primary refresh token, the key to everything the person may use.',
  newCountry: 'Activity from a country in which neither the person nor the organisation was active before.',
  riskyIPAddress: 'Activity from an anonymous proxy address, as seen by Defender for Cloud Apps.',
  suspiciousBrowser: 'The same browser signed in to accounts of several tenants in different countries.',
  suspiciousAPITraffic: 'The account read far more of the directory through Microsoft Graph than is usual.',
  suspiciousSendingPatterns:
    'The account sent mail like a spammer or phisher; it may have been restricted from sending.',
  mcasFinSuspiciousFileAccess:
    'The account opened many files that hold sensitive information, unlike its usual work.',
  nationStateIP: 'The address belongs to a group of attackers that acts for a state.',
  verifiedThreatActorIP:
    'The address is in verified use by a known attacker: a state-backed or a criminal group.',
  userReportedSuspiciousActivity:
    'The person declined an MFA prompt and reported it: somebody else most likely has the password.',
  suspiciousAuthAppApproval: 'An approval in the authenticator app does not look as if the person gave it.',
  suspiciousSignins: 'An application signed in with properties that are unusual for it.',
  anomalousServicePrincipalActivity: 'An application made changes in the directory that are unusual for it.',
  maliciousApplication: 'Microsoft has disabled the application for breaking the terms of service.',
  suspiciousApplication: 'The application may break the terms of service; Microsoft has not disabled it.',
  adminConfirmedServicePrincipalCompromised: 'An administrator declared the application compromised.',
  unknownFutureValue: 'A kind of detection newer than the interface; Entra ID did not spell it out.',
} as const satisfies Readonly<Record<string, string>>;

export type RiskEventType = keyof typeof RISK_EVENT_MEANINGS;
