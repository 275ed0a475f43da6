/** How a member of an enumeration may be typed: "unlikelyTravel" as one word or as "unlikely travel". */
export const inWords = (member: string): readonly string[] => {
  const words = member
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase();
  const joined = member.toLowerCase();
  return words === joined ? [joined] : [joined, words];
};
