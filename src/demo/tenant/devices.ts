/** A device and its browser or client, as the log shows them. */
export interface Device {
  readonly operatingSystem: string;
  readonly browser: string;
  readonly userAgent: string;
  readonly clientApp: string;
  /** Whether the company manages it. */
  readonly managed: boolean;
}

const device = (
  operatingSystem: string,
  browser: string,
  userAgent: string,
  managed = false,
  clientApp = 'Browser',
): Device => ({ operatingSystem, browser, userAgent, managed, clientApp });

export const DEVICES = {
  windows11: device(
    'Windows 11',
    'Edge 142.0.0',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Edg/142.0.0.0',
    true,
  ),
  windows10: device(
    'Windows 10',
    'Chrome 142.0.0',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0.0.0',
    true,
  ),
  mac: device(
    'MacOs',
    'Safari 18.4',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.4 Safari/605.1.15',
    true,
  ),
  linux: device(
    'Linux',
    'Firefox 144.0',
    'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0',
  ),
  iphone: device(
    'Ios 18.5',
    'Mobile Safari',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Mobile/15E148',
    false,
    'Mobile Apps and Desktop clients',
  ),
  android: device(
    'Android 15',
    'Chrome Mobile 142.0.0',
    'Mozilla/5.0 (Linux; Android 15) Chrome/142.0.0.0 Mobile',
  ),
  script: device('', 'Python Requests 2.32', 'python-requests/2.32.3'),
  imap: device('', '', '', false, 'IMAP4'),
} as const satisfies Record<string, Device>;

export type DeviceName = keyof typeof DEVICES;
