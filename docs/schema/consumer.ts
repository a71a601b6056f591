// A page that asks and draws as the answer comes; `npx tsc --noEmit -p docs/schema` holds it to the types.
import type { Answer, AskRequest, GuideEvent, ProblemBody, ProductCard } from "./shopguide";

export async function ask(request: AskRequest, key: string): Promise<Answer> {
  const response = await fetch("/v1/ask", {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${key}` },
    body: JSON.stringify(request),
  });
  if (!response.ok) {
    const problem = (await response.json()) as ProblemBody;
    throw new Error(`${problem.status} ${problem.type}: ${problem.detail}`);
  }
  return (await response.json()) as Answer;
}

export interface Drawn {
  id: string;
  cards: ProductCard[];
  text: string;
  marks: Map<number, string>;
  failed: string;
}

export function draw(page: Drawn, event: GuideEvent): Drawn {
  switch (event.event) {
    case "status":
      return { ...page, id: event.data.answer_id };
    case "products":
      return { ...page, cards: event.data.products };
    case "text":
      return { ...page, text: page.text + event.data.text };
    case "citation":
      page.marks.set(event.data.n, `${event.data.record_id}: ${event.data.quote}`);
      return page;
    case "error":
      return { ...page, failed: event.data.type };
    case "done":
      return { ...page, failed: event.data.outcome === "answered" ? "" : page.failed };
    default:
      return page;
  }
}

export function price(card: ProductCard): string {
  const live = card.offer;
  return live ? `${live.price.amount / 100} ${live.price.currency}` : "?";
}

// Each of these has to be refused: the types are as strict as the server.
// @ts-expect-error a question is needed
export const empty: AskRequest = {};
// @ts-expect-error there is no such field
export const odd: AskRequest = { question: "x", colour: 1 };
