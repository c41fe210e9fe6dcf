// SPDX-License-Identifier: Apache-2.0
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { explain } from '../api/problem';
import { newCampaignPreviewQuery } from '../api/queries';
import type { CampaignBody, CampaignPreview } from '../api/types';
import { count } from '../format/time';

/** Whom it would concern now and in which waves, asked of the server while it is typed. */
export function Reach({ body }: { body: CampaignBody | undefined }) {
  const [asked] = useDebouncedValue(body && JSON.stringify(body), 300);
  const preview = useQuery({
    ...newCampaignPreviewQuery(asked ? (JSON.parse(asked) as CampaignBody) : { name: '', waves: [] }),
    enabled: asked !== undefined,
    placeholderData: (old) => old,
  });
  if (asked === undefined) {
    return (
      <p className="dim" role="status" style={{ margin: 0, fontSize: 14 }}>
        How many devices that is, is shown here as soon as all fields are right.
      </p>
    );
  }
  if (preview.isError) {
    return (
      <p className="bad" role="status" style={{ margin: 0, fontSize: 14 }}>
        {explain(preview.error).detail}
      </p>
    );
  }
  return preview.data ? <Preview preview={preview.data} /> : <p style={{ margin: 0, height: 22 }} />;
}

/** What would happen if it started now. */
export function Preview({ preview }: { preview: CampaignPreview }) {
  const { devices, online, already, waves, problems } = preview;
  return (
    <div role="status" style={{ fontSize: 14 }}>
      <p style={{ margin: 0 }}>
        <strong>{count(devices, 'device')}</strong> now,{' '}
        <span className="good">{online.toLocaleString('en')} online</span>
        {already > 0 && `, ${already.toLocaleString('en')} of them need nothing any more`}
      </p>
      {problems.map((problem) => (
        <p key={problem} className="bad" style={{ margin: '4px 0 0' }}>
          {problem}
        </p>
      ))}
      {waves.length > 0 && (
        <ol className="wavesizes" aria-label="Its waves">
          {waves.map((size, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a wave is its place
            <li key={index} style={{ flexGrow: Math.max(size, devices / 14) }}>
              <span className="dim">Wave {index + 1}</span> {size.toLocaleString('en')}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
