import { describe, expect, it } from 'vitest';
import { LruCache } from '../../../../main/engines/embedded/text/lru.ts';

describe('LruCache', () => {
  it('drops the least recently used beyond its weight', () => {
    const cache = new LruCache<string>(10);
    cache.set('a', 'A', 4);
    cache.set('b', 'B', 4);
    cache.get('a');
    cache.set('c', 'C', 4);
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual(['A', undefined, 'C']);
    expect(cache.weight).toBe(8);
  });

  it('does not keep what is heavier than the whole', () => {
    const cache = new LruCache<string>(10);
    cache.set('a', 'A', 4);
    cache.set('b', 'B', 11);
    expect([cache.get('a'), cache.get('b')]).toEqual(['A', undefined]);
  });

  it('replaces a value and its weight', () => {
    const cache = new LruCache<string>(10);
    cache.set('a', 'A', 9);
    cache.set('a', 'AA', 2);
    expect(cache.get('a')).toBe('AA');
    expect(cache.weight).toBe(2);
  });
});
