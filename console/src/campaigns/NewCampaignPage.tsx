// SPDX-License-Identifier: Apache-2.0
import { Button, Checkbox, SegmentedControl, Select, TextInput, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, api } from '../api/client';
import { imagesQuery, modulesQuery } from '../api/images';
import { useKeyOfBody } from '../api/key';
import type { CampaignBody } from '../api/types';
import { QueryInput } from '../devices/QueryInput';
import { sizeWord } from '../format/size';
import { Hours } from '../jobs/Hours';
import { CopyAs } from '../ui/CopyAs';
import { Trouble } from '../ui/Trouble';
import { Within } from '../ui/Within';
import { bodyOf, type CampaignDraft, createCommand, emptyDraft, wrongFields } from './draft';
import { Gate } from './Gate';
import { Reach } from './Reach';
import '../jobs/jobs.css';
import './campaigns.css';

export function NewCampaignPage() {
  useDocumentTitle('New campaign · Pharos');
  const { q = '', firmware, module } = useSearch({ from: '/campaigns/new' });
  const navigate = useNavigate({ from: '/campaigns/new' });
  const [draft, setDraft] = useState<CampaignDraft>(() => emptyDraft(q, firmware, module));
  const [tried, setTried] = useState(false);
  const keyOf = useKeyOfBody();
  const change = (part: Partial<CampaignDraft>) => setDraft((old) => ({ ...old, ...part }));
  const body = bodyOf(draft);
  const create = useMutation({
    mutationFn: (whole: CampaignBody) =>
      answer(api.POST('/api/v1/campaigns', { body: whole, params: { header: { 'Idempotency-Key': keyOf(whole) } } })),
    onSuccess: (campaign) => navigate({ to: '/campaigns/$id', params: { id: String(campaign.id) } }),
  });
  const command = createCommand(window.location.origin, draft);
  const wrong = wrongFields(draft);
  return (
    <Within room="Campaigns" back={{ to: '/campaigns' }}>
      <Title order={1} size={22} mt={4} mb="md">
        An image or a module to many devices, or many devices to USP, in waves
      </Title>
      <form
        className="jobform"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (body) create.mutate(body);
        }}
      >
        <What draft={draft} change={change} wrong={tried ? wrong : {}} />
        <fieldset>
          <legend>In which waves</legend>
          <div className="jobpace">
            <TextInput
              label="Waves"
              description="Numbers of devices or shares; the last is “rest”"
              value={draft.waves}
              error={wrong.waves}
              onChange={(event) => change({ waves: event.currentTarget.value })}
            />
            <TextInput
              label="Pause after each"
              description="In which it is seen whether devices are well"
              value={draft.soak}
              error={wrong.soak}
              onChange={(event) => change({ soak: event.currentTarget.value })}
            />
            <TextInput
              label="Waits for devices that are away"
              description="Then they count neither way"
              value={draft.patience}
              error={wrong.patience}
              onChange={(event) => change({ patience: event.currentTarget.value })}
            />
          </div>
          <Reach body={bodyOf(draft, 'preview')} />
        </fieldset>
        <fieldset>
          <legend>When it stops by itself</legend>
          <div className="jobpace">
            <TextInput
              label="With fewer than so many percent it succeeds"
              inputMode="numeric"
              value={draft.success}
              error={wrong.success}
              onChange={(event) => change({ success: event.currentTarget.value })}
            />
            <TextInput
              label="So many failures in a wave, at once"
              value={draft.stopAt}
              error={wrong.stopAt}
              onChange={(event) => change({ stopAt: event.currentTarget.value })}
            />
          </div>
        </fieldset>
        <Gate draft={draft} change={change} />
        <Pace draft={draft} change={change} wrong={wrong} />
        <Checkbox
          label="A second person has to approve it"
          description={draft.approval ? undefined : 'The audit log says that nobody had to'}
          checked={draft.approval}
          onChange={(event) => change({ approval: event.currentTarget.checked })}
        />
        {create.isError && <Trouble error={create.error} />}
        {tried && !body && (
          <p className="bad" role="alert" style={{ margin: 0, fontSize: 14 }}>
            Something is missing above: {Object.values(wrong).join('; ')}.
          </p>
        )}
        <div className="dialogfoot">
          {command && <CopyAs command={command} />}
          <span style={{ flex: 1 }} />
          <Button renderRoot={(props) => <Link to="/campaigns" {...props} />} variant="default">
            Back
          </Button>
          <Button type="submit" loading={create.isPending}>
            Make the campaign
          </Button>
        </div>
      </form>
    </Within>
  );
}

interface PartProps {
  draft: CampaignDraft;
  change: (part: Partial<CampaignDraft>) => void;
  wrong: Partial<Record<keyof CampaignDraft, string>>;
}

function What({ draft, change, wrong }: PartProps) {
  const images = useQuery(imagesQuery());
  return (
    <fieldset>
      <legend>What, and to which devices</legend>
      {images.isError && <Trouble error={images.error} retry={() => images.refetch()} />}
      {images.data?.items.length === 0 && draft.work === 'firmware' && (
        <p className="warn" style={{ margin: 0, fontSize: 14 }}>
          There is no image yet: upload one in the <Link to="/firmware">firmware room</Link>.
        </p>
      )}
      <div className="jobpace">
        <TextInput
          label="Name"
          maxLength={200}
          required
          value={draft.name}
          error={wrong.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <SegmentedControl
          aria-label="What is done with each"
          value={draft.work}
          onChange={(work) => change({ work: work as CampaignDraft['work'] })}
          data={[
            { value: 'firmware', label: 'Runs an image' },
            { value: 'module', label: 'Gets a module' },
            { value: 'migration', label: 'Moves to USP' },
          ]}
        />
      </div>
      {draft.work === 'migration' && <Crossing draft={draft} change={change} wrong={wrong} />}
      {draft.work === 'module' && <Module draft={draft} change={change} wrong={wrong} />}
      <div className="jobpace" hidden={draft.work !== 'firmware'}>
        <Select
          label="Image"
          required
          searchable
          data={(images.data?.items ?? []).map((image) => ({
            value: String(image.id),
            label: `${image.name} ${image.version}, ${sizeWord(image.size)}`,
          }))}
          value={draft.firmware === undefined ? null : String(draft.firmware)}
          error={wrong.firmware}
          onChange={(id) => change({ firmware: id === null ? undefined : Number(id) })}
        />
      </div>
      <QueryInput
        label="Which devices"
        description="As in the list of devices: words, or conditions; empty for all of them. Fixed when it starts"
        placeholder="model = X and tag:pilot"
        value={draft.query}
        onChange={(query) => change({ query })}
      />
    </fieldset>
  );
}

function Module({ draft, change, wrong }: PartProps) {
  const modules = useQuery(modulesQuery());
  if (modules.isError) return <Trouble error={modules.error} retry={() => modules.refetch()} />;
  return (
    <>
      {modules.data?.items.length === 0 && (
        <p className="warn" style={{ margin: 0, fontSize: 14 }}>
          There is no module yet: upload one in the <Link to="/firmware">firmware room</Link>.
        </p>
      )}
      <div className="jobpace">
        <Select
          label="Module"
          required
          searchable
          data={(modules.data?.items ?? []).map((module) => ({
            value: String(module.id),
            label: `${module.name} ${module.version} of ${module.vendor}`,
          }))}
          value={draft.module === undefined ? null : String(draft.module)}
          error={wrong.module}
          onChange={(id) => change({ module: id === null ? undefined : Number(id) })}
        />
        <SegmentedControl
          aria-label="What is done with the module"
          value={draft.action}
          onChange={(action) => change({ action: action as CampaignDraft['action'], keepData: action !== 'uninstall' })}
          data={[
            { value: 'install', label: 'Install or update' },
            { value: 'update', label: 'Update only' },
            { value: 'uninstall', label: 'Uninstall' },
          ]}
        />
      </div>
      <Checkbox
        label="What it has stored on the device stays"
        checked={draft.keepData}
        onChange={(event) => change({ keepData: event.currentTarget.checked })}
      />
    </>
  );
}

function Crossing({ draft, change, wrong }: PartProps) {
  return (
    <>
      <div className="jobpace">
        <SegmentedControl
          aria-label="By which transport"
          value={draft.transport}
          onChange={(transport) => change({ transport: transport as CampaignDraft['transport'] })}
          data={[
            { value: 'ws', label: 'WebSocket' },
            { value: 'mqtt', label: 'MQTT' },
            { value: 'stomp', label: 'STOMP' },
          ]}
        />
        <TextInput
          label="USP has to hold for"
          value={draft.settle}
          error={wrong.settle}
          onChange={(event) => change({ settle: event.currentTarget.value })}
        />
      </div>
      <Checkbox
        label="Keep TR-069 as a reserve, with a session a day"
        checked={draft.keepCwmp}
        onChange={(event) => change({ keepCwmp: event.currentTarget.checked })}
      />
      <Checkbox
        label="The network tells them the way (DHCP): nothing of it is written to them"
        checked={draft.byNetwork}
        onChange={(event) => change({ byNetwork: event.currentTarget.checked })}
      />
    </>
  );
}

function Pace({ draft, change, wrong }: PartProps) {
  return (
    <fieldset>
      <legend>How fast</legend>
      <div className="jobpace">
        <TextInput
          label="Devices at once, at most"
          inputMode="numeric"
          placeholder="as the server has it"
          value={draft.concurrency}
          error={wrong.concurrency}
          onChange={(event) => change({ concurrency: event.currentTarget.value })}
        />
        <TextInput
          label="Devices a minute, at most"
          inputMode="numeric"
          placeholder="no bound"
          value={draft.perMinute}
          error={wrong.perMinute}
          onChange={(event) => change({ perMinute: event.currentTarget.value })}
        />
      </div>
      <Hours hours={draft} change={change} />
    </fieldset>
  );
}
