// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

import java.io.IOException;

/// A Message Transfer Protocol in one role at one place: a listener that accepts peers, or a client that
/// keeps one peer or broker reached. It moves whole USP Records as opaque bytes and understands nothing of
/// them.
///
/// A client connects in the background and reconnects for as long as it is open, waiting as [RetryBackoff]
/// says.
public interface Mtp extends AutoCloseable {

    /// Starts listening or connecting. Everything that happens from now on is told to the receiver.
    ///
    /// @throws IOException where a listener cannot be had, for example since the port is taken; the text
    ///     names it
    void start(MtpReceiver receiver) throws IOException;

    /// Where this is, for people and logs, without credentials: `ws://127.0.0.1:8183/usp`.
    String description();

    /// Ends every connection in order and releases everything, within two seconds. Idempotent.
    @Override
    void close();
}
