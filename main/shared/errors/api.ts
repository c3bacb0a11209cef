import type { ErrorEntry } from './types.ts';

/** Failures of the HTTP side: what a request, its sender or the listening address can be wrong about. */
export const apiErrors = {
  // Listening
  PORT_TAKEN: {
    class: 'operator',
    zh: '端口 {port} 已被其他程序占用，渲染站无法启动。请关闭占用该端口的程序，或在设置中修改「port」。',
    en: 'Port {port} is taken by another program, so the station cannot start. Close that program or change the setting "port".',
  },
  PORT_FORBIDDEN: {
    class: 'operator',
    zh: '系统不允许监听端口 {port}。请在设置中把「port」改为 1024 以上的端口。',
    en: 'The system does not allow listening on port {port}. Change the setting "port" to one above 1024.',
  },
  ADDRESS_UNAVAILABLE: {
    class: 'operator',
    zh: '本机没有地址 {host}，渲染站无法监听。请在设置中修改「host」，例如 127.0.0.1。',
    en: 'This machine has no address {host}, so the station cannot listen there. Change the setting "host", for example to 127.0.0.1.',
  },

  // Who may call
  HOST_REFUSED: {
    class: 'never',
    zh: '不接受以主机名 {host} 访问。如果这是您的隧道或域名，请把它加入设置「allowedHosts」。',
    en: 'Calls under the host name {host} are refused. If it is your tunnel or domain, add it to the setting "allowedHosts".',
  },
  ORIGIN_REFUSED: {
    class: 'never',
    zh: '不接受来自网页 {origin} 的请求。如果您信任该网页，请把它的主机名加入设置「allowedHosts」。',
    en: 'Requests from the web page {origin} are refused. If you trust it, add its host to the setting "allowedHosts".',
  },
  API_KEY_MISSING: {
    class: 'never',
    zh: '需要 API Key。请在请求头 Authorization: Bearer 或参数 apiKey 中提供。',
    en: 'An API key is needed. Send it in the header "Authorization: Bearer" or as apiKey.',
  },
  API_KEY_WRONG: {
    class: 'never',
    zh: 'API Key 不正确。请与渲染站设置中的「apiKey」核对。',
    en: 'The API key is wrong. Compare it with the setting "apiKey" of the station.',
  },
  API_KEY_UNSET: {
    class: 'never',
    zh: '渲染站对局域网开放，但尚未设置 API Key，因此不接受调用。请在渲染站的设置「apiKey」中填写一个。',
    en: 'The station is open to the network but has no API key, so calls are refused. Set "apiKey" in the settings of the station.',
  },
  TOKEN_MISSING: {
    class: 'never',
    zh: '需要渲染站令牌。请用渲染站启动时显示的带 token 的地址打开，或在请求头 Authorization: Bearer 中提供。',
    en: 'The token of the station is needed. Open the address with ?token= that the station prints, or send it in the header "Authorization: Bearer".',
  },
  TOKEN_WRONG: {
    class: 'never',
    zh: '渲染站令牌不正确。请重新用渲染站启动时显示的带 token 的地址打开。',
    en: 'The token of the station is wrong. Open the address with ?token= that the station prints.',
  },
  TOO_MANY_FAILURES: {
    class: 'retry_later',
    zh: '密钥错误次数过多，请在 {seconds} 秒后重试。',
    en: 'Too many wrong keys. Try again in {seconds} s.',
  },

  // What was sent
  REQUEST_UNREADABLE: {
    class: 'never',
    zh: '请求不是完整、合法的 HTTP 请求，或请求头过大。请检查调用工具的设置。',
    en: 'The request is not complete and valid HTTP, or its headers are too large. Check the tool that sent it.',
  },
  ROUTE_UNKNOWN: {
    class: 'never',
    zh: '没有这个接口：{path}。请核对地址，接口列表见 /openapi.json。',
    en: 'There is nothing at {path}. Check the address; /openapi.json lists the interface.',
  },
  METHOD_UNKNOWN: {
    class: 'never',
    zh: '{path} 不支持 {method} 方法，请使用 {allowed}。',
    en: '{path} does not support {method}; use {allowed}.',
  },
  BODY_MISSING: {
    class: 'never',
    zh: '请求体为空。请以 application/json 发送参数，例如 {"draft_url":"..."}。',
    en: 'The request has no body. Send the parameters as application/json, for example {"draft_url":"..."}.',
  },
  BODY_NOT_JSON: {
    class: 'never',
    zh: '请求头 Content-Type 必须是 application/json，收到的是 {type}。',
    en: 'The header Content-Type must be application/json, but is {type}.',
  },
  BODY_ENCODED: {
    class: 'never',
    zh: '不支持压缩的请求体（Content-Encoding: {encoding}）。请直接发送 JSON。',
    en: 'Compressed bodies (Content-Encoding: {encoding}) are not supported. Send plain JSON.',
  },
  BODY_NOT_UTF8: {
    class: 'never',
    zh: '请求体不是 UTF-8 编码。请以 UTF-8 发送 JSON（Windows 命令行默认是 GBK）。',
    en: 'The body is not UTF-8. Send the JSON in UTF-8 (the Windows command line uses another code page).',
  },
  BODY_MALFORMED: {
    class: 'never',
    zh: '请求体不是合法的 JSON。请检查引号、逗号和括号。',
    en: 'The body is not valid JSON. Check its quotes, commas and braces.',
  },
  BODY_TOO_LARGE: {
    class: 'never',
    zh: '请求体超过 {limit}，已拒绝。请只发送接口需要的参数。',
    en: 'The body is larger than {limit} and was refused. Send only the parameters that the interface needs.',
  },
  BODY_INVALID: {
    class: 'never',
    zh: '参数不正确：{zh}。请按接口文档修改后重试。',
    en: 'A parameter is wrong: {en}. Correct it and try again.',
  },
  DRAFT_URL_MISSING: {
    class: 'never',
    zh: '缺少参数 draft_url。请在请求体中提供草稿链接。',
    en: 'The parameter draft_url is missing. Send the link of the draft in the body.',
  },
  DRAFT_URL_NOT_TEXT: {
    class: 'never',
    zh: '参数 draft_url 必须是字符串。',
    en: 'The parameter draft_url must be a string.',
  },
  DRAFT_URL_EMPTY: {
    class: 'never',
    zh: 'draft_url 参数不能为空。请填写草稿链接。',
    en: 'The parameter draft_url is empty. Give the link of the draft.',
  },
  DRAFT_URL_TOO_LONG: {
    class: 'never',
    zh: '参数 draft_url 超过 {limit} 字节。请检查是否误传了草稿内容而不是链接。',
    en: 'The parameter draft_url is longer than {limit} bytes. Check that it is a link and not the draft itself.',
  },
  SETTINGS_INVALID: {
    class: 'never',
    zh: '设置有误：{zh}。设置未改变。',
    en: 'The settings are not valid: {en}. Nothing was changed.',
  },

  // What was asked for
  VIDEO_TASK_UNKNOWN: {
    class: 'never',
    zh: '指定的草稿URL没有对应的视频生成任务。请先通过 gen_video 接口提交。',
    en: 'There is no task for this draft_url. Submit it through gen_video first.',
  },
  TASK_UNKNOWN: {
    class: 'never',
    zh: '没有编号为 {id} 的任务，可能已被移除。请刷新列表。',
    en: 'There is no task {id}; it may have been removed. Refresh the list.',
  },
  TASK_FINISHED: {
    class: 'never',
    zh: '任务 {id} 已经结束，无法取消。',
    en: 'Task {id} has already finished and cannot be cancelled.',
  },
  TASK_LIVE: {
    class: 'never',
    zh: '任务 {id} 尚未结束。请先取消，再移除。',
    en: 'Task {id} has not finished. Cancel it before removing it.',
  },
  TASK_NOT_WAITING: {
    class: 'never',
    zh: '任务 {id} 不在等待中，无法调整顺序。请刷新列表。',
    en: 'Task {id} is not waiting, so it cannot be moved. Refresh the list.',
  },
  TASK_UNFINISHED: {
    class: 'never',
    zh: '任务 {id} 尚未结束，还没有结果可以通知。请等它结束。',
    en: 'Task {id} has not ended, so there is no result to tell. Wait until it has.',
  },
  WEBHOOK_UNSET: {
    class: 'never',
    zh: '没有设置「完成通知地址」，无法发送。请先在设置中填写。',
    en: 'No notify address is set, so nothing can be sent. Fill it in in the settings first.',
  },
  TASK_FILE_UNKNOWN: {
    class: 'never',
    zh: '任务没有名为 {name} 的文件，可能已按保留期限清理。',
    en: 'The task has no file called {name}; it may have been cleaned up.',
  },
  VIDEO_UNKNOWN: {
    class: 'never',
    zh: '没有视频 {name}，可能已按保留期限清理。需要时请重新提交草稿。',
    en: 'There is no video {name}; it may have been cleaned up. Submit the draft again if you need it.',
  },
  RANGE_UNSATISFIABLE: {
    class: 'never',
    zh: '请求的字节范围超出了文件大小。请重新下载整个文件。',
    en: 'The requested byte range lies outside the file. Download the whole file again.',
  },
  UPLOAD_UNSUPPORTED: {
    class: 'never',
    zh: '不支持上传 {name}。请上传草稿的 zip 或 json 文件。',
    en: '{name} cannot be uploaded. Upload a draft as a zip or json file.',
  },
  UPLOAD_TOO_LARGE: {
    class: 'never',
    zh: '上传的文件超过 {limitMb} MB，已拒绝。可在设置中调整「maxDraftMb」。',
    en: 'The uploaded file is larger than {limitMb} MB and was refused. The limit is the setting "maxDraftMb".',
  },
} as const satisfies Record<string, ErrorEntry>;
