// SPDX-License-Identifier: Apache-2.0
import { useRef } from 'react';

/** One key for the same body, so that what is sent again after a lost answer is done once. */
export function useKeyOfBody(): (body: object) => string {
  const last = useRef({ text: '', key: '' });
  return (body) => {
    const text = JSON.stringify(body);
    if (last.current.text !== text) {
      const random = () => Math.random().toString(36).slice(2);
      last.current = { text, key: `console-${random()}${random()}` };
    }
    return last.current.key;
  };
}
