// SPDX-License-Identifier: Apache-2.0
import { Autocomplete } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { devicesQuery } from '../api/queries';

interface Props {
  /** the device of this page, which is not offered */
  id: string;
  other: string;
  onOther: (id: string) => void;
  label: string;
}

/** Another device, by its Endpoint ID or by words that find it. */
export function OtherDevice({ id, other, onOther, label }: Props) {
  const [typed, setTyped] = useState(other);
  const [text] = useDebouncedValue(typed.trim(), 200);
  const found = useInfiniteQuery({ ...devicesQuery(text === other ? '' : text, '-lastSeen'), retry: false });
  const offered = found.data?.pages[0]?.items.map((device) => device.id).filter((each) => each !== id) ?? [];
  return (
    <Autocomplete
      style={{ flex: '1 1 300px', maxWidth: 460 }}
      aria-label={label}
      placeholder="Its Endpoint ID, or words to find it by…"
      data={offered}
      // the server has filtered them
      filter={({ options }) => options}
      limit={10}
      value={typed}
      onChange={setTyped}
      onOptionSubmit={onOther}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && typed.trim()) onOther(typed.trim());
      }}
      classNames={{ input: 'mono' }}
    />
  );
}
