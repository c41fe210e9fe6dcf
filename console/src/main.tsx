// SPDX-License-Identifier: Apache-2.0
import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './styles.css';
import './datamodel/datamodel.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { whenSignedOut } from './api/client';
import { ApiError } from './api/problem';
import { sessionEndedQuery, sessionQuery } from './api/queries';
import { Gate } from './app/Gate';
import { theme } from './theme';

const queryClient = new QueryClient({
  defaultOptions: {
    // the server may well be reached by a browser that believes to be offline
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      // a refusal stays a refusal; only what may pass is tried again
      retry: (failures, error) => failures < 2 && !(error instanceof ApiError && error.status < 500),
    },
  },
});
whenSignedOut(() => {
  const atWork = Boolean(queryClient.getQueryData(sessionQuery.queryKey));
  if (atWork) queryClient.setQueryData(sessionEndedQuery.queryKey, true);
  return atWork;
});

// styles that are made while the page runs carry it, or the browser ignores them
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
setNonce(nonce);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <Notifications position="bottom-right" containerWidth={420} />
      <QueryClientProvider client={queryClient}>
        <Gate />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
