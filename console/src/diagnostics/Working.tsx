// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';
import type { Diagnostic } from '../api/types';
import { span } from '../format/time';
import { expectedSeconds } from './result';

const TICK_MS = 250;
/** It is not at its end before the device says so. */
const NEARLY = 97;

/** How long a measurement has been going on, beside how long it takes. */
export function Working({ run }: { run: Diagnostic }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const passed = Math.max(0, (now - Date.parse(run.begun)) / 1000);
  const whole = expectedSeconds(run);
  const percent = whole ? Math.min(NEARLY, (passed / whole) * 100) : undefined;
  return (
    <div className="working">
      <div
        className="workbar"
        role="progressbar"
        aria-label="The device measures"
        aria-valuetext={`for ${span(passed)}`}
        {...(percent !== undefined && {
          'aria-valuenow': Math.round(percent),
          'aria-valuemin': 0,
          'aria-valuemax': 100,
        })}
      >
        <span data-endless={percent === undefined || undefined} style={{ width: `${percent ?? 30}%` }} />
      </div>
      <span className="dim">
        {span(passed)}
        {whole && ` of about ${span(whole)}`}
      </span>
    </div>
  );
}
