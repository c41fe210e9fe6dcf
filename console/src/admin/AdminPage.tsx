// SPDX-License-Identifier: Apache-2.0
import { Tabs, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { sessionQuery } from '../api/queries';
import { Approvals } from './Approvals';
import { AuditLog } from './AuditLog';
import { OpenSessions } from './OpenSessions';
import { People } from './People';
import { ServerState } from './ServerState';
import { ADMIN_TABS, type AdminTab, TAB_NAMES, TAB_RIGHTS } from './search';
import { Tenants } from './Tenants';
import { Tokens } from './Tokens';
import { Webhooks } from './Webhooks';
import './admin.css';

const ROOMS: Record<AdminTab, () => React.ReactNode> = {
  people: People,
  tokens: Tokens,
  sessions: OpenSessions,
  approvals: Approvals,
  webhooks: Webhooks,
  audit: AuditLog,
  server: ServerState,
  tenants: Tenants,
};

/** Who may do what, and who did. */
export function AdminPage() {
  useDocumentTitle('Administration · Pharos');
  const { data: session } = useQuery(sessionQuery);
  const search = useSearch({ from: '/admin' });
  const navigate = useNavigate({ from: '/admin' });
  const allowed = ADMIN_TABS.filter((each) => session?.rights.includes(TAB_RIGHTS[each]));
  const tab = allowed.find((each) => each === search.tab) ?? allowed[0];
  return (
    <div className="page">
      <Title order={1} size={20} lh="31px">
        Administration
      </Title>
      {!tab && <p className="dim">Your role, {session?.role}, does not let you see anything here.</p>}
      {tab && (
        <Tabs
          value={tab}
          onChange={(next) => navigate({ search: { tab: next as AdminTab } })}
          keepMounted={false}
          mt="sm"
        >
          <Tabs.List style={{ flexWrap: 'nowrap', overflowX: 'auto', overflowY: 'hidden' }}>
            {allowed.map((each) => (
              <Tabs.Tab key={each} value={each}>
                {TAB_NAMES[each]}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {allowed.map((each) => {
            const Room = ROOMS[each];
            return (
              <Tabs.Panel key={each} value={each}>
                <Room />
              </Tabs.Panel>
            );
          })}
        </Tabs>
      )}
    </div>
  );
}
