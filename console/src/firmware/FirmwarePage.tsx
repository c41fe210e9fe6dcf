// SPDX-License-Identifier: Apache-2.0
import { Button, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api/client';
import { imagesQuery } from '../api/images';
import type { Firmware } from '../api/types';
import { ModulesShelf } from './ModulesShelf';
import { Shelf, ShelfLine } from './Shelf';
import { UploadForm } from './UploadForm';
import { deleteImageCommand } from './upload';

/** The images that devices can be made to run. */
export function FirmwarePage() {
  useDocumentTitle('Firmware · Pharos');
  const images = useQuery(imagesQuery());
  return (
    <div className="page">
      <Shelf
        items={images}
        title={
          <Title order={1} size={20} lh="31px" style={{ flex: 1 }}>
            What devices can be made to run
          </Title>
        }
        add="Upload an image"
        label="Firmware images"
        form={(end) => <UploadForm onEnd={end} />}
        empty={(button) => (
          <div className="surface" style={{ padding: 40, textAlign: 'center' }}>
            <p style={{ margin: '0 0 6px' }}>There is no image yet.</p>
            <p className="dim" style={{ margin: '0 auto 18px', maxWidth: 540 }}>
              Devices fetch an image from this server, check it, restart, and are done when they say its version. You
              choose which devices, at which hours, and how many at once.
            </p>
            {button}
          </div>
        )}
        line={(image) => <Line image={image} />}
      />
      <ModulesShelf />
    </div>
  );
}

function Line({ image }: { image: Firmware }) {
  const search = { firmware: image.id, ...(image.devices && { q: image.devices }) };
  return (
    <ShelfLine
      item={image}
      facts={[
        [
          'Signature',
          <span key="none" className="dim">
            none is checked here; the device compares the SHA-256
          </span>,
        ],
      ]}
      moves={
        <>
          <Button size="xs" renderRoot={(props) => <Link to="/jobs/new" search={search} {...props} />}>
            Upgrade devices…
          </Button>
          <Button
            size="xs"
            variant="default"
            renderRoot={(props) => <Link to="/campaigns/new" search={search} {...props} />}
          >
            In waves…
          </Button>
        </>
      }
      kind="firmware"
      command={deleteImageCommand(window.location.origin, image.id)}
      remove={async () => {
        await api.DELETE('/api/v1/firmware/{id}', { params: { path: { id: image.id } } });
      }}
    />
  );
}
