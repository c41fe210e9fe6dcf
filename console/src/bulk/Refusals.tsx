// SPDX-License-Identifier: Apache-2.0
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { RefusedReport } from '../api/types';
import { Ago } from '../ui/Ago';
import { whoOf } from './model';
import './bulk.css';

const FIRST = 3;

/** Reports that were refused, the newest first, and why. */
export function Refusals({ refusals, named }: { refusals: RefusedReport[]; named?: boolean }) {
  const [all, setAll] = useState(false);
  if (refusals.length === 0) return null;
  return (
    <>
      <ul className="bulkrefusals" aria-label="Refused reports">
        {(all ? refusals : refusals.slice(0, FIRST)).map((refusal, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two of the same moment are told apart by nothing else
          <li key={`${refusal.time} ${place}`}>
            {named && (
              <span className="bulkwho">
                {refusal.device ? (
                  <Link to="/devices/$id" params={{ id: refusal.device }}>
                    {refusal.device}
                  </Link>
                ) : (
                  <strong>{whoOf(refusal)}</strong>
                )}
              </span>
            )}
            <span className="bad">{refusal.reason}</span>
            <span className="dim">
              {refusal.way}, <Ago time={refusal.time} />
            </span>
          </li>
        ))}
      </ul>
      {refusals.length > FIRST && (
        <button type="button" className="linebutton bulkmore" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Only the last ones' : `All ${refusals.length} that are kept`}
        </button>
      )}
    </>
  );
}
