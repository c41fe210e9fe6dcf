// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { asideWords, funnelShapes, placeWords, reasonWords } from './funnelWords';

describe('the funnel', () => {
  it('is as wide as the devices that reached a step, and ends as wide as the next begins', () => {
    const shapes = funnelShapes({
      steps: [
        { step: 'eligible', reached: 1000, here: 0 },
        { step: 'configured', reached: 500, here: 499 },
        { step: 'connected', reached: 1, here: 1 },
        { step: 'done', reached: 0, here: 0 },
      ],
      others: [],
      reasons: [],
    });
    expect(shapes.map(({ top, bottom }) => [top, bottom])).toEqual([
      [100, 50],
      [50, 2],
      [2, 0],
      [0, 0],
    ]);
  });

  it('says one device and many, and why', () => {
    expect(asideWords('absent', 1)).toBe('was not there');
    expect(asideWords('absent', 2)).toBe('were not there');
    expect(placeWords('configured')).toBe('knows the way');
    expect(placeWords('returned')).toBe('was called back');
    expect(reasonWords('no-arrival')).toBe('did not come over USP');
    expect(reasonWords('it cannot be moved: it shows no USP agent')).toBe('it cannot be moved: it shows no USP agent');
  });
});
