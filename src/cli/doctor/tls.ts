/** Why a certificate that somebody showed is not taken. */
export type TlsFault = 'untrusted' | 'expired' | 'other-host';

const EXPIRED = /^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)$/;
const OTHER_HOST = /^ERR_TLS_CERT_ALTNAME/;
const UNTRUSTED = /SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|^CERT_|^ERR_TLS_CERT/;

/** What a code of Node or OpenSSL says against a certificate; undefined where it says nothing of one. */
export const tlsFaultOf = (code: string): TlsFault | undefined => {
  if (EXPIRED.test(code)) return 'expired';
  if (OTHER_HOST.test(code)) return 'other-host';
  return UNTRUSTED.test(code) ? 'untrusted' : undefined;
};

/** A fault of a certificate, and what mends it, for whoever runs Flagman. */
export const explainTlsFault = (
  fault: TlsFault,
  who: string,
): { readonly what: string; readonly mend: string } => {
  switch (fault) {
    case 'untrusted':
      return {
        what: `The certificate of ${who} is not trusted here.`,
        mend: 'If a proxy of yours opens TLS, name its authority in NODE_EXTRA_CA_CERTS; else somebody is in between.',
      };
    case 'expired':
      return {
        what: `The certificate of ${who} is out of its time.`,
        mend: 'Look at the clock of this machine; if it is right, whoever opens TLS in between must renew the certificate.',
      };
    case 'other-host':
      return {
        what: `The certificate of ${who} is for another host.`,
        mend: 'Something else answers under that name: look at DNS, /etc/hosts and the proxy.',
      };
  }
};
