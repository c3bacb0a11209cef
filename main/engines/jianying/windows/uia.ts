import {
  failureOfHresult,
  type Outcome,
  type Rect,
  type Tree,
  type TreeDetail,
  type UiElement,
  UiFailure,
} from '../ui/backend.ts';
import { declare, koffi, load, type Pointer, pointerRoom } from './native.ts';

/**
 * UI Automation through its COM vtables. Slots and ids are Microsoft's published interface (UIAutomationClient.idl);
 * string conditions and patterns are not used for finding: a window's whole tree is read at once and searched here.
 */
const slots = {
  unknown: { queryInterface: 0, release: 2 },
  automation: {
    elementFromHandle: 6,
    elementFromHandleCached: 10,
    rawViewCondition: 17,
    cacheRequest: 20,
    trueCondition: 21,
  },
  automation2: { connectionTimeout: 61, transactionTimeout: 63 },
  element: { findAllCached: 8, currentValue: 11, cachedValue: 13, pattern: 16 },
  array: { length: 3, get: 4 },
  request: { addProperty: 3, treeFilter: 9 },
  invoke: { invoke: 3 },
} as const;

const property = {
  rect: 30001,
  type: 30003,
  name: 30005,
  enabled: 30010,
  automationId: 30011,
  className: 30012,
  offscreen: 30022,
  description: 30159,
} as const;
const invokePattern = 10000;
const descendants = 4;

const ole32 = load('ole32.dll');
const oleaut32 = load('oleaut32.dll');
const CoInitializeEx = declare<number, [null, number]>(ole32, 'CoInitializeEx', 'int32', ['void *', 'uint32']);
const CoCreateInstance = declare<number, [Buffer, null, number, Buffer, Buffer]>(ole32, 'CoCreateInstance', 'uint32', [
  'void *',
  'void *',
  'uint32',
  'void *',
  'void *',
]);
const SysStringLen = declare<number, [Pointer]>(oleaut32, 'SysStringLen', 'uint32', ['void *']);
const VariantClear = declare<number, [Buffer]>(oleaut32, 'VariantClear', 'int32', ['void *']);

function guid(text: string): Buffer {
  const bytes = Buffer.from(text.replaceAll('-', ''), 'hex');
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  return bytes;
}

const ids = {
  automationClass: guid('ff48dba4-60ef-4201-aa87-54103eef594e'),
  automation: guid('30cbe57d-d9d0-452a-ab13-7ac5ac4825ee'),
  automation8Class: guid('e22ad333-b25f-460c-83d0-0581107395c9'),
  automation2: guid('34723aff-0c9d-49d0-9896-7ab52df8cd8a'),
  invoke: guid('fb377fbe-8ea6-46d5-9c73-6499642d3059'),
};

const prototypes = new Map<string, ReturnType<typeof koffi.proto>>();

/** Calls a method by its slot; the HRESULT is returned. */
function callMethod(object: Pointer, slot: number, types: readonly string[], args: readonly unknown[]): number {
  const key = types.join();
  let prototype = prototypes.get(key);
  if (!prototype) {
    prototype = koffi.proto('__stdcall', `Method${prototypes.size}`, 'uint32', ['void *', ...types]);
    prototypes.set(key, prototype);
  }
  const table = koffi.decode(object, 'void *') as Pointer;
  const method = koffi.decode(table, slot * 8, 'void *') as Pointer;
  return koffi.call(method, prototype, object, ...args) as number;
}

const notImplemented = 0x80004001;
const failed = (hresult: number) => hresult >>> 0 >= 0x80000000;

function must(hresult: number, what: string): void {
  if (failed(hresult)) throw new UiFailure(failureOfHresult(hresult), `${what}: 0x${(hresult >>> 0).toString(16)}`);
}

/** The interface pointer that a call wrote. */
function got(room: Buffer, what: string): Pointer {
  const pointer = room.readBigUInt64LE(0);
  if (pointer === 0n) throw new UiFailure('transient', `${what}: nothing`);
  return pointer;
}

function release(object: Pointer): void {
  if (object !== 0n) callMethod(object, slots.unknown.release, [], []);
}

/** What deciding needs. Under an emulated system every property of every control costs a call to the client. */
const driving: readonly number[] = [property.rect, property.name, property.offscreen, property.description];

/** What is read of every control in one go, in the raw view. */
function request(automation: Pointer, properties: readonly number[]): Pointer {
  const room = pointerRoom();
  must(callMethod(automation, slots.automation.cacheRequest, ['void *'], [room]), 'CreateCacheRequest');
  const made = got(room, 'CreateCacheRequest');
  for (const id of properties) must(callMethod(made, slots.request.addProperty, ['int'], [id]), `AddProperty ${id}`);
  // The raw view: the client's labels are not part of the control view. Optional: some systems always use it.
  if (!failed(callMethod(automation, slots.automation.rawViewCondition, ['void *'], [room]))) {
    const raw = room.readBigUInt64LE(0);
    if (raw !== 0n) {
      callMethod(made, slots.request.treeFilter, ['void *'], [raw]);
      release(raw);
    }
  }
  return made;
}

function create() {
  CoInitializeEx(null, 0);
  const room = pointerRoom();
  const newer = CoCreateInstance(ids.automation8Class, null, 1, ids.automation2, room);
  if (failed(newer)) must(CoCreateInstance(ids.automationClass, null, 1, ids.automation, room), 'CoCreateInstance');
  const automation = got(room, 'CoCreateInstance');
  if (!failed(newer)) {
    // The defaults (2 s and 20 s) let a hung client block for too long; where they cannot be set the deadline remains.
    callMethod(automation, slots.automation2.connectionTimeout, ['uint32'], [2_000]);
    callMethod(automation, slots.automation2.transactionTimeout, ['uint32'], [6_000]);
  }
  must(callMethod(automation, slots.automation.trueCondition, ['void *'], [room]), 'CreateTrueCondition');
  const everything = got(room, 'CreateTrueCondition');
  return {
    automation,
    everything,
    requests: { driving: request(automation, driving), full: request(automation, Object.values(property)) },
  };
}

type Value = string | number | boolean | Rect | null;

/** One property, by the `…Ex` call of that slot. VARIANT: 24 bytes, type at 0, value at 8. */
function readValue(element: Pointer, slot: number, id: number): Value {
  const variant = Buffer.alloc(24);
  if (failed(callMethod(element, slot, ['int', 'int', 'void *'], [id, 1, variant]))) return null;
  const type = variant.readUInt16LE(0);
  let value: Value = null;
  if (type === 3) value = variant.readInt32LE(8);
  if (type === 11) value = variant.readInt16LE(8) !== 0;
  if (type === 8) {
    const text = variant.readBigUInt64LE(8);
    const length = text === 0n ? 0 : SysStringLen(text);
    value = length === 0 ? '' : (koffi.decode(text, koffi.array('char16', length, 'String')) as string);
  }
  if (type === 0x2005) value = rectOf(variant.readBigUInt64LE(8));
  VariantClear(variant);
  return value;
}

/** SAFEARRAY of four doubles: left, top, width, height; its data pointer stands at 16. */
function rectOf(array: Pointer): Rect | null {
  const data = koffi.decode(array, 16, 'void *') as Pointer;
  const [left = 0, top = 0, width = 0, height = 0] = [0, 8, 16, 24].map(
    (offset) => koffi.decode(data, offset, 'double') as number,
  );
  if (![left, top, width, height].every(Number.isFinite) || width <= 0 || height <= 0) return null;
  return { left: Math.round(left), top: Math.round(top), width: Math.round(width), height: Math.round(height) };
}

const text = (value: Value) => (typeof value === 'string' ? value : '');

function describe(element: Pointer, index: number, slot: number): UiElement {
  const read = (id: number) => readValue(element, slot, id);
  const rect = read(property.rect);
  const type = read(property.type);
  return {
    index,
    type: typeof type === 'number' ? type : 0,
    name: text(read(property.name)),
    className: text(read(property.className)),
    description: text(read(property.description)),
    automationId: text(read(property.automationId)),
    rect: typeof rect === 'object' ? rect : null,
    offscreen: read(property.offscreen) === true,
    enabled: read(property.enabled) !== false,
  };
}

/** A window's own element where nothing can be cached: every property is a call to the client, so only what is used. */
function describeLive(root: Pointer): UiElement {
  const className = readValue(root, slots.element.currentValue, property.className);
  const rect = readValue(root, slots.element.currentValue, property.rect);
  return {
    index: 0,
    type: 50032,
    name: '',
    className: text(className),
    description: '',
    automationId: '',
    rect: typeof rect === 'object' ? rect : null,
    offscreen: false,
    enabled: true,
  };
}

const treesKept = 8;

/** Reads windows' control trees and presses controls in them. */
export class Automation {
  #core: ReturnType<typeof create> | null = null;
  #nextId = 1;
  /** Elements of the last trees, for `invoke`. */
  readonly #elements = new Map<number, Pointer[]>();

  tree(hwnd: number, detail: TreeDetail): Tree {
    this.#core ??= create();
    const { requests, everything } = this.#core;
    const room = pointerRoom();
    const { root, cached } = this.#window(hwnd, detail);
    const held: Pointer[] = [root];
    const elements = [cached ? describe(root, 0, slots.element.cachedValue) : describeLive(root)];
    const found = callMethod(
      root,
      slots.element.findAllCached,
      ['int', 'void *', 'void *', 'void *'],
      [descendants, everything, requests[detail], room],
    );
    if (failed(found)) release(root);
    must(found, 'FindAllBuildCache');
    const array = room.readBigUInt64LE(0);
    // No descendants at all: a null array is how some systems say it.
    if (array !== 0n) {
      const count = Buffer.alloc(4);
      must(callMethod(array, slots.array.length, ['void *'], [count]), 'Length');
      for (let i = 0; i < count.readInt32LE(0); i++) {
        if (failed(callMethod(array, slots.array.get, ['int', 'void *'], [i, room]))) continue;
        const element = room.readBigUInt64LE(0);
        if (element === 0n) continue;
        held.push(element);
        elements.push(describe(element, held.length - 1, slots.element.cachedValue));
      }
      release(array);
    }
    const id = this.#nextId++;
    this.#elements.set(id, held);
    this.#forgetOld();
    return { id, hwnd, elements };
  }

  /** The window's own element, with its properties cached where the system can do that for windows. */
  #window(hwnd: number, detail: TreeDetail): { root: Pointer; cached: boolean } {
    this.#core ??= create();
    const { automation, requests } = this.#core;
    const { elementFromHandle, elementFromHandleCached } = slots.automation;
    const room = pointerRoom();
    // Its class is all that deciding needs of it: one call.
    if (detail === 'full') {
      const result = callMethod(
        automation,
        elementFromHandleCached,
        ['intptr', 'void *', 'void *'],
        [hwnd, requests.full, room],
      );
      if (!failed(result)) return { root: got(room, 'ElementFromHandleBuildCache'), cached: true };
      if (result >>> 0 !== notImplemented) must(result, 'ElementFromHandleBuildCache');
    }
    must(callMethod(automation, elementFromHandle, ['intptr', 'void *'], [hwnd, room]), 'ElementFromHandle');
    return { root: got(room, 'ElementFromHandle'), cached: false };
  }

  #forgetOld(): void {
    for (const [id, held] of this.#elements) {
      if (this.#elements.size <= treesKept) return;
      for (const element of held) release(element);
      this.#elements.delete(id);
    }
  }

  /** Presses a control if it offers Invoke. */
  invoke(tree: number, index: number): Outcome {
    const element = this.#elements.get(tree)?.[index];
    if (element === undefined) throw new UiFailure('gone', 'that tree is not kept any more');
    const room = pointerRoom();
    if (failed(callMethod(element, slots.element.pattern, ['int', 'void *'], [invokePattern, room])))
      return 'unsupported';
    const unknown = room.readBigUInt64LE(0);
    if (unknown === 0n) return 'unsupported';
    const queried = callMethod(unknown, slots.unknown.queryInterface, ['void *', 'void *'], [ids.invoke, room]);
    release(unknown);
    if (failed(queried)) return 'unsupported';
    const pattern = room.readBigUInt64LE(0);
    const pressed = callMethod(pattern, slots.invoke.invoke, [], []);
    release(pattern);
    must(pressed, 'Invoke');
    return 'done';
  }
}
