/** A Conditional Access policy as a sign-in reports that it was applied. */
export interface AppliedPolicy {
  readonly id: string;
  readonly displayName: string;
  readonly enforcedGrantControls: readonly string[];
  readonly enforcedSessionControls: readonly string[];
  /** `reportOnly…` members come after the enum's sentinel. */
  readonly result: string;
}

const policy = (id: string, displayName: string, controls: readonly string[]) => ({
  id,
  displayName,
  enforcedGrantControls: controls,
  enforcedSessionControls: [],
});

/** The company's Conditional Access policies. */
const POLICIES = {
  mfa: policy('4f2c1b90-6d3e-4a78-9b05-c1e87f3d2a60', 'Require MFA for everyone', ['Mfa']),
  compliant: policy('d8a7e013-52bc-4c9f-8e46-07b3f91d5a2c', 'Require compliant device for Office 365', [
    'RequireCompliantDevice',
  ]),
  legacy: policy('91c5f7e2-0a4d-4b36-a8d1-3e60b7c92f45', 'Block legacy authentication', ['Block']),
  risk: policy('6701123a-b4c6-48af-8565-565c8bf7cabc', 'Medium sign-in risk block', ['Block']),
} as const;

/** A policy with its result for one sign-in. */
export const applied = (name: keyof typeof POLICIES, result: string): AppliedPolicy => ({
  ...POLICIES[name],
  result,
});
