// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

import java.io.IOException;
import java.util.List;

/// What a transport behind a broker does at the broker itself, beside carrying Records to peers. Any thread may ask.
public interface BrokerSession {
    /// What has passed since the transport was made.
    BrokerTraffic traffic();

    /// Listens at these places too, in place of those of before, without ending the session that is up; in later ones
    /// from their start on.
    void listenAt(List<TopicFilter> further);

    /// Publishes, and waits until the broker has taken it as its quality of service asks for; no longer than half a
    /// minute.
    ///
    /// @throws IOException where it was not taken, or no session is up
    default void publish(Publication publication) throws IOException, InterruptedException {
        throw new IOException("nothing else than Records goes over this broker");
    }
}
