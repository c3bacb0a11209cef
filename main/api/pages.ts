import type { Language } from '../shared/errors/index.ts';

/*
 * The few pages that the API serves by itself. They carry no script, so the strict content policy holds for them too.
 */

function page(language: Language, title: string, body: string): string {
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.7 system-ui, "Microsoft YaHei", "PingFang SC", sans-serif; max-width: 46rem; margin: 12vh auto; padding: 0 1.5rem; }
h1 { font-size: 1.5rem; }
pre { padding: .8rem 1rem; border-radius: 8px; background: #8881; overflow-x: auto; }
code { font-family: ui-monospace, Consolas, monospace; font-size: .9em; }
</style>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
}

/** Shown at `/` while the window has not been built: the station itself works. */
export function notBuiltPage(language: Language): string {
  return language === 'zh'
    ? page(
        'zh',
        '剪映渲染站正在运行',
        `<p>接口可以正常使用，只是操作界面还没有构建。在项目目录运行下面的命令，然后刷新本页：</p>
<pre><code>npm run build</code></pre>
<p>接口说明：<a href="/v1">/v1</a> · <a href="/openapi.json">/openapi.json</a></p>`,
      )
    : page(
        'en',
        'The render station is running',
        `<p>Its interface works; only the window has not been built yet. Run this in the project folder, then reload the page:</p>
<pre><code>npm run build</code></pre>
<p>The interface: <a href="/v1">/v1</a> · <a href="/openapi.json">/openapi.json</a></p>`,
      );
}

/** Shown when the token in an address is wrong. */
export function wrongTokenPage(language: Language): string {
  return language === 'zh'
    ? page('zh', '令牌不正确', '<p>地址中的 token 不是这个渲染站的。请重新复制渲染站启动时显示的地址，再打开一次。</p>')
    : page(
        'en',
        'Wrong token',
        '<p>The token in the address is not that of this station. Copy the address that the station prints when it starts and open it again.</p>',
      );
}

/** `/v1`: the contract in a few lines; also the page on which a browser can try it with relative addresses. */
export function contractPage(language: Language): string {
  const calls = `<pre><code>POST /v1/gen_video          {"draft_url": "…"}
POST /v1/gen_video_status   {"draft_url": "…"}</code></pre>`;
  return language === 'zh'
    ? page(
        'zh',
        '视频生成接口',
        `<p>先提交草稿链接，再用同一个链接每 5–10 秒查询一次，直到 <code>status</code> 为 <code>completed</code> 或 <code>failed</code>。</p>
${calls}
<p>完整说明（可导入扣子插件）：<a href="/openapi.json">/openapi.json</a></p>`,
      )
    : page(
        'en',
        'Video generation interface',
        `<p>Submit the link of a draft, then ask with the same link every 5–10 s until <code>status</code> is <code>completed</code> or <code>failed</code>.</p>
${calls}
<p>The whole description (imports as a Coze plugin): <a href="/openapi.json">/openapi.json</a></p>`,
      );
}
