const dayOf = (date: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone }).format(date);

/** The time of day in a zone, such as `21:04`; with the day of the week where that is not today. */
export const timeOfDay = (iso: string, timeZone: string): string => {
  const date = new Date(iso);
  const isToday = dayOf(date, timeZone) === dayOf(new Date(), timeZone);
  return new Intl.DateTimeFormat('en-GB', {
    ...(isToday ? {} : { weekday: 'short' }),
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  }).format(date);
};

/** Date and time in a zone, with the zone's name. */
export const fullTime = (iso: string, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long', timeZone: zone }).format(
    new Date(iso),
  );
