// Sends back each message as it is, whatever the path.
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
server.on('listening', () => console.log(`listening on ${server.address().port}`));
process.stdin.on('end', () => process.exit()).resume();
server.on('connection', (socket) => {
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
});
