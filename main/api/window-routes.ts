import { existsSync } from 'node:fs';
import path from 'node:path';
import express, { type IRouter, type RequestHandler, type Response } from 'express';
import type { Settings } from '../shared/settings.ts';
import { contentPolicy } from './content-policy.ts';
import { type ApiContext, boundPort } from './context.ts';
import { contractPage, notBuiltPage, wrongTokenPage } from './pages.ts';
import { languageOf, route } from './reply.ts';
import { cookieName, sameSecret } from './secrets.ts';

/** The operators' window as pages for a browser, and the page of the contract. */
export function windowRoutes(router: IRouter, context: ApiContext, staticFolder: string | null): void {
  router.use(tokenExchange(context));
  route(router, '/v1', {
    GET: (request, response) => sendPage(context, response, 200, contractPage(languageOf(request))),
  });

  const index = staticFolder === null ? null : path.join(staticFolder, 'index.html');
  if (staticFolder === null || index === null || !existsSync(index)) {
    router.get('/', (request, response) => sendPage(context, response, 200, notBuiltPage(languageOf(request))));
    return;
  }
  router.use(
    express.static(staticFolder, {
      index: false,
      redirect: false,
      setHeaders: (response, file) => {
        if (file.endsWith('.html')) pageHeaders(context.station.settings(), response as Response);
        // Vite puts the hash of its content into the name of every asset.
        else if (file.includes(`${path.sep}assets${path.sep}`)) {
          response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
        }
      },
    }),
  );
  // Only here: where the window is stands behind the `#`, so every other unknown path is an error, in JSON.
  router.get('/', (_request, response, next) => {
    pageHeaders(context.station.settings(), response);
    response.sendFile('index.html', { root: staticFolder, cacheControl: false, dotfiles: 'allow' }, (error) => {
      if (error && !response.headersSent) next(error);
    });
  });
}

/**
 * The printed address carries the token once: `/?token=...` turns it into a cookie that scripts cannot read, and leads
 * on without it, so that it stays in no history and no Referer. `EventSource`, `<img>` and `<video>` need the cookie:
 * they can send no header.
 */
function tokenExchange(context: ApiContext): RequestHandler {
  return (request, response, next) => {
    const token = request.query.token;
    if (request.method !== 'GET' || typeof token !== 'string' || request.path.startsWith('/api/')) {
      next();
      return;
    }
    if (!sameSecret(token, context.station.token)) {
      sendPage(context, response, 401, wrongTokenPage(languageOf(request)));
      return;
    }
    response.cookie(cookieName(boundPort(request)), token, {
      httpOnly: true,
      sameSite: 'strict',
      path: '/',
      maxAge: 365 * 24 * 3_600_000,
    });
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.redirect(303, withoutToken(request.originalUrl));
  };
}

function withoutToken(url: string): string {
  const [pathname = '/', query = ''] = url.split('?', 2);
  const rest = new URLSearchParams(query);
  rest.delete('token');
  // `//host` would lead to another machine.
  const here = `/${pathname.replace(/^[/\\]+/, '')}`;
  return rest.size === 0 ? here : `${here}?${rest}`;
}

function sendPage({ station }: ApiContext, response: Response, status: number, html: string): void {
  pageHeaders(station.settings(), response);
  response.status(status).type('html').send(html);
}

function pageHeaders(settings: Settings, response: Response): void {
  response.setHeader('Content-Security-Policy', contentPolicy(settings));
  response.setHeader('Cache-Control', 'no-cache');
  response.setHeader('Referrer-Policy', 'same-origin');
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=()');
}
