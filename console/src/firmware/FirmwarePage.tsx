// SPDX-License-Identifier: Apache-2.0
import { Button, Skeleton, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api/client';
import { imagesQuery } from '../api/images';
import { useMay } from '../api/rights';
import type { Firmware } from '../api/types';
import { sizeWord } from '../format/size';
import { Ago } from '../ui/Ago';
import { copyText } from '../ui/clipboard';
import { Icon } from '../ui/Icon';
import { Trouble } from '../ui/Trouble';
import { DeleteFile } from './DeleteFile';
import { ModulesShelf } from './ModulesShelf';
import { UploadForm } from './UploadForm';
import { deleteImageCommand } from './upload';
import './firmware.css';

/** The images that devices can be made to run. */
export function FirmwarePage() {
  useDocumentTitle('Firmware · Pharos');
  const images = useQuery(imagesQuery());
  const mayFleet = useMay('fleet');
  const [adding, setAdding] = useState(false);
  const add = mayFleet && (
    <Button leftSection={<Icon name="up" size={16} />} onClick={() => setAdding(true)}>
      Upload an image
    </Button>
  );
  return (
    <div className="page">
      <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 12, marginBottom: 14 }}>
        <Title order={1} size={20} lh="31px" style={{ flex: 1 }}>
          What devices can be made to run
        </Title>
        {!adding && add}
      </div>
      {adding && <UploadForm onEnd={() => setAdding(false)} />}
      {images.isPending && <Skeleton height={160} radius="lg" />}
      {images.isError && <Trouble error={images.error} retry={() => images.refetch()} />}
      {images.data?.items.length === 0 && !adding && (
        <div className="surface" style={{ padding: 40, textAlign: 'center' }}>
          <p style={{ margin: '0 0 6px' }}>There is no image yet.</p>
          <p className="dim" style={{ margin: '0 auto 18px', maxWidth: 540 }}>
            Devices fetch an image from this server, check it, restart, and are done when they say its version. You
            choose which devices, at which hours, and how many at once.
          </p>
          {add}
        </div>
      )}
      {images.data && images.data.items.length > 0 && (
        <ul className="surface imagelist" aria-label="Firmware images">
          {images.data.items.map((image) => (
            <Line key={image.id} image={image} />
          ))}
        </ul>
      )}
      <ModulesShelf />
    </div>
  );
}

function Line({ image }: { image: Firmware }) {
  const mayFleet = useMay('fleet');
  return (
    <li>
      <div style={{ minWidth: 0 }}>
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: '4px 8px', alignItems: 'baseline' }}>
          <span className="mono dim">#{image.id}</span>
          <strong>{image.name}</strong>
          <span className="tag">{image.version}</span>
        </div>
        {image.note && <div style={{ fontSize: 13, overflowWrap: 'anywhere' }}>{image.note}</div>}
      </div>
      <dl>
        <dt>For</dt>
        <dd className={image.devices ? 'mono' : undefined}>{image.devices || 'all devices'}</dd>
        <dt>File</dt>
        <dd>
          {image.fileName}, {sizeWord(image.size)}
        </dd>
        <dt>SHA-256</dt>
        <dd>
          <button
            type="button"
            className="linebutton mono"
            title={`${image.sha256}: copy it`}
            onClick={() => copyText(image.sha256, 'Checksum')}
          >
            {image.sha256.slice(0, 16)}…
          </button>
        </dd>
        <dt>Signature</dt>
        <dd className="dim">none is checked here; the device compares the SHA-256</dd>
        <dt>Uploaded</dt>
        <dd>
          <Ago time={image.uploaded} /> by {image.uploadedBy}
        </dd>
      </dl>
      {mayFleet && (
        <div className="imagemoves">
          <Button
            size="xs"
            renderRoot={(props) => (
              <Link
                to="/jobs/new"
                search={{ firmware: image.id, ...(image.devices && { q: image.devices }) }}
                {...props}
              />
            )}
          >
            Upgrade devices…
          </Button>
          <Button
            size="xs"
            variant="default"
            renderRoot={(props) => (
              <Link
                to="/campaigns/new"
                search={{ firmware: image.id, ...(image.devices && { q: image.devices }) }}
                {...props}
              />
            )}
          >
            In waves…
          </Button>
          <DeleteFile
            called={`${image.name} ${image.version}`}
            kind="firmware"
            command={deleteImageCommand(window.location.origin, image.id)}
            remove={async () => {
              await api.DELETE('/api/v1/firmware/{id}', { params: { path: { id: image.id } } });
            }}
          />
        </div>
      )}
    </li>
  );
}
