/** Who acts: the object id that Teams vouches for. Names are for showing, never for deciding. */
export interface Person {
  /** Microsoft Entra object id, a lower-case GUID. */
  readonly id: string;
  /** By which Teams knows the person to this bot ("29:…"): where to write to them, never who they are. */
  readonly teamsId: string;
  readonly tenantId: string;
  /** Display name as Teams sent it: untrusted text. */
  readonly name: string;
  /** IANA zone that the client reported with this activity. */
  readonly clientZone?: string;
}
