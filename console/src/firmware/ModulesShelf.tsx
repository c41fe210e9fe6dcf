// SPDX-License-Identifier: Apache-2.0
import { Button, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api/client';
import { modulesQuery } from '../api/images';
import type { SoftwareModule } from '../api/types';
import { ModuleUpload } from './ModuleUpload';
import { deleteModuleCommand, needsOf } from './module';
import { Shelf, ShelfLine } from './Shelf';

/** The software modules that devices can be given beside their firmware. */
export function ModulesShelf() {
  const modules = useQuery(modulesQuery());
  return (
    <section aria-labelledby="modules" style={{ marginTop: 32 }}>
      <Shelf
        items={modules}
        title={
          <Title order={2} id="modules" size={17} style={{ flex: 1 }}>
            Software modules
          </Title>
        }
        add="Upload a module"
        plain
        label="Software modules"
        form={(end) => <ModuleUpload onEnd={end} />}
        empty={() => (
          <p className="dim" style={{ margin: 0, maxWidth: 640 }}>
            There is no module yet. A module is a program that devices install, run and update beside their firmware,
            one by one or in waves.
          </p>
        )}
        line={(module) => <Line module={module} />}
      />
    </section>
  );
}

function Line({ module }: { module: SoftwareModule }) {
  const needs = needsOf(module);
  return (
    <ShelfLine
      item={module}
      maker={module.vendor}
      facts={[
        ['Needs', needs.length > 0 ? needs.join('; ') : 'nothing that is said'],
        [
          'Signature',
          module.signer || (
            <span key="none" className="dim">
              none
            </span>
          ),
        ],
      ]}
      moves={
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
      }
      kind="modules"
      command={deleteModuleCommand(window.location.origin, module.id)}
      remove={async () => {
        await api.DELETE('/api/v1/modules/{id}', { params: { path: { id: module.id } } });
      }}
    />
  );
}
