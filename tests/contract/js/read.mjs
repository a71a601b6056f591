// Reads UI message streams with the AI SDK itself and prints the messages that useChat would hold, as JSON.
//   node read.mjs fold        stdin: [stream, ...]     each stream as the text that came over the wire
//   node read.mjs chat URL    stdin: [question, ...]   one conversation, each answer sent back with the next question
import { DefaultChatTransport, readUIMessageStream } from "ai";
import { text } from "node:stream/consumers";

const [, , mode, url] = process.argv;
const input = JSON.parse(await text(process.stdin));
const told = [];

async function read(stream) {
  const errors = [];
  const chunks = [];
  const seen = stream.pipeThrough(
    new TransformStream({
      transform(chunk, controller) {
        chunks.push(chunk.type);
        controller.enqueue(chunk);
      },
    }),
  );
  let message = null;
  for await (const state of readUIMessageStream({ stream: seen, onError: (error) => errors.push(error.message) })) {
    message = state;
  }
  return { message, errors, chunks };
}

if (mode === "fold") {
  for (const body of input) {
    const transport = new DefaultChatTransport({ api: "http://unused", fetch: async () => new Response(body) });
    told.push(await read(await transport.sendMessages({ chatId: "c", messages: [], trigger: "submit-message" })));
  }
} else {
  const transport = new DefaultChatTransport({ api: url });
  const messages = [];
  for (const question of input) {
    messages.push({ id: `u${messages.length}`, role: "user", parts: [{ type: "text", text: question }] });
    const answer = await read(await transport.sendMessages({ chatId: "c", messages, trigger: "submit-message" }));
    messages.push(answer.message);
    told.push(answer);
  }
}
process.stdout.write(JSON.stringify(told));
