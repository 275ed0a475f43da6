import type { Approval } from '../actions/approval.ts';
import type { Incident } from '../entra/incident.ts';
import type { TimelineEntry } from '../entra/ledger-event.ts';
import type { SignInAnswer } from '../entra/query.ts';
import type { Redaction, Share, Snapshot } from '../entra/share.ts';
import type { SignIn } from '../entra/sign-in.ts';

/** A button that says a phrase for the person: pressing it is the same as typing it. */
export interface Suggestion {
  readonly title: string;
  readonly say: string;
}

/** A page of sign-ins. */
export interface SignInListView {
  readonly card: 'sign-in-list';
  readonly answer: SignInAnswer;
  /** What was asked, in the person's own words, cleaned. */
  readonly asked: string;
  /** Remarks of the language: a rewritten guest name, an assumed hour. */
  readonly notes: readonly string[];
  /** Index of the first row on this card, from 0. */
  readonly first: number;
  /** Under which the store keeps this answer; the buttons carry it. */
  readonly resultId: string;
  /** IANA zone that local times are shown in. */
  readonly zone: string;
  /** Epoch milliseconds, for the age of the answer. */
  readonly now: number;
}

/** Everything about one sign-in. */
export interface SignInDetailsView {
  readonly card: 'sign-in-details';
  readonly signIn: SignIn;
  readonly confirmed: boolean;
  readonly fetchedAt: string;
  readonly resultId: string;
  /** Index of the first row of the list that it was opened from; absent when there was no list. */
  readonly first?: number;
  readonly zone: string;
}

/** Help, explanations and short answers: paragraphs, things to say, buttons. */
export interface HelpView {
  readonly card: 'help';
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly sections: readonly {
    readonly heading: string;
    readonly rows: readonly { readonly say: string; readonly means: string }[];
  }[];
  readonly suggestions: readonly Suggestion[];
  /** The details that an explanation was opened from. */
  readonly back?: { readonly resultId: string; readonly row: string };
  /** The page of rows that it took the place of. */
  readonly list?: { readonly resultId: string; readonly first: number };
  /** Holds nothing of the tenant or about anybody, so it may be shown wherever somebody asks for it. */
  readonly isGeneral?: true;
}

/** What went wrong, why, and what to type instead. */
export interface ProblemView {
  readonly card: 'problem';
  readonly what: string;
  readonly why: string;
  readonly next: string;
  /** The phrase with a caret under the word that was not understood. */
  readonly pointer?: { readonly text: string; readonly at: number; readonly length: number };
  readonly suggestions: readonly Suggestion[];
  /** Stands in the log beside the full error. */
  readonly reference?: string;
}

/** Shown while a question takes longer than a turn may. */
export interface WorkingView {
  readonly card: 'working';
  readonly asked: string;
}

/** A form to ask for a change of one sign-in: which one, and why. */
export interface ActionFormView {
  readonly card: 'action-form';
  readonly signIn: SignIn;
  readonly confirmed: boolean;
  readonly resultId: string;
  /** Index of the first row of the list that it was opened from, for the way back. */
  readonly first: number;
  readonly zone: string;
}

/** One approval: what is asked for, how it stands, and in the end the proof for each target. */
export interface ApprovalView {
  readonly card: 'approval';
  readonly approval: Approval;
  /** Names of the roles that may decide. */
  readonly approvers: readonly string[];
  /** Whether the requester may confirm an own request (`APPROVALS=single`). */
  readonly mayBeOwn: boolean;
  /** For the requester who wants to approve alone: this card asks once more. */
  readonly confirmsOwn?: boolean;
  /** The card was posted again after Teams left it open whether the first one arrived. */
  readonly isRepeat?: boolean;
  /** The Entra admin center of the cloud. */
  readonly portalUrl: string;
  readonly zone: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Approvals that wait for somebody, the oldest first. */
export interface ApprovalListView {
  readonly card: 'approval-list';
  readonly approvals: readonly Approval[];
  readonly zone: string;
  readonly now: number;
}

/** A short word about an approval that makes phones ring: it ends soon, or it has ended. */
export interface NoticeView {
  readonly card: 'notice';
  readonly kind: 'reminder' | 'outcome';
  readonly approval: Approval;
  readonly isRepeat?: boolean;
  readonly now: number;
}

/** What somebody shared, as its card shows it: frozen, with what the place leaves out. */
export interface ShareView {
  readonly card: 'share';
  readonly share: Share;
  /** The card was posted again after Teams left it open whether the first one arrived. */
  readonly isRepeat?: boolean;
  readonly zone: string;
}

/** A form to share rows of an answer: what will be shared, and to which incident. */
export interface ShareFormView {
  readonly card: 'share-form';
  /** What will be shared, as whoever asks sees it: the places leave out what they leave out. */
  readonly snapshot: Snapshot;
  readonly resultId: string;
  /** The id of the one row that will be shared; absent: the rows of the page that begins at `first`. */
  readonly row?: string;
  /** Index of the first row of the list that it was opened from, from 0. */
  readonly first: number;
  /** To choose from, the newest first. */
  readonly incidents: readonly Incident[];
  /** The incident whose place this conversation is. */
  readonly here?: Incident;
  readonly zone: string;
}

/** What happened in an incident, by the ledger, and what its entries are about, as long as that is kept. */
export interface TimelineView {
  readonly card: 'timeline';
  readonly name: string;
  /** Absent while no thread is its place. */
  readonly incident?: Incident;
  /** In the ledger's order. */
  readonly entries: readonly TimelineEntry[];
  readonly shares: ReadonlyMap<number, Share>;
  readonly approvals: ReadonlyMap<number, Approval>;
  /** What the place leaves out. */
  readonly redacted: readonly Redaction[];
  /** Index of the first entry on this card, from 0, the newest first. */
  readonly first: number;
  readonly zone: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Everything that people can be shown. */
export type View =
  | SignInListView
  | SignInDetailsView
  | HelpView
  | ProblemView
  | WorkingView
  | ActionFormView
  | ApprovalView
  | ApprovalListView
  | NoticeView
  | ShareView
  | ShareFormView
  | TimelineView;
