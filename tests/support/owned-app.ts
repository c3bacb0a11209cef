/**
 * The desktop app as in main/index.ts, but with its own station in a Node program: the Electron that tests get is too
 * old for the station's database. Everything else is the app's own code.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { app } from 'electron';
import { attachedLink } from '../../main/desktop/attached-link.ts';
import { runDesktop } from '../../main/desktop/run.ts';

const { TEST_NODE = '', TEST_PROGRAM = '' } = process.env;

runDesktop(async (launch) => {
  const window = path.join(app.getAppPath(), 'dist', 'renderer');
  const child = fork(TEST_PROGRAM, [launch.dataFolder ?? '', window], {
    execPath: TEST_NODE,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const [told] = (await Promise.race([
    once(child, 'message'),
    ended.then(() => Promise.reject(new Error('the station did not start'))),
  ])) as [{ windowUrl: string; token: string; videos: string }];
  const link = attachedLink({ url: told.windowUrl, token: told.token });
  return {
    ...link,
    kind: 'embedded',
    outputFolder: () => told.videos,
    close: async (deadlineMs) => {
      child.send({ stop: deadlineMs });
      await ended;
      await link.close(0);
    },
  };
});
