// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.acs;

import org.jspecify.annotations.Nullable;

/// One connection on which a device sends its messages: by it a session is known where the device keeps no cookies.
public final class AcsConnection {
    private volatile @Nullable LiveSession session;

    @Nullable
    LiveSession session() {
        return session;
    }

    void carries(LiveSession opened) {
        session = opened;
    }
}
