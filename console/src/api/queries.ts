// SPDX-License-Identifier: Apache-2.0
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { chooseZone } from '../format/zone';
import { answer, api, rememberCsrf } from './client';
import { ApiError } from './problem';
import type { AlarmRuleBody, Campaign, CampaignBody, Job, JobBody, JobTargetState, Session } from './types';

const DEVICES_PER_PAGE = 100;
const EVENTS_PER_PAGE = 100;
const AUDIT_PER_PAGE = 100;
const JOBS_PER_PAGE = 50;
const TARGETS_PER_PAGE = 100;
/** Nobody announces how far a job is: it is asked for while the page shows one that goes on. */
const JOB_MOVES_MS = 1_500;
const JOBS_REST_MS = 10_000;
/** The server's own bound on one answer; a gateway of today holds a third of it. */
const TWIN_LIMIT = 10_000;
/** All that the server keeps of a device. */
const DIAGNOSTICS_KEPT = 100;
const DIAGNOSTIC_RUNS_MS = 1_000;

/** In which zone whoever is signed in reads times, before they read any; where it cannot be told it stays as it is. */
export async function readZone(): Promise<void> {
  const { data } = await api.GET('/api/v1/session/time-zone').catch(() => ({ data: undefined }));
  if (data) chooseZone(data.timeZone ?? undefined);
}

/** Who is signed in, as the server says; null where nobody is. */
export async function currentSession(): Promise<Session | null> {
  try {
    const session = await answer(api.GET('/api/v1/session'));
    rememberCsrf(session.csrf);
    await readZone();
    return session;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
  queryFn: currentSession,
});

/** Whether the session ended while somebody was at work: their page stays until they, or somebody else, sign in. */
export const sessionEndedQuery = queryOptions({
  queryKey: [...sessionQuery.queryKey, 'ended'],
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
  queryFn: () => false,
});

/** With a token, or with a person's name and password, and the tenant whose people they are of, `main` where it is left out. */
export async function signIn(
  shown: { token: string } | { user: string; password: string; tenant?: string },
): Promise<Session> {
  const session = await answer(api.POST('/api/v1/session', { body: shown }));
  rememberCsrf(session.csrf);
  await readZone();
  return session;
}

export async function signOut(): Promise<void> {
  await api.DELETE('/api/v1/session');
  rememberCsrf('');
}

export const summaryQuery = queryOptions({
  queryKey: ['summary'],
  staleTime: 5_000,
  refetchInterval: 30_000,
  queryFn: () => answer(api.GET('/api/v1/summary')),
});

/** What is wrong; asked for again while the page shows it, for much of it is announced by nobody. */
export const attentionQuery = queryOptions({
  queryKey: ['attention'],
  staleTime: 5_000,
  refetchInterval: 15_000,
  queryFn: ({ signal }) => answer(api.GET('/api/v1/fleet/attention', { signal })),
});

/** @param parameters whose values are wanted too, between commas */
export const devicesQuery = (q: string, sort: string, parameters = '') =>
  infiniteQueryOptions({
    queryKey: ['devices', q, sort, parameters],
    staleTime: 10_000,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/v1/devices', {
          params: {
            query: {
              q: q || undefined,
              sort,
              parameters: parameters || undefined,
              limit: DEVICES_PER_PAGE,
              cursor: pageParam || undefined,
            },
          },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

/** The devices of a query, counted by an attribute or a parameter. */
export const facetsQuery = (q: string, by: string) =>
  queryOptions({
    queryKey: ['devices', 'facets', q, by],
    staleTime: 10_000,
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/devices/facets', { params: { query: { q: q || undefined, by } }, signal })),
  });

export const groupsQuery = queryOptions({
  queryKey: ['groups'],
  staleTime: 10_000,
  queryFn: ({ signal }) => answer(api.GET('/api/v1/groups', { signal })),
});

/** One group with how many devices are in it now. */
export const groupQuery = (name: string) =>
  queryOptions({
    queryKey: ['groups', name],
    staleTime: 10_000,
    queryFn: ({ signal }) => answer(api.GET('/api/v1/groups/{name}', { params: { path: { name } }, signal })),
  });

export const deviceQuery = (id: string) =>
  queryOptions({
    queryKey: ['device', id],
    staleTime: 10_000,
    queryFn: ({ signal }) => answer(api.GET('/api/v1/devices/{id}', { params: { path: { id } }, signal })),
  });

export const schemaQuery = (id: string) =>
  queryOptions({
    queryKey: ['schema', id],
    staleTime: 300_000,
    queryFn: ({ signal }) => answer(api.GET('/api/v1/devices/{id}/schema', { params: { path: { id } }, signal })),
  });

export const twinKey = (id: string) => ['twin', id];

export const twinQuery = (id: string) =>
  queryOptions({
    queryKey: twinKey(id),
    staleTime: 30_000,
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/devices/{id}/twin', {
          params: { path: { id }, query: { path: 'Device.', limit: TWIN_LIMIT } },
          signal,
        }),
      ),
  });

export const readKey = (id: string) => ['read', id];

/** One path as the device itself answers now, for what its twin cannot know: a clock runs on without a notification. */
export const readQuery = (id: string, path: string) =>
  queryOptions({
    queryKey: [...readKey(id), path],
    staleTime: 60_000,
    retry: false,
    queryFn: async ({ signal }) => ({
      at: Date.now(),
      answer: await answer(
        api.POST('/api/v1/devices/{id}/usp/get', {
          params: { path: { id } },
          body: { paths: [path], maxDepth: 0 },
          signal,
        }),
      ),
    }),
  });

export const subscriptionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['subscriptions', id],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/devices/{id}/subscriptions', { params: { path: { id } }, signal })),
  });

/** Counted over a day, so it changes slowly. */
export const healthQuery = (id: string) =>
  queryOptions({
    queryKey: ['health', id],
    refetchInterval: 60_000,
    queryFn: ({ signal }) => answer(api.GET('/api/v1/devices/{id}/health', { params: { path: { id } }, signal })),
  });

/** Who was refused; asked for again every few seconds while the page shows it, since nobody announces it. */
export const refusedQuery = queryOptions({
  queryKey: ['refused'],
  staleTime: 2_000,
  refetchInterval: 5_000,
  queryFn: ({ signal }) => answer(api.GET('/api/v1/refused', { signal })),
});

/** Event history, newest first; of one device, or of the whole fleet. */
export const eventsQuery = (device: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['events', device ?? ''],
    staleTime: 0,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: EVENTS_PER_PAGE, cursor: pageParam || undefined };
      return device
        ? answer(api.GET('/api/v1/devices/{id}/events', { params: { path: { id: device }, query }, signal }))
        : answer(api.GET('/api/v1/events', { params: { query }, signal }));
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const isOpen = (job: Job): boolean => ['waiting', 'running', 'paused'].includes(job.state);
const moves = (job: Job): boolean => job.state === 'running' || job.state === 'waiting';

/** Jobs, newest first; asked for again while one of those that are loaded goes on. */
export const jobsQuery = infiniteQueryOptions({
  queryKey: ['jobs'],
  staleTime: 1_000,
  initialPageParam: '',
  queryFn: ({ pageParam, signal }) =>
    answer(
      api.GET('/api/v1/jobs', { params: { query: { limit: JOBS_PER_PAGE, cursor: pageParam || undefined } }, signal }),
    ),
  getNextPageParam: (page) => page.nextCursor ?? undefined,
  refetchInterval: ({ state }) =>
    state.data?.pages.some((page) => page.items.some(moves)) ? JOB_MOVES_MS : JOBS_REST_MS,
});

export const jobQuery = (id: number) =>
  queryOptions({
    queryKey: ['job', id],
    staleTime: 1_000,
    queryFn: ({ signal }) => answer(api.GET('/api/v1/jobs/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data && !moves(state.data) ? false : JOB_MOVES_MS),
  });

/** The devices of a job, by id; of one state, or all. When the job ends, they are asked for once more. */
export const targetsQuery = (id: number, state: JobTargetState | undefined, live: boolean) =>
  infiniteQueryOptions({
    queryKey: ['job', id, 'targets', state ?? '', live],
    staleTime: 1_000,
    refetchInterval: live ? JOB_MOVES_MS : false,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/v1/jobs/{id}/targets', {
          params: { path: { id }, query: { state, limit: TARGETS_PER_PAGE, cursor: pageParam || undefined } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

/** Which devices a job would concern; nothing is done. */
export const previewQuery = (body: JobBody) =>
  queryOptions({
    queryKey: ['jobs', 'preview', body],
    staleTime: 5_000,
    retry: false,
    queryFn: ({ signal }) => answer(api.POST('/api/v1/jobs/preview', { body, signal })),
  });

const ADMIN_STALE_MS = 5_000;

export const usersQuery = queryOptions({
  queryKey: ['users'],
  staleTime: ADMIN_STALE_MS,
  queryFn: ({ signal }) => answer(api.GET('/api/v1/users', { signal })),
});

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  staleTime: ADMIN_STALE_MS,
  queryFn: ({ signal }) => answer(api.GET('/api/v1/tokens', { signal })),
});

export const openSessionsQuery = queryOptions({
  queryKey: ['sessions'],
  staleTime: ADMIN_STALE_MS,
  queryFn: ({ signal }) => answer(api.GET('/api/v1/sessions', { signal })),
});

export interface AuditSearch {
  user?: string;
  device?: string;
  action?: string;
  text?: string;
}

/** Who did what, newest first. */
export const auditQuery = (search: AuditSearch) =>
  infiniteQueryOptions({
    queryKey: ['audit', search],
    staleTime: 1_000,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/v1/audit', {
          params: { query: { ...search, limit: AUDIT_PER_PAGE, cursor: pageParam || undefined } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const profilesQuery = queryOptions({
  queryKey: ['profiles'],
  staleTime: 5_000,
  queryFn: ({ signal }) => answer(api.GET('/api/v1/profiles', { signal })),
});

export const profileVersionsQuery = (name: string) =>
  queryOptions({
    queryKey: ['profiles', name, 'versions'],
    staleTime: 5_000,
    retry: false,
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/profiles/{name}/versions', { params: { path: { name } }, signal })),
  });

/** What profiles want of one device, beside what is known of it. */
export const deviceProfileQuery = (id: string) =>
  queryOptions({
    queryKey: ['device', id, 'profile'],
    staleTime: 5_000,
    queryFn: ({ signal }) => answer(api.GET('/api/v1/devices/{id}/profile', { params: { path: { id } }, signal })),
  });

/** Profiles are written as YAML, which is sent as it is. */
const yaml = (text: string) =>
  ({
    body: text,
    bodySerializer: (body: string) => body,
    headers: { 'Content-Type': 'application/yaml' },
  }) as const;

export const planProfiles = (text: string) => answer(api.POST('/api/v1/profiles/plan', yaml(text)));

export const applyProfiles = (text: string) => answer(api.POST('/api/v1/profiles/apply', yaml(text)));

/** How far a device is on its way from TR-069 to USP; its state is "none" where nobody asked it to move. */
export const migrationQuery = (id: string) =>
  queryOptions({
    queryKey: ['device', id, 'migration'],
    staleTime: 1_000,
    retry: false,
    queryFn: ({ signal }) => answer(api.GET('/api/v1/devices/{id}/migration', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data && !state.data.ended ? JOB_MOVES_MS : false),
  });

/** With what a device of TR-069 has to show who it is. */
export const proofQuery = (id: string) =>
  queryOptions({
    queryKey: ['device', id, 'proof'],
    retry: false,
    queryFn: ({ signal }) => answer(api.GET('/api/v1/devices/{id}/cwmp-proof', { params: { path: { id } }, signal })),
  });

export const diagnosticsKey = (id: string) => ['device', id, 'diagnostics'];

/** What a device measured, the newest first; asked for again while it measures. */
export const diagnosticsQuery = (id: string) =>
  queryOptions({
    queryKey: diagnosticsKey(id),
    staleTime: 1_000,
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/devices/{id}/diagnostics', {
          params: { path: { id }, query: { limit: DIAGNOSTICS_KEPT } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) =>
      state.data?.items.some((run) => run.state === 'running') ? DIAGNOSTIC_RUNS_MS : false,
  });

/** Whether it does something by itself now. */
export const isAtWork = ({ state }: Campaign): boolean => state === 'running' || state === 'rolling-back';

/** Campaigns, the newest first. */
export const campaignsQuery = infiniteQueryOptions({
  queryKey: ['campaigns'],
  staleTime: 1_000,
  initialPageParam: '',
  queryFn: ({ pageParam, signal }) =>
    answer(
      api.GET('/api/v1/campaigns', {
        params: { query: { limit: JOBS_PER_PAGE, cursor: pageParam || undefined } },
        signal,
      }),
    ),
  getNextPageParam: (page) => page.nextCursor ?? undefined,
  refetchInterval: ({ state }) =>
    state.data?.pages.some((page) => page.items.some(isAtWork)) ? JOB_MOVES_MS : JOBS_REST_MS,
});

export const campaignQuery = (id: number) =>
  queryOptions({
    queryKey: ['campaign', id],
    staleTime: 1_000,
    queryFn: ({ signal }) => answer(api.GET('/api/v1/campaigns/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data && isAtWork(state.data) ? JOB_MOVES_MS : JOBS_REST_MS),
  });

/** How updated devices do beside the others. */
export const campaignHealthQuery = (id: number, live: boolean) =>
  queryOptions({
    queryKey: ['campaign', id, 'health', live],
    staleTime: 1_000,
    queryFn: ({ signal }) => answer(api.GET('/api/v1/campaigns/{id}/health', { params: { path: { id } }, signal })),
    refetchInterval: live ? JOBS_REST_MS : false,
  });

/** Where its devices are on their way to USP. */
export const campaignFunnelQuery = (id: number, live: boolean) =>
  queryOptions({
    queryKey: ['campaign', id, 'funnel', live],
    staleTime: 1_000,
    queryFn: ({ signal }) => answer(api.GET('/api/v1/campaigns/{id}/funnel', { params: { path: { id } }, signal })),
    refetchInterval: live ? JOB_MOVES_MS : JOBS_REST_MS,
  });

/** @param step only devices that are there on their way to USP; undefined for all */
export const campaignReportQuery = (id: number, live: boolean, step: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['campaign', id, 'report', live, step],
    staleTime: 1_000,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/v1/campaigns/{id}/report', {
          params: { path: { id }, query: { limit: TARGETS_PER_PAGE, cursor: pageParam || undefined, step } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: live ? JOBS_REST_MS : false,
  });

/** What would happen if it were made and started now; nothing is done. */
export const newCampaignPreviewQuery = (body: CampaignBody) =>
  queryOptions({
    queryKey: ['campaigns', 'preview', body],
    staleTime: 5_000,
    retry: false,
    queryFn: ({ signal }) => answer(api.POST('/api/v1/campaigns/preview', { body, signal })),
  });

/** The same of one that is made. */
export const campaignPreviewQuery = (id: number) =>
  queryOptions({
    queryKey: ['campaign', id, 'preview'],
    staleTime: 1_000,
    queryFn: ({ signal }) => answer(api.GET('/api/v1/campaigns/{id}/preview', { params: { path: { id } }, signal })),
  });

export interface AlarmSearch {
  state?: 'open' | 'cleared';
  severity?: string;
  rule?: string;
  device?: string;
}

const ALARMS_PER_PAGE = 100;

/** Alarms, the newest first. */
export const alarmsQuery = (search: AlarmSearch) =>
  infiniteQueryOptions({
    queryKey: ['alarms', search],
    staleTime: 1_000,
    refetchInterval: JOBS_REST_MS,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/v1/alarms', {
          params: { query: { ...search, limit: ALARMS_PER_PAGE, cursor: pageParam || undefined } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

/** One alarm, with what people said of it. */
export const alarmQuery = (id: number) =>
  queryOptions({
    queryKey: ['alarms', 'one', id],
    staleTime: 1_000,
    queryFn: ({ signal }) => answer(api.GET('/api/v1/alarms/{id}', { params: { path: { id } }, signal })),
  });

export const alarmRulesQuery = queryOptions({
  queryKey: ['alarm-rules'],
  staleTime: 5_000,
  refetchInterval: JOBS_REST_MS,
  queryFn: ({ signal }) => answer(api.GET('/api/v1/alarm-rules', { signal })),
});

/** Whom a rule would concern now; nothing is done. */
export const alarmRulePreviewQuery = (body: AlarmRuleBody) =>
  queryOptions({
    queryKey: ['alarm-rules', 'preview', body],
    staleTime: 5_000,
    retry: false,
    queryFn: ({ signal }) => answer(api.POST('/api/v1/alarm-rules/preview', { body, signal })),
  });
