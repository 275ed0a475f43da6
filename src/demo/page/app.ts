import type { EntraWish } from '../chat/entra-wire.ts';
import { part } from './dom.ts';
import { makeEntra } from './entra.ts';
import { drawHints } from './hints.ts';
import { drawList } from './list.ts';
import { choosePerson, closeOutside, drawMe } from './people.ts';
import { type Area, makeRail, type Panel } from './rail.ts';
import { goTo, idsOnCards, receive, type Screen, stopTyping } from './state.ts';
import { ask, askEntra, openStream } from './stream.ts';
import { makeTalk } from './talk.ts';
import { startTheme } from './theme.ts';
import { makeToast } from './toast.ts';

const TYPING_MS = 8000;
const PERSON = 'flagman-person';

const list = part('list', HTMLElement);
const hints = part('hints', HTMLElement);
const entra = part('entra', HTMLElement);
const me = part('me', HTMLButtonElement);
const people = part('people', HTMLDialogElement);
// The widths at which phone.css folds the page.
const isNarrow = matchMedia('(max-width: 1100px)');
const isPhone = matchMedia('(max-width: 720px)');
const toast = makeToast(part('toast', HTMLElement));

let screen: Screen | null = null;
let panel: Panel = 'none';

const show = (next: Screen | null): void => {
  screen = next;
  if (screen === null) return;
  drawMe(me, screen);
  drawList(list, screen, open);
  drawTalk(screen);
  drawRail(screen.at.kind === 'channel' ? 'teams' : 'chat', panel);
  document.title = `${screen.at.name} | Flagman demo`;
};

const open = (conversation: Screen['at']): void => {
  document.body.dataset.screen = 'talk';
  if (screen !== null) show(goTo(screen, conversation));
};

const send = async (conversationId: string, text: string, mention: boolean): Promise<void> => {
  if (screen === null) return;
  const reply = await ask({ do: 'say', as: screen.me.oid, in: conversationId, text, mention });
  toast(reply.toast ?? '');
};

const drawTalk = makeTalk(part('talk', HTMLElement), {
  send,
  say: (conversationId, text) => void send(conversationId, text, true),
  findingIn: (conversationId) => ({
    async look(text, skip, first) {
      if (screen === null) return { results: [] };
      const as = screen.me.oid;
      const { looked, toast: words } = await ask({ do: 'search', as, in: conversationId, text, skip, first });
      return looked ?? { words: words ?? '' };
    },
    async pick(tap) {
      if (screen === null) return;
      const reply = await ask({ do: 'pick', as: screen.me.oid, in: conversationId, tap });
      toast(reply.toast ?? '');
    },
  }),
  back: () => showList(),
  press: async ({ conversationId, id }, { action, inputs }) => {
    if (screen === null) return;
    const reply = await ask({ do: 'press', as: screen.me.oid, in: conversationId, card: id, action, inputs });
    toast(reply.toast ?? '');
  },
  consent: async ({ conversationId, id }, answer) => {
    if (screen === null) return;
    const reply = await ask({ do: 'consent', as: screen.me.oid, in: conversationId, card: id, answer });
    toast(reply.toast ?? '');
  },
  seen: ({ conversationId, id, card }) => {
    if (screen !== null && card !== null && 'refresh' in card)
      void ask({ do: 'refresh', as: screen.me.oid, in: conversationId, card: id });
  },
});

const setPanel = (next: Panel): void => {
  panel = next;
  document.body.dataset.panel = panel;
  show(screen);
  if (panel === 'entra') void followEntra();
};

const showList = (): void => {
  document.body.dataset.screen = 'list';
  list.querySelector<HTMLElement>('[aria-current]')?.focus();
};

const go = (area: Area): void => {
  if (area === 'ask' || area === 'entra') {
    setPanel(panel === area ? 'none' : area);
    return;
  }
  if (isNarrow.matches) setPanel('none');
  const first = screen?.conversations.find(({ kind }) => (kind === 'channel') === (area === 'teams'));
  // A phone has no room for list and conversation, so there "Chat" is the list.
  if (area === 'chat' && isPhone.matches) showList();
  else if (first !== undefined) open(first);
};

const drawRail = makeRail(part('rail', HTMLElement), go);

drawHints(
  hints,
  (phrase) => {
    if (isNarrow.matches) setPanel('none');
    document.body.dataset.screen = 'talk';
    if (screen !== null) void send(screen.at.id, phrase, true);
  },
  () => setPanel('none'),
);

const followEntra = async (wish?: EntraWish): Promise<void> => {
  const state = await askEntra(wish);
  if (state !== null && screen !== null) drawEntra(state, idsOnCards(screen));
};
const drawEntra = makeEntra(entra, {
  change: (wish) => void followEntra(wish),
  decided: toast,
  close: () => setPanel('none'),
});

let closeStream = (): void => {};
const become = (personId: string | null): void => {
  closeStream();
  // A notice was for who one was.
  toast('');
  closeStream = openStream(
    personId,
    (event) => {
      show(receive(screen, event));
      if (panel === 'entra') void followEntra();
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
for (const aside of [hints, entra])
  aside.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') setPanel('none');
  });
setPanel(isNarrow.matches ? 'none' : 'ask');
become(sessionStorage.getItem(PERSON));
