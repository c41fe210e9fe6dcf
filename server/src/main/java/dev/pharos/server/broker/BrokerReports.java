// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.util.Optional;

/// Takes the reports of bulk data that devices publish, whose they are as the broker knows it. Called from several
/// threads at once, and may take its time.
public interface BrokerReports {
    /// Nobody takes them: a device may publish none.
    BrokerReports NONE = new BrokerReports() {
        @Override
        public Answer take(Published report) {
            return new Answer(Outcome.LATER, "no reports are taken here");
        }

        @Override
        public void notAllowed(EndpointId device, String address, String reason) {}
    };

    /// What a device published.
    ///
    /// @param address `host:port`
    /// @param contentType of MQTT 5; empty where it does not say, or speaks 3.1.1
    record Published(EndpointId device, String address, Optional<String> contentType, Bytes body) {}

    /// What became of a report.
    enum Outcome {
        /// It is kept, and the device may forget it.
        STORED,
        /// It will never be taken.
        REFUSED,
        /// Not now: the device is to send it again.
        LATER
    }

    /// @param reason in a sentence, where it is not stored
    record Answer(Outcome outcome, String reason) {}

    Answer take(Published report);

    /// A device wanted to report and must not, or for another one. Must not block.
    void notAllowed(EndpointId device, String address, String reason);
}
