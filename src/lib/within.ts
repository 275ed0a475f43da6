/** What `within` gives when the work takes longer. */
export const LATE = Symbol('late');

/** The outcome of the work if it is there within so many milliseconds; else `LATE`, and the work goes on. */
export const within = async <Value>(work: Promise<Value>, ms: number): Promise<Value | typeof LATE> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(resolve, ms, LATE);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};
