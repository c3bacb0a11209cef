/** What a program needs to call the station. */
export interface CallFacts {
  /** Without a slash at the end. */
  readonly base: string;
  /** Callers have to send a key. */
  readonly keyed: boolean;
}

export const snippetKinds = ['curl', 'JavaScript', 'Python'] as const;
export type SnippetKind = (typeof snippetKinds)[number];

/** Submit one draft and wait for its video, ready to run. */
export function snippet(kind: SnippetKind, facts: CallFacts, link: string): string {
  switch (kind) {
    case 'curl':
      return curl(facts, link);
    case 'JavaScript':
      return javaScript(facts, link);
    case 'Python':
      return python(facts, link);
  }
}

/** Double quotes and one line: this form works in the Windows command prompt and in Unix shells alike. */
export function curlLine(address: string, link: string, keyed: boolean): string {
  const key = keyed ? ' -H "Authorization: Bearer YOUR_API_KEY"' : '';
  return `curl -X POST ${address} -H "Content-Type: application/json"${key} -d "{\\"draft_url\\":\\"${link}\\"}"`;
}

function curl({ base, keyed }: CallFacts, link: string): string {
  return ['/v1/gen_video', '/v1/gen_video_status'].map((path) => curlLine(base + path, link, keyed)).join('\n\n');
}

function javaScript({ base, keyed }: CallFacts, link: string): string {
  const key = keyed ? `, Authorization: 'Bearer YOUR_API_KEY'` : '';
  return `const base = '${base}';
const draftUrl = '${link}';

async function call(path) {
  const response = await fetch(base + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json'${key} },
    body: JSON.stringify({ draft_url: draftUrl }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error.message + ' ' + answer.error.details);
  return answer;
}

await call('/v1/gen_video');
for (;;) {
  const task = await call('/v1/gen_video_status');
  console.log(task.status, task.progress + '%');
  if (task.status === 'completed') {
    console.log(task.video_url);
    break;
  }
  if (task.status === 'failed') throw new Error(task.error_message);
  await new Promise((resolve) => setTimeout(resolve, 5000));
}`;
}

function python({ base, keyed }: CallFacts, link: string): string {
  const headers = keyed ? `\nHEADERS = {"Authorization": "Bearer YOUR_API_KEY"}` : '\nHEADERS = {}';
  return `import time

import requests

BASE = "${base}"
DRAFT_URL = "${link}"${headers}


def call(path):
    response = requests.post(BASE + path, json={"draft_url": DRAFT_URL}, headers=HEADERS)
    answer = response.json()
    if not response.ok:
        raise RuntimeError(answer["error"]["message"] + " " + answer["error"]["details"])
    return answer


call("/v1/gen_video")
while True:
    task = call("/v1/gen_video_status")
    print(task["status"], task["progress"], "%")
    if task["status"] == "completed":
        print(task["video_url"])
        break
    if task["status"] == "failed":
        raise RuntimeError(task["error_message"])
    time.sleep(5)`;
}
