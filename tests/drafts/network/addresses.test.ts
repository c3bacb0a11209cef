import type { LookupFunction } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isPublicAddress } from '../../../main/drafts/network/addresses.ts';
import { isAllowedHost } from '../../../main/drafts/network/allow-list.ts';
import { networkClient } from '../../../main/drafts/network/client.ts';
import { networkFailure } from '../../../main/drafts/network/failure.ts';
import { quickLimits, testServer } from '../support/fetching.ts';

describe('addresses of the public Internet', () => {
  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '47.110.23.1',
    '100.63.255.255',
    '172.32.0.1',
    '2400:3200::1',
    '2606:4700::1111',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
  ])('%s is one', (address) => expect(isPublicAddress(address)).toBe(true));

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '100.100.100.200',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.192',
    '192.168.1.1',
    '198.18.0.1',
    '192.0.2.1',
    '224.0.0.1',
    '239.255.255.255',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:10.0.0.1',
    '0:0:0:0:0:ffff:a9fe:a9fe',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b::169.254.169.254',
    '64:ff9b:1::a00:1',
    '2002:7f00:1::',
    '2001::1',
    '2001:db8::1',
    '3fff::1',
    '5f00::1',
    '',
    'localhost',
    'example.com',
    '1',
    '127.1',
  ])('%s is none', (address) => expect(isPublicAddress(address)).toBe(false));

  it('an IPv4 address is judged alike in all its IPv6 clothes', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const hex = address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'));
        const tail = `${hex[0]}${hex[1]}:${hex[2]}${hex[3]}`;
        for (const dressed of [
          `::ffff:${address}`,
          `::FFFF:${tail}`,
          `0:0:0:0:0:ffff:${tail}`,
          `64:ff9b::${address}`,
        ]) {
          expect(isPublicAddress(dressed)).toBe(isPublicAddress(address));
        }
      }),
      { seed: 20261128, numRuns: 2000 },
    );
  });

  it('judges any text without failing', () => {
    const text = fc.oneof(fc.string({ maxLength: 40 }), fc.ipV6(), fc.domain());
    fc.assert(
      fc.property(text, (address) => typeof isPublicAddress(address) === 'boolean'),
      { seed: 20261128, numRuns: 3000 },
    );
  });
});

describe('the list of allowed hosts', () => {
  it.each([
    ['127.0.0.1', 9000, ['127.0.0.1:9000'], true],
    ['127.0.0.1', 9001, ['127.0.0.1:9000'], false],
    ['127.0.0.1', 9001, ['127.0.0.1'], true],
    ['NAS.local', 80, ['nas.local'], true],
    ['nas.local.', 80, ['nas.local'], true],
    ['a.studio.lan', 80, ['*.studio.lan'], true],
    ['studio.lan', 80, ['*.studio.lan'], false],
    ['evilstudio.lan', 80, ['*.studio.lan'], false],
    ['::1', 8080, ['[::1]:8080'], true],
    ['[::1]', 8080, ['[::1]'], true],
    ['10.0.0.5', 80, [], false],
    ['10.0.0.5', 80, [''], false],
  ])('%s port %i on %j: %s', (host, port, allowed, expected) => {
    expect(isAllowedHost(host, port, allowed)).toBe(expected);
  });
});

describe('where a name leads is decided when connecting', () => {
  const answering = (...answers: readonly (readonly string[])[]): LookupFunction & { asked: number } => {
    const lookup = ((_hostname, options, callback) => {
      const addresses = answers[Math.min(lookup.asked++, answers.length - 1)] ?? [];
      const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
      if (options.all === true) callback(null, found);
      else callback(null, found[0]?.address ?? '', found[0]?.family ?? 4);
    }) as LookupFunction & { asked: number };
    lookup.asked = 0;
    return lookup;
  };

  async function failure(url: string, lookup: LookupFunction, allowedHosts: readonly string[] = []) {
    const client = networkClient({ allowedHosts, limits: { ...quickLimits, connectMs: 200 }, lookup });
    onTestFinished(() => client.close());
    try {
      const answer = await client.get(url, {}, AbortSignal.timeout(2000));
      answer.body.resume();
      return null;
    } catch (error) {
      return networkFailure(error, url);
    }
  }

  it('a public name with a private address is refused and the setting named', async () => {
    const server = await testServer({ '/a': 'secret' });
    const url = `http://media.example.com:${server.base.split(':')[2]}/a`;
    const error = await failure(url, answering(['127.0.0.1']));
    expect(error).toMatchObject({ code: 'ADDRESS_REFUSED', params: { ip: '127.0.0.1' } });
    expect(error?.message).toContain('media.example.com');
    expect(error?.message).toContain('mediaHosts');
    expect(server.requests).toEqual([]);
  });

  it('a name that was public a moment ago gains nothing (DNS rebinding)', async () => {
    const server = await testServer({ '/a': 'secret' });
    const url = `http://rebind.example.com:${server.base.split(':')[2]}/a`;
    // 192.0.2.1 would be refused; a public address that does not answer here is not needed: the second lookup is what counts.
    const lookup = answering(['10.0.0.1'], ['127.0.0.1']);
    expect(await failure(url, lookup)).toMatchObject({ code: 'ADDRESS_REFUSED' });
    expect(await failure(url, lookup)).toMatchObject({ code: 'ADDRESS_REFUSED', params: { ip: '127.0.0.1' } });
    expect(server.requests).toEqual([]);
  });

  it('of a name with public and private addresses only the public ones are tried', async () => {
    const server = await testServer({ '/a': 'secret' });
    const url = `http://mixed.example.com:${server.base.split(':')[2]}/a`;
    // TEST-NET and loopback are refused, 240.0.0.1 too: nothing is left.
    expect(await failure(url, answering(['127.0.0.1', '240.0.0.1', '::1']))).toMatchObject({ code: 'ADDRESS_REFUSED' });
    expect(server.requests).toEqual([]);
  });

  it('an allowed host may lead anywhere', async () => {
    const server = await testServer({ '/a': 'fine' });
    const port = server.base.split(':')[2];
    expect(await failure(`http://nas.lan:${port}/a`, answering(['127.0.0.1']), [`nas.lan:${port}`])).toBeNull();
    expect(server.requests).toHaveLength(1);
  });

  it('a name that does not exist is for later', async () => {
    const lookup = ((_hostname, _options, callback) => {
      callback(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), '', 0);
    }) as LookupFunction;
    expect(await failure('http://gone.example.com/a', lookup)).toMatchObject({
      code: 'DOWNLOAD_UNREACHABLE',
      class: 'retry_later',
      params: { reason: 'ENOTFOUND', address: 'gone.example.com/a' },
    });
  });

  it.each([
    'http://127.0.0.1:1/',
    'http://[::1]:1/',
    'http://[fe80::1]:1/',
    'http://0x7f.1:1/',
    'http://017700000001:1/',
  ])('the literal %s is refused without a lookup', async (url) => {
    const lookup = answering(['8.8.8.8']);
    expect(await failure(url, lookup)).toMatchObject({ code: 'ADDRESS_REFUSED' });
    expect(lookup.asked).toBe(0);
  });
});
