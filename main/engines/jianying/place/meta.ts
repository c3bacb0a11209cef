import type { MediaReference } from './content.ts';

/** What a draft's meta file and its entry in the client's index say; paths as the client sees them. */
export interface DraftMeta {
  readonly id: string;
  /** Equals the folder's name, or the tile is not found. */
  readonly name: string;
  readonly folder: string;
  readonly root: string;
  readonly contentFile: string;
  readonly durationUs: number;
  readonly nowUs: number;
  readonly media: readonly MediaReference[];
  readonly bytes: number;
}

const slashes = (path: string) => path.replaceAll('\\', '/');

/** `draft_meta_info.json`. Type 0 lists all local media: without it newer clients ask where the media are. */
export function draftMetaInfo(meta: DraftMeta): object {
  const list = meta.media
    .filter((media) => media.clientPath !== '')
    .map((media) => ({
      create_time: Math.floor(meta.nowUs / 1e6),
      duration: media.durationUs,
      extra_info: media.name,
      file_Path: slashes(media.clientPath),
      height: media.height,
      id: media.materialId,
      import_time: Math.floor(meta.nowUs / 1e6),
      import_time_ms: meta.nowUs,
      item_source: 1,
      md5: '',
      metetype: media.metetype,
      roughcut_time_range: { duration: media.durationUs, start: 0 },
      sub_time_range: { duration: -1, start: -1 },
      type: 0,
      width: media.width,
    }));
  return {
    cloud_package_completed_time: '',
    draft_cloud_capcut_purchase_info: '',
    draft_cloud_last_action_download: false,
    draft_cloud_materials: [],
    draft_cloud_purchase_info: '',
    draft_cloud_template_id: '',
    draft_cloud_tutorial_info: '',
    draft_cloud_videocut_purchase_info: '',
    draft_cover: '',
    draft_deeplink_url: '',
    draft_enterprise_info: {
      draft_enterprise_extra: '',
      draft_enterprise_id: '',
      draft_enterprise_name: '',
      enterprise_material: [],
    },
    draft_fold_path: slashes(meta.folder),
    draft_id: meta.id,
    draft_is_ai_packaging_used: false,
    draft_is_ai_shorts: false,
    draft_is_ai_translate: false,
    draft_is_article_video_draft: false,
    draft_is_from_deeplink: 'false',
    draft_is_invisible: false,
    draft_materials: [0, 1, 2, 3, 6, 7, 8].map((type) => ({ type, value: type === 0 ? list : [] })),
    draft_materials_copied_info: [],
    draft_name: meta.name,
    draft_new_version: '',
    draft_removable_storage_device: '',
    draft_root_path: slashes(meta.root),
    draft_segment_extra_info: [],
    draft_timeline_materials_size_: meta.bytes,
    draft_type: '',
    tm_draft_cloud_completed: '',
    tm_draft_cloud_modified: 0,
    tm_draft_create: meta.nowUs,
    tm_draft_modified: meta.nowUs,
    tm_draft_removed: 0,
    tm_duration: meta.durationUs,
  };
}

/** One entry of `root_meta_info.json`. */
export function indexEntry(meta: DraftMeta): Record<string, unknown> {
  return {
    cloud_draft_cover: false,
    cloud_draft_sync: false,
    draft_cloud_last_action_download: false,
    draft_cloud_purchase_info: '',
    draft_cloud_template_id: '',
    draft_cloud_tutorial_info: '',
    draft_cloud_videocut_purchase_info: '',
    draft_cover: '',
    draft_fold_path: slashes(meta.folder),
    draft_id: meta.id,
    draft_is_ai_shorts: false,
    draft_is_invisible: false,
    draft_json_file: slashes(meta.contentFile),
    draft_name: meta.name,
    draft_new_version: '',
    draft_root_path: slashes(meta.root),
    draft_timeline_materials_size: meta.bytes,
    draft_type: '',
    streaming_edit_draft_ready: true,
    tm_draft_cloud_completed: '',
    tm_draft_cloud_entry_id: -1,
    tm_draft_cloud_modified: 0,
    tm_draft_cloud_parent_entry_id: -1,
    tm_draft_cloud_space_id: -1,
    tm_draft_cloud_user_id: -1,
    tm_draft_create: meta.nowUs,
    tm_draft_modified: meta.nowUs,
    tm_draft_removed: 0,
    tm_duration: meta.durationUs,
  };
}
