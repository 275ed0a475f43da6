import { part } from './dom.ts';
import { drawHints } from './hints.ts';
import { drawList } from './list.ts';
import { choosePerson, closeOutside, drawMe } from './people.ts';
import { type Area, makeRail } from './rail.ts';
import { goTo, receive, type Screen, stopTyping } from './state.ts';
import { ask, openStream } from './stream.ts';
import { makeTalk } from './talk.ts';
import { startTheme } from './theme.ts';
import { makeToast } from './toast.ts';

const TYPING_MS = 8000;
const PERSON = 'flagman-person';

const list = part('list', HTMLElement);
const hints = part('hints', HTMLElement);
const me = part('me', HTMLButtonElement);
const people = part('people', HTMLDialogElement);
// The widths at which phone.css folds the page.
const isNarrow = matchMedia('(max-width: 1100px)');
const isPhone = matchMedia('(max-width: 720px)');
const toast = makeToast(part('toast', HTMLElement));

let screen: Screen | null = null;

const show = (next: Screen | null): void => {
  screen = next;
  if (screen === null) return;
  drawMe(me, screen);
  drawList(list, screen, open);
  drawTalk(screen);
  drawRail(screen.at.kind === 'channel' ? 'teams' : 'chat', document.body.dataset.hints === 'open');
  document.title = `${screen.at.name} | Flagman demo`;
};

const open = (conversation: Screen['at']): void => {
  document.body.dataset.screen = 'talk';
  if (screen !== null) show(goTo(screen, conversation));
};

const send = async (conversationId: string, text: string, mention: boolean): Promise<void> => {
  if (screen === null) return;
  const reply = await ask({ do: 'say', as: screen.me.oid, in: conversationId, text, mention });
  if (reply.toast !== null) toast(reply.toast);
};

const drawTalk = makeTalk(part('talk', HTMLElement), {
  send,
  say: (conversationId, text) => void send(conversationId, text, true),
  back: () => showList(),
  press: async ({ conversationId, id }, { action, inputs }) => {
    if (screen === null) return;
    const reply = await ask({ do: 'press', as: screen.me.oid, in: conversationId, card: id, action, inputs });
    if (reply.toast !== null) toast(reply.toast);
  },
  seen: ({ conversationId, id, card }) => {
    if (screen !== null && card !== null && 'refresh' in card)
      void ask({ do: 'refresh', as: screen.me.oid, in: conversationId, card: id });
  },
});

const setHints = (isOpen: boolean): void => {
  document.body.dataset.hints = isOpen ? 'open' : 'closed';
  show(screen);
};

const showList = (): void => {
  document.body.dataset.screen = 'list';
  list.querySelector<HTMLElement>('[aria-current]')?.focus();
};

const go = (area: Area): void => {
  const first = screen?.conversations.find(({ kind }) => (kind === 'channel') === (area === 'teams'));
  if (area === 'ask') setHints(document.body.dataset.hints !== 'open');
  // A phone has no room for list and conversation, so there "Chat" is the list.
  else if (area === 'chat' && isPhone.matches) showList();
  else if (first !== undefined) open(first);
};

const drawRail = makeRail(part('rail', HTMLElement), go);

drawHints(
  hints,
  (phrase) => {
    if (isNarrow.matches) setHints(false);
    document.body.dataset.screen = 'talk';
    if (screen !== null) void send(screen.at.id, phrase, true);
  },
  () => setHints(false),
);

let closeStream = (): void => {};
const become = (personId: string | null): void => {
  closeStream();
  closeStream = openStream(
    personId,
    (event) => {
      show(receive(screen, event));
      if (event.kind === 'typing')
        window.setTimeout(() => screen && show(stopTyping(screen, event.conversationId)), TYPING_MS);
    },
    () => toast('The connection to the demo is lost. Trying again …'),
  );
};

startTheme(part('theme', HTMLButtonElement));
closeOutside(people);
me.addEventListener('click', () => {
  if (screen === null) return;
  choosePerson(people, screen, ({ oid }) => {
    // Each tab can be somebody else.
    sessionStorage.setItem(PERSON, oid);
    become(oid);
  });
});
hints.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') setHints(false);
});
document.body.dataset.hints = isNarrow.matches ? 'closed' : 'open';
become(sessionStorage.getItem(PERSON));
