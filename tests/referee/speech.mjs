// Speaks to those who have a key: the audio of a text is its letters, three bytes a letter. Checks what it receives by
// hand, and closes with 4400 if it is wrong.
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
server.on('listening', () => console.log(`listening on ${server.address().port}`));
process.stdin.on('end', () => process.exit()).resume();

server.on('connection', (socket, request) => {
  const url = new URL(request.url, 'ws://localhost');
  if (url.pathname !== '/speech/live' || request.headers['x-key'] !== 'sesame') {
    return socket.close(4401, `not for ${request.url}`);
  }
  const voice = url.searchParams.get('voice');
  const live = new Map();
  const send = (message) => socket.send(JSON.stringify(message));

  socket.on('message', (data, isBinary) => {
    const message = isBinary ? {} : JSON.parse(data);
    const { context_id: id, transcript, output } = message;
    if (message.cancel === true && Object.keys(message).length === 2) {
      live.get(id)?.stop();
      return live.delete(id);
    }
    if (typeof transcript !== 'string' || !['base64', 'binary'].includes(output)) {
      return socket.close(4400, `not a request: ${data}`);
    }
    const context = live.get(id) ?? context_of(id, output);
    live.set(id, context);
    context.letters.push(...transcript);
    context.ends = message.continue !== true;
  });

  // One letter of each context at a time, so that their audio is mixed.
  function context_of(id, output) {
    const context = { letters: [], ends: false, stop: () => clearInterval(timer) };
    const timer = setInterval(() => {
      const letter = context.letters.shift();
      if (letter === '!') {
        return socket.close(1011, 'out of voice');
      }
      if (letter !== undefined) {
        const audio = Buffer.from(letter.repeat(3) + (voice ?? ''));
        if (output === 'binary') {
          return socket.send(audio, { binary: true });
        }
        return send({ type: 'chunk', context_id: id, audio: audio.toString('base64') });
      }
      if (context.ends) {
        context.stop();
        live.delete(id);
        send({ type: 'done', context_id: id });
      }
    }, 5);
    socket.on('close', context.stop);
    return context;
  }
});
