// SPDX-License-Identifier: Apache-2.0
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { readAdminSearch } from '../admin/search';
import { readAlarmsSearch } from '../alarms/search';
import { readDevicesSearch } from '../devices/search';
import { readEventsSearch } from '../events/search';
import { readJobSearch, readNewJobSearch } from '../jobs/search';
import { readOnboardSearch } from '../onboarding/search';
import { NotFound } from './NotFound';
import { Shell } from './Shell';
import { readDeviceSearch, readSpan } from './search';

const rootRoute = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  validateSearch: readSpan,
  component: lazyRouteComponent(() => import('../home/HomePage'), 'HomePage'),
});

const devicesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/devices',
  validateSearch: readDevicesSearch,
  component: lazyRouteComponent(() => import('../devices/DevicesPage'), 'DevicesPage'),
});

const deviceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/devices/$id',
  validateSearch: readDeviceSearch,
  component: lazyRouteComponent(() => import('../device/DevicePage'), 'DevicePage'),
});

const onboardRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/onboard',
  validateSearch: readOnboardSearch,
  component: lazyRouteComponent(() => import('../onboarding/OnboardPage'), 'OnboardPage'),
});

const eventsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/events',
  validateSearch: readEventsSearch,
  component: lazyRouteComponent(() => import('../events/EventsPage'), 'EventsPage'),
});

const jobsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/jobs',
  component: lazyRouteComponent(() => import('../jobs/JobsPage'), 'JobsPage'),
});

const newJobRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/jobs/new',
  validateSearch: readNewJobSearch,
  component: lazyRouteComponent(() => import('../jobs/NewJobPage'), 'NewJobPage'),
});

const jobRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/jobs/$id',
  validateSearch: readJobSearch,
  component: lazyRouteComponent(() => import('../jobs/JobPage'), 'JobPage'),
});

const campaignsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/campaigns',
  component: lazyRouteComponent(() => import('../campaigns/CampaignsPage'), 'CampaignsPage'),
});

const newCampaignRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/campaigns/new',
  validateSearch: readNewJobSearch,
  component: lazyRouteComponent(() => import('../campaigns/NewCampaignPage'), 'NewCampaignPage'),
});

const campaignRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/campaigns/$id',
  validateSearch: ({ step }): { step?: string } => (typeof step === 'string' && step !== '' ? { step } : {}),
  component: lazyRouteComponent(() => import('../campaigns/CampaignPage'), 'CampaignPage'),
});

const alarmsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/alarms',
  validateSearch: readAlarmsSearch,
  component: lazyRouteComponent(() => import('../alarms/AlarmsPage'), 'AlarmsPage'),
});

const alarmRuleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/alarms/rules/$name',
  component: lazyRouteComponent(() => import('../alarms/RulePage'), 'RulePage'),
});

const adminRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/admin',
  validateSearch: readAdminSearch,
  component: lazyRouteComponent(() => import('../admin/AdminPage'), 'AdminPage'),
});

const profilesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/profiles',
  component: lazyRouteComponent(() => import('../profiles/ProfilesPage'), 'ProfilesPage'),
});

const profileRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/profiles/$name',
  component: lazyRouteComponent(() => import('../profiles/ProfilePage'), 'ProfilePage'),
});

const firmwareRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/firmware',
  component: lazyRouteComponent(() => import('../firmware/FirmwarePage'), 'FirmwarePage'),
});

const refusedRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/refused',
  component: lazyRouteComponent(() => import('../wire/RefusedPage'), 'RefusedPage'),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    homeRoute,
    devicesRoute,
    deviceRoute,
    onboardRoute,
    jobsRoute,
    newJobRoute,
    jobRoute,
    campaignsRoute,
    newCampaignRoute,
    campaignRoute,
    profilesRoute,
    profileRoute,
    firmwareRoute,
    alarmsRoute,
    alarmRuleRoute,
    eventsRoute,
    refusedRoute,
    adminRoute,
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
