/** What the log says beside an error code. */
export interface Outcome {
  readonly errorCode: number;
  readonly failureReason: string;
  readonly additionalDetails: string | null;
}

const REASONS: Readonly<Record<number, readonly [reason: string, details?: string]>> = {
  // The service writes "Other." for a success.
  0: ['Other.'],
  50034: ['The user account does not exist in the directory.'],
  50053: [
    'The account is locked, you have tried to sign in too many times with an incorrect user ID or password.',
  ],
  50055: ['The password is expired.'],
  50057: ['The user account is disabled.'],
  50058: ['The session is not enough for single sign-on.'],
  50072: ['The user must enrol in multi-factor authentication.', 'MFA required in Azure AD'],
  50074: [
    'Strong authentication is required and the user did not pass the MFA challenge.',
    'MFA required in Azure AD',
  ],
  50076: [
    'A change of configuration or a new location requires multi-factor authentication.',
    'MFA required in Azure AD',
  ],
  50097: ['Device authentication is required.'],
  50105: ['The signed-in user is not assigned to a role for the application.'],
  50125: ['The sign-in was interrupted by a password reset or registration.'],
  50126: ['Invalid username or password.'],
  50140: ["This occurred due to the 'Keep me signed in' interrupt."],
  53000: ['The device is not in the required state: it must be compliant.'],
  53003: ['Access has been blocked by Conditional Access policies.'],
  53011: ['The user is blocked due to risk on the home tenant.'],
  65001: ['The user or administrator has not consented to use the application.'],
  70043: ['The refresh token expired due to a sign-in frequency check by Conditional Access.'],
  500121: [
    'Authentication failed during the strong authentication request.',
    'MFA denied; user declined the authentication',
  ],
  7000215: ['Invalid client secret is provided.'],
};

/** The other cause of 50053, which only `failureReason` tells from a lock-out. */
export const MALICIOUS_ADDRESS: Outcome = {
  errorCode: 50053,
  failureReason: 'Sign-in was blocked because it came from an IP address with malicious activity.',
  additionalDetails: null,
};

/** The outcome for a code, worded as the log words it. */
export const outcomeOf = (errorCode: number): Outcome => {
  const [failureReason, additionalDetails = null] = REASONS[errorCode] ?? ['Other.'];
  return { errorCode, failureReason, additionalDetails };
};
