// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

import java.util.ArrayDeque;
import java.util.List;

/// The last Passages of the whole fleet, within a number.
final class PassageRing {
    private final int most;
    private final ArrayDeque<Passage> kept = new ArrayDeque<>();

    PassageRing(int most) {
        this.most = most;
    }

    synchronized void keep(Passage passage) {
        if (kept.size() >= most) {
            kept.removeFirst();
        }
        kept.addLast(passage);
    }

    synchronized List<Passage> all() {
        return List.copyOf(kept);
    }
}
