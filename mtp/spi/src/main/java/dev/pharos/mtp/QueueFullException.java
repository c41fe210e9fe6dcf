// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

import java.io.IOException;

/// A connection's outbound queue is full: the peer is slower than what is sent to it.
public final class QueueFullException extends IOException {
    private static final long serialVersionUID = 1L;

    public QueueFullException(String detail) {
        super(detail);
    }
}
