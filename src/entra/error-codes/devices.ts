import type { ErrorCode } from './error-code.ts';

/** Devices, brokers and Windows Hello keys. */
export const DEVICES: readonly ErrorCode[] = [
  {
    code: 50097,
    name: 'DeviceAuthenticationRequired',
    kind: 'interrupt',
    meaning: 'The device is asked to prove itself.',
    next: 'A normal step; look at the entry that follows it.',
  },
  {
    code: 50099,
    name: 'PKeyAuthInvalidJwtUnauthorized',
    meaning: 'The proof that the device signed is not valid.',
    next: 'Usually a clock or a broken registration: join the device again. A copied device certificate would fail like this too.',
  },
  {
    code: 50127,
    name: 'BrokerAppNotInstalled',
    kind: 'interrupt',
    meaning: 'The user is asked to install the broker app and to register the device.',
    next: 'Normal on a new phone. If the user has no new phone, somebody has the password.',
  },
  {
    code: 50129,
    name: 'DeviceIsNotWorkplaceJoined',
    kind: 'interrupt',
    meaning: 'The user is asked to register the device first.',
    next: 'Normal on a new device. If the user has none, somebody has the password.',
  },
  {
    code: 50155,
    name: 'DeviceAuthenticationFailed',
    meaning: 'The device could not prove itself.',
    next: 'Check that the device still exists and is enabled in Entra ID; join it again if its registration is broken.',
  },
  {
    code: 50187,
    name: 'DeviceInformationNotProvided',
    meaning: 'The device could not be checked: it said nothing about itself.',
    next: 'See browser and client: many do not pass the device on. Often solved by a supported browser.',
  },
  {
    code: 53000,
    name: 'DeviceNotCompliant',
    meaning: 'A policy demands a compliant device, and this one is not.',
    next: 'If it is the user’s device, send them to device management. If it is unknown, the password is known to somebody else: have it changed.',
  },
  {
    code: 53001,
    name: 'DeviceNotDomainJoined',
    meaning: 'A policy demands a domain-joined device, and this one is not.',
    next: 'Ask the user about the device. If it is not theirs, the password is known to somebody else: have it changed.',
  },
  {
    code: 53002,
    name: 'ApplicationUsedIsNotAnApprovedApp',
    meaning: 'A policy demands an approved app, and this one is not.',
    next: 'The user switches to an approved app, such as Outlook instead of the phone’s own mail app.',
  },
  {
    code: 130004,
    name: 'NgcKeyNotFound',
    meaning: 'Windows Hello is not set up for this user.',
    next: 'The user sets up Windows Hello again on this device.',
  },
  {
    code: 130005,
    name: 'NgcInvalidSignature',
    meaning: 'The signature of the Windows Hello key is wrong.',
    next: 'The user sets up Windows Hello again. If it repeats on a healthy device, look closer.',
  },
  {
    code: 130006,
    name: 'NgcTransportKeyNotFound',
    meaning: 'The device has no transport key for Windows Hello.',
    next: 'Join the device to Entra ID again.',
  },
  {
    code: 130007,
    name: 'NgcDeviceIsDisabled',
    meaning: 'The device of the Windows Hello key is disabled.',
    next: 'See who disabled it and why. A device reported lost that signs in again is an incident.',
  },
  {
    code: 130008,
    name: 'NgcDeviceIsNotFound',
    meaning: 'The device of the Windows Hello key no longer exists in Entra ID.',
    next: 'Join the device again, if it should be there at all.',
  },
  {
    code: 135010,
    name: 'KeyNotFound',
    meaning: 'The key that the device used is not known.',
    next: 'Join the device again.',
  },
  {
    code: 135011,
    meaning: 'The device is disabled.',
    next: 'See who disabled it and why. A device reported lost that signs in again is an incident.',
  },
  {
    code: 220450,
    name: 'UnsupportedAndroidWebViewVersion',
    meaning: 'The browser part of this Android device is too old.',
    next: 'The user updates Android System WebView and Chrome.',
  },
  {
    code: 221000,
    name: 'DeviceOnlyTokensNotSupportedByResource',
    meaning: 'The resource takes no tokens that stand for a device alone.',
    next: 'Nothing for security; the owner of the app signs in with a user.',
  },
  {
    code: 240001,
    name: 'BulkAADJTokenUnauthorized',
    meaning: 'Adding a device was refused: this user lacks the right to do it.',
    next: 'Expected for most people. Ask why they tried: attackers register devices to stay.',
  },
  {
    code: 501314,
    kind: 'interrupt',
    meaning: 'A silent check of what the browser can do.',
    next: 'Nothing; it is part of telling apart Apple devices.',
  },
  {
    code: 530002,
    meaning: 'The device is managed but not compliant (yet), and the resource demands it.',
    next: 'Send the user to device management to see what is missing.',
  },
  {
    code: 530003,
    meaning: 'The resource demands a managed device, and this one is not.',
    next: 'If it is the user’s own device, they enrol it or use another. If it is unknown, the password is known to somebody else.',
  },
  {
    code: 9001011,
    meaning: 'The device policy demands a state that does not exist for this kind of device.',
    next: 'The owner of the Conditional Access policy corrects it.',
  },
];
