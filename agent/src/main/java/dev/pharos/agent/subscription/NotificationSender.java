// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.subscription;

import dev.pharos.usp.message.UspMessage;
import java.io.IOException;

/// The way to one controller.
public interface NotificationSender {
    boolean isReachable();

    /// Hands a message to the transport.
    ///
    /// @throws dev.pharos.mtp.QueueFullException where it takes none at the moment
    /// @throws IOException where there is no connection
    void send(UspMessage message) throws IOException;
}
