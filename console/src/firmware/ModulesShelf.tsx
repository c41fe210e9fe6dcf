// SPDX-License-Identifier: Apache-2.0
import { Button, Skeleton, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api/client';
import { modulesQuery } from '../api/images';
import { useMay } from '../api/rights';
import type { SoftwareModule } from '../api/types';
import { sizeWord } from '../format/size';
import { Ago } from '../ui/Ago';
import { copyText } from '../ui/clipboard';
import { Icon } from '../ui/Icon';
import { Trouble } from '../ui/Trouble';
import { DeleteFile } from './DeleteFile';
import { ModuleUpload } from './ModuleUpload';
import { deleteModuleCommand, needsOf } from './module';

/** The software modules that devices can be given beside their firmware. */
export function ModulesShelf() {
  const modules = useQuery(modulesQuery());
  const mayFleet = useMay('fleet');
  const [adding, setAdding] = useState(false);
  return (
    <section aria-labelledby="modules" style={{ marginTop: 32 }}>
      <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 12, marginBottom: 14 }}>
        <Title order={2} id="modules" size={17} style={{ flex: 1 }}>
          Software modules
        </Title>
        {mayFleet && !adding && (
          <Button variant="default" leftSection={<Icon name="up" size={16} />} onClick={() => setAdding(true)}>
            Upload a module
          </Button>
        )}
      </div>
      {adding && <ModuleUpload onEnd={() => setAdding(false)} />}
      {modules.isPending && <Skeleton height={120} radius="lg" />}
      {modules.isError && <Trouble error={modules.error} retry={() => modules.refetch()} />}
      {modules.data?.items.length === 0 && !adding && (
        <p className="dim" style={{ margin: 0, maxWidth: 640 }}>
          There is no module yet. A module is a program that devices install, run and update beside their firmware, one
          by one or in waves.
        </p>
      )}
      {modules.data && modules.data.items.length > 0 && (
        <ul className="surface imagelist" aria-label="Software modules">
          {modules.data.items.map((module) => (
            <Line key={module.id} module={module} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Line({ module }: { module: SoftwareModule }) {
  const mayFleet = useMay('fleet');
  const needs = needsOf(module);
  return (
    <li>
      <div style={{ minWidth: 0 }}>
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: '4px 8px', alignItems: 'baseline' }}>
          <span className="mono dim">#{module.id}</span>
          <strong>{module.name}</strong>
          <span className="tag">{module.version}</span>
        </div>
        <div className="dim" style={{ fontSize: 13, overflowWrap: 'anywhere' }}>
          {module.vendor}
        </div>
        {module.note && <div style={{ fontSize: 13, overflowWrap: 'anywhere' }}>{module.note}</div>}
      </div>
      <dl>
        <dt>For</dt>
        <dd className={module.devices ? 'mono' : undefined}>{module.devices || 'all devices'}</dd>
        <dt>Needs</dt>
        <dd>{needs.length > 0 ? needs.join('; ') : 'nothing that is said'}</dd>
        <dt>Signature</dt>
        <dd className={module.signer ? undefined : 'dim'}>{module.signer || 'none'}</dd>
        <dt>File</dt>
        <dd>
          {module.fileName}, {sizeWord(module.size)},{' '}
          <button
            type="button"
            className="linebutton mono"
            title={`${module.sha256}: copy it`}
            onClick={() => copyText(module.sha256, 'Checksum')}
          >
            {module.sha256.slice(0, 16)}…
          </button>
        </dd>
        <dt>Uploaded</dt>
        <dd>
          <Ago time={module.uploaded} /> by {module.uploadedBy}
        </dd>
      </dl>
      {mayFleet && (
        <div className="imagemoves">
          <Button
            size="xs"
            renderRoot={(props) => (
              <Link
                to="/campaigns/new"
                search={{ module: module.id, ...(module.devices && { q: module.devices }) }}
                {...props}
              />
            )}
          >
            In waves…
          </Button>
          <DeleteFile
            called={`${module.name} ${module.version}`}
            kind="modules"
            command={deleteModuleCommand(window.location.origin, module.id)}
            remove={async () => {
              await api.DELETE('/api/v1/modules/{id}', { params: { path: { id: module.id } } });
            }}
          />
        </div>
      )}
    </li>
  );
}
