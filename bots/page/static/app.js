// The chat with a script: answers stream in, proofs open in place, a lost connection is resumed. Without it, forms do.
'use strict';
{
  const log = document.getElementById('log');
  const composer = document.getElementById('composer');
  const box = document.getElementById('question');
  const alertBox = document.getElementById('alert');
  const welcome = document.getElementById('welcome');
  const scroll = document.getElementById('scroll');
  const say = composer.dataset;
  const DRAFT = 'jalon-draft', PENDING = 'jalon-pending';
  let busy = false;

  // Private windows may refuse storage: then a reload loses the draft, and nothing else.
  const keep = (name, value) => { try { value ? sessionStorage.setItem(name, value) : sessionStorage.removeItem(name); } catch { return; } };
  const kept = (name) => { try { return sessionStorage.getItem(name) || ''; } catch { return ''; } };

  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };

  const notify = (message, retry) => {
    alertBox.replaceChildren();
    if (!message) return;
    const line = make('p', '', message);
    if (retry) {
      const button = make('button', 'plain', say.retry);
      button.type = 'button';
      button.addEventListener('click', () => { notify(''); retry(); });
      line.append(button);
    }
    alertBox.append(line);
  };

  const lastTurn = () => Number([...log.querySelectorAll('[data-turn]')].pop()?.dataset.turn || 0);
  const grow = () => { box.style.height = 'auto'; box.style.height = `${Math.min(box.scrollHeight + 2, 144)}px`; };
  const show = (element) => element.scrollIntoView({ block: 'start' });

  // Tools of answers need the script, so the page hides them until it runs.
  const furnish = (root) => {
    for (const button of root.querySelectorAll('[data-copy], [data-share]')) button.hidden = false;
  };

  const pendingTurn = (question) => {
    const turn = make('article', 'turn pending');
    turn.setAttribute('aria-busy', 'true');
    const asked = make('p', 'question');
    asked.append(make('span', 'who', say.you), ' ', make('span', 'said', question));
    const answer = make('div', 'answer');
    const text = make('div', 'text raw');
    answer.append(make('p', 'who', say.site), make('p', 'note waiting', say.waiting), text);
    turn.append(asked, answer);
    log.append(turn);
    welcome.hidden = true;
    show(turn);
    return { turn, text, waiting: answer.querySelector('.waiting') };
  };

  const fragment = async (address) => {
    const response = await fetch(address, { headers: { Accept: 'text/html' } });
    if (!response.ok || response.status === 204) return null;
    const parsed = new DOMParser().parseFromString(await response.text(), 'text/html');
    return [...parsed.body.children].map((element) => document.importNode(element, true));
  };

  const settle = (pending, elements) => {
    pending.turn.replaceWith(...elements);
    for (const element of elements) furnish(element);
    keep(PENDING, '');
    document.getElementById('erase').hidden = false;
    if (elements.length) show(elements[elements.length - 1]);
  };

  // Events of a stream: "event", "data" and "id" lines, ended by an empty line.
  async function* events(body) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      rest += value;
      const blocks = rest.split('\n\n');
      rest = blocks.pop();
      for (const block of blocks) {
        const event = {};
        for (const line of block.split('\n')) {
          const at = line.indexOf(': ');
          if (at > 0) event[line.slice(0, at)] = line.slice(at + 2);
        }
        if (event.event) yield event;
      }
    }
  }

  class Refused extends Error {
    constructor(message, status) { super(message); this.status = status; }
  }

  const stream = async (question, pending) => {
    const response = await fetch('/api/chat', {
      method: 'POST', headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ question, conversation: say.conversation || null }),
    });
    if (!response.ok) {
      const said = await response.json().catch(() => null);
      throw new Refused(said?.error?.message || say.lost, response.status);
    }
    for await (const event of events(response.body)) {
      const data = JSON.parse(event.data);
      if (event.event === 'text') {
        pending.waiting.remove();
        pending.text.append(data.text);
      } else if (event.event === 'error') {
        throw new Refused(data.error.message, 503);
      } else if (event.event === 'answer') {
        say.conversation = data.conversation;
        return (await fragment(`/tours/${event.id}?conversation=${encodeURIComponent(data.conversation)}`)) || Promise.reject(new TypeError('no fragment'));
      }
    }
    throw new TypeError('the stream ended early');
  };

  // The server goes on answering when a connection breaks: ask for what came after the last turn of the page.
  const resume = async (pending, question, after) => {
    notify(say.lost);
    for (let pause = 500; pause < 20000; pause *= 1.6) {
      await new Promise((done) => setTimeout(done, pause));
      try {
        const address = `/conversation/suite?apres=${after}&conversation=${encodeURIComponent(say.conversation || '')}`;
        const elements = await fragment(address);
        if (elements && elements.length) {
          settle(pending, elements);
          notify(say.resumed);
          return;
        }
      } catch { continue; }
    }
    fail(pending, question, say.offline);
  };

  const fail = (pending, question, message) => {
    pending.turn.remove();
    keep(PENDING, '');
    welcome.hidden = log.childElementCount > 0;
    box.value = question;
    keep(DRAFT, question);
    grow();
    notify(message, () => ask(question));
    box.focus();
  };

  const ask = async (question, again) => {
    question = question.trim();
    if (!question || busy) return;
    busy = true;
    composer.querySelector('.send').disabled = true;
    notify('');
    const after = lastTurn();
    const pending = pendingTurn(question);
    keep(PENDING, JSON.stringify({ question, after }));
    box.value = '';
    keep(DRAFT, '');
    grow();
    try {
      settle(pending, await stream(question, pending));
    } catch (error) {
      if (error instanceof Refused && error.status === 404 && say.conversation && !again) {
        // The conversation was erased or has expired: the question begins another.
        say.conversation = '';
        pending.turn.remove();
        busy = false;
        return ask(question, true);
      }
      if (error instanceof Refused) fail(pending, question, error.message);
      else await resume(pending, question, after);
    } finally {
      busy = false;
      composer.querySelector('.send').disabled = false;
    }
  };

  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.matches('[data-ask]')) {
      event.preventDefault();
      ask(event.submitter?.name === 'question' ? event.submitter.value : box.value);
      box.focus({ preventScroll: true });
    } else if (form.matches('[data-opinion]')) {
      event.preventDefault();
      opine(form, event.submitter);
    }
  });

  const opine = async (form, submitter) => {
    const data = new URLSearchParams(new FormData(form));
    data.set('rating', submitter.value);
    try {
      const response = await fetch(form.action, { method: 'POST', body: data, headers: { 'X-Fragment': '1' } });
      if (!response.ok) throw new TypeError('refused');
      const parsed = new DOMParser().parseFromString(await response.text(), 'text/html');
      const opinion = form.closest('.opinion');
      const fresh = document.importNode(parsed.body.firstElementChild, true);
      opinion.replaceWith(fresh);
      fresh.querySelector('button')?.focus();
    } catch {
      form.submit();
    }
  };

  const copy = async (text, said) => {
    try {
      await navigator.clipboard.writeText(text);
      notify(said);
    } catch {
      notify(say.notCopied);
    }
  };

  document.addEventListener('click', (event) => {
    const marker = event.target.closest('a.marker');
    const tool = event.target.closest('[data-copy], [data-share]');
    if (marker) {
      const proof = document.getElementById(marker.hash.slice(1));
      if (!proof) return;
      event.preventDefault();
      proof.open = true;
      proof.querySelector('summary').focus();
      proof.scrollIntoView({ block: 'nearest' });
    } else if (tool) {
      const turn = tool.closest('.turn');
      const question = turn.querySelector('.said').textContent;
      if (tool.hasAttribute('data-copy')) {
        const quotes = [...turn.querySelectorAll('.proofs mark')].map((mark) => `« ${mark.textContent.trim()} »`);
        copy([question, turn.querySelector('.text').innerText.trim(), ...quotes].join('\n\n'), say.copied);
      } else {
        // The question travels after "#", which browsers send to no server.
        const url = `${location.origin}/#q=${encodeURIComponent(question)}`;
        if (navigator.share) navigator.share({ title: document.title, text: question, url }).catch(() => copy(url, say.linked));
        else copy(url, say.linked);
      }
    }
  });

  box.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      composer.requestSubmit();
    }
  });
  box.addEventListener('input', () => { grow(); keep(DRAFT, box.value); });

  // After a reload: the draft is back, and a question whose answer was on its way is waited for.
  furnish(log);
  if (!box.value) box.value = kept(DRAFT);
  if (location.hash.startsWith('#q=')) {
    try { box.value = decodeURIComponent(location.hash.slice(3)); } catch { notify(''); }
    history.replaceState(null, '', location.pathname);
    box.focus();
  }
  grow();
  const unfinished = kept(PENDING);
  if (unfinished) {
    try {
      const { question, after } = JSON.parse(unfinished);
      if (lastTurn() > after) keep(PENDING, '');
      else resume(pendingTurn(question), question, after);
    } catch { keep(PENDING, ''); }
  } else if (log.lastElementChild && !location.hash) {
    show(log.lastElementChild);
  }
}
