import type { ActionName } from '../actions/action.ts';
import type { Approval } from '../actions/approval.ts';
import type { Told as TimelineTold } from '../cards/timeline-words.ts';
import type { View } from '../cards/view.ts';
import type { Gap } from '../entra/clouds.ts';
import type { FileFormat } from '../entra/file.ts';
import type { Incident } from '../entra/incident.ts';
import type { AskedAbout, HistoryEntry } from '../entra/ledger-event.ts';
import type { Person } from '../entra/person.ts';
import type { Place } from '../entra/place.ts';
import type { Query, SignInAnswer } from '../entra/query.ts';
import type { Share, Verified } from '../entra/share.ts';
import type { Clause, Phrase } from './clauses/clause.ts';
import type { Problem } from './problem.ts';

/** What reading a phrase may know about the moment; nothing here needs a store or a network. */
export interface ReadContext {
  /** Epoch milliseconds. */
  readonly now: number;
  /** The person's IANA zone. */
  readonly zone: string;
  /** The person's object id. */
  readonly me: string;
  /** What the cloud is without; nothing where absent. */
  readonly gaps?: readonly Gap[] | undefined;
}

/** An answer that is kept for "next page", "#2" and "what filter did you use". */
export interface Shown {
  readonly resultId: string;
  readonly asked: string;
  readonly notes: readonly string[];
  readonly answer: SignInAnswer;
  /** Index of the first row that was shown last. */
  readonly first: number;
}

/** Where the asker stands. */
export interface Standing {
  /** Roles held tenant-wide and active now, by name where it is known; undefined when they cannot be read. */
  readonly roles: readonly string[] | undefined;
  /** Whether they allow asking about other people. */
  readonly mayRead: boolean;
  /** Whether they allow asking for changes; absent while that cannot be told. */
  readonly mayRequest?: boolean;
  /** The actions that they allow deciding about, for requests of others; absent while that cannot be told. */
  readonly mayApprove?: readonly ActionName[];
}

/**
 * What a command may do while it runs. Reading commands get these and nothing that changes the tenant;
 * `remember…` writes Flagman's own store only.
 */
export interface Powers {
  readonly person: Person;
  readonly place: Place;
  readonly zone: string;
  readonly now: number;
  /** Asks Graph; throws `GraphFailure` (see graph-problem.ts) only when nothing at all could be read. */
  readSignIns(query: Query): Promise<SignInAnswer>;
  /** Keeps an answer as the last one shown to this person in this place, and gives it an id. */
  rememberShown(shown: Omit<Shown, 'resultId'>): Promise<Shown>;
  /** The last answer shown to this person in this place; with `row`, an index, only that row will be shown of it. */
  lastShown(row?: number): Promise<Shown | undefined>;
  rememberZone(zone: string): Promise<void>;
  /** What was asked about a user, by lower-case name, the newest first. */
  askedAbout(user: string): Promise<readonly AskedAbout[]>;
  /** What the asker's roles allow, by the policy that decides every question. */
  standing(): Promise<Standing>;
  /** Approvals that wait for a decision, for their end or for a word, the oldest first. */
  openApprovals(): Promise<readonly Approval[]>;
  /** The approval CR-n, also a closed one, as long as it is kept. */
  approval(number: number): Promise<Approval | undefined>;
  /** What the ledger says of CR-n, the oldest entry first. */
  historyOf(number: number): Promise<readonly HistoryEntry[]>;
  /** What was shared under this number. */
  share(number: number): Promise<Share | undefined>;
  /** The same, held against what the ledger recorded of it. */
  verifyShare(number: number): Promise<Verified | undefined>;
  /** Those that have a thread as their place, the newest first. */
  incidents(): Promise<readonly Incident[]>;
  /** The one whose place this is. */
  incidentHere(): Promise<Incident | undefined>;
  /** Everything that the ledger says of an incident, without what this place leaves out. */
  timeline(name: string): Promise<TimelineTold>;
  /** The card of an approval, as it is shown to everyone. */
  approvalView(approval: Approval): View;
}

/** What somebody wants to be changed or decided. It is data: the middle checks who may, and does it. */
export type ChangeWish =
  | {
      readonly wish: 'request';
      readonly action: ActionName;
      /** Rows count from 1 on the card that is replied to, else of the list that was shown last. */
      readonly targets:
        | { readonly rows: readonly [number, ...number[]] }
        | { readonly ids: readonly [string, ...string[]] };
      /** Absent when none was given; then there is no request. */
      readonly reason?: string;
    }
  /** `number` is absent where the phrase names none: then it is the one that the card replied to is about. */
  | { readonly wish: 'approve' | 'withdraw'; readonly number?: number }
  | { readonly wish: 'reject'; readonly number?: number; readonly reason?: string }
  | { readonly wish: 'resolve'; readonly number: number; readonly as?: 'done' | 'failed' };

/** What somebody wants to be shared, and where. */
export type ShareWish =
  /** Rows count from 1; without them what the card shows. Without an incident that of this thread. */
  | {
      readonly wish: 'share';
      readonly rows?: readonly [number, ...number[]];
      readonly incident?: string;
    }
  /** Makes this thread the place of an incident; `moves` although it has another one. */
  | { readonly wish: 'incident'; readonly name: string; readonly moves: boolean };

/** What somebody wants to take away as a file. */
export interface FileWish {
  readonly wish: 'file';
  /** The last answer, or the timeline of an incident: by its name, else of the one whose thread this is. */
  readonly of: 'answer' | 'timeline' | { readonly timeline: string };
  readonly format: FileFormat;
}

export type Wish = ChangeWish | ShareWish | FileWish;

/** A phrase that asks for something to be done: a change, a decision about one, or something to be shared. */
export interface ChangeCall {
  readonly command: Command;
  /** What was typed, cleaned. */
  readonly asked: string;
  readonly wish: Wish;
  readonly notes: readonly string[];
}

/** A phrase that was understood and only reads, ready to run. */
export interface Call {
  readonly command: Command;
  /** What was typed, cleaned. */
  readonly asked: string;
  /** What Graph would be asked; absent for commands that read nothing. */
  readonly query?: Query;
  /** True for a question about the sender alone, which needs no role. */
  readonly aboutMe: boolean;
  readonly notes: readonly string[];
  run(powers: Powers): Promise<View>;
}

/** Tells a wish from a call that only reads. */
export const isChange = (call: Call | ChangeCall): call is ChangeCall => 'wish' in call;

/** How a command stands in the lists that Teams shows of it; each has room for twelve. */
export interface Listing {
  /** At most 32 characters. Teams types it when it is picked: it ends where the person goes on, or is whole. */
  readonly title: string;
  /** `personal`: only where one is alone with Flagman; `group`: only in channels and group chats. */
  readonly only?: 'personal' | 'group';
}

/** Something people can say. One declaration a command; help, manifest and README are made from it. */
export interface Command {
  /** Lower-case words, unique; what "help NAME" takes. */
  readonly name: string;
  /** One sentence, at most 128 characters. */
  readonly summary: string;
  /** Phrases that mean this command; the first is the one that help shows. Tests read every one. */
  readonly examples: readonly [string, ...string[]];
  /** Sentences that "help NAME" adds. */
  readonly details: readonly string[];
  /**
   * `reader`: one of the roles that may read sign-ins; `nothing`: everybody of the tenant; `last-answer`: what the
   * answer needed that it goes on from; `change`: what the policy of changes says, at the very moment.
   */
  readonly needs: 'nothing' | 'reader' | 'last-answer' | 'change';
  /** Whether and how it stands in the manifest's command lists; help and greeting show first what does. */
  readonly listed: false | Listing;
  /** For a question about sign-ins: the words that make it this one. They go with every clause. */
  readonly noun?: Clause;
  /** For everything else: the words that it begins with. */
  readonly starts?: readonly string[];
  /**
   * Reads a phrase that begins with `said`, one of `starts`, or any phrase where there are none; the words after
   * them stand at token `at`. Undefined when the phrase means something else.
   */
  read?(phrase: Phrase, at: number, said: string): Call | ChangeCall | Problem | undefined;
}
