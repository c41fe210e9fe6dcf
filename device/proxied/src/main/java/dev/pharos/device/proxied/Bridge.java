// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.proxied;

import java.io.IOException;

/// Speaks to things of one protocol. It knows neither USP nor where in the data model its things stand: it describes
/// them to a [ThingFeed], and carries out what management wants of them.
///
/// Methods but [#start] and [#close] may be called by several threads, also before the first thing is there.
public interface Bridge extends AutoCloseable {
    /// The protocol's name for `ProxyProtocol`, such as `ZigBee`.
    String protocol();

    /// Begins to listen for things, and to tell of them.
    ///
    /// @throws IOException why it cannot, such as an address that is in use
    void start(ThingFeed feed) throws IOException;

    /// Writes a value that the thing said it takes, and returns once the thing has it.
    ///
    /// The data model takes no other change meanwhile, so that a thing that does not answer must be given up soon.
    ///
    /// @param point of the thing's description
    /// @param value as it stands in the data model
    /// @throws ThingFailedException why the thing does not have it
    void write(String thing, String point, String value) throws ThingFailedException;

    /// Has the thing carry something out, and returns once it has said that it does.
    ///
    /// @param arguments in the words of the protocol; may be empty
    /// @throws ThingFailedException why it does not
    void execute(String thing, String point, String arguments) throws ThingFailedException, InterruptedException;

    @Override
    void close();
}
