// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was opened, in order, to be closed in the reverse order, each part although another fails.
final class OpenedParts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenedParts.class);

    private final Deque<Opened> opened = new ArrayDeque<>();

    private record Opened(String what, AutoCloseable part) {}

    /// @param what names the part where it does not stop in order
    /// @return the part
    synchronized <T extends AutoCloseable> T keep(String what, T part) {
        opened.push(new Opened(what, part));
        return part;
    }

    /// Idempotent.
    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            Opened next = opened.pop();
            try {
                next.part().close();
            } catch (Exception failed) {
                LOG.warn("{} did not stop in order: {}", next.what(), failed.toString());
            }
        }
    }
}
