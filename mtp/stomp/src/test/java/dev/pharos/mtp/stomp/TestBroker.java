// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;

/// A real broker that a test starts and stops.
interface TestBroker extends Closeable {
    URI uri();

    /// Stops and starts it at the same port.
    void restart() throws IOException;

    @Override
    void close() throws IOException;
}
