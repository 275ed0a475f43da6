/** An answer that is not 2xx, in the words of the real service; thrown inside the pretend Graph, sent at its door. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** What the service answers to most of what it cannot read. */
export const badRequest = (message: string): Refusal => new Refusal(400, 'BadRequest', message);

/** What the log answers to quoted dates, undocumented operators and dates that are too old. */
export const invalidFilter = (why?: string): Refusal =>
  badRequest(why === undefined ? 'Invalid filter clause' : `Invalid filter clause: ${why}`);

/** The service's sentence about a property that a type does not have. */
export const unknownProperty = (name: string, type: string): string =>
  `Could not find a property named '${name}' on type '${type}'.`;

/** The directory's answer to an id that it does not hold. */
export const notFound = (id: string): Refusal =>
  new Refusal(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );

/** The answer to an app without the permission. */
export const denied = (): Refusal =>
  new Refusal(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');

/** The answer to a method that a path does not take. */
export const notAllowed = (): Refusal =>
  new Refusal(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.');

/** The body of an error. */
export const errorBody = (
  refusal: Refusal,
  ids: { readonly date: string; readonly requestId: string; readonly clientRequestId: string },
): string =>
  JSON.stringify({
    error: {
      code: refusal.code,
      message: refusal.message,
      innerError: {
        // Without milliseconds and without a zone, as the service writes it.
        date: ids.date.slice(0, 19),
        'request-id': ids.requestId,
        'client-request-id': ids.clientRequestId,
      },
    },
  });
