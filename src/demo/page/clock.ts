/** The time of day in a zone, such as `21:04`. */
export const timeOfDay = (iso: string, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(
    new Date(iso),
  );

/** Date and time in a zone, with the zone's name. */
export const fullTime = (iso: string, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long', timeZone: zone }).format(
    new Date(iso),
  );
