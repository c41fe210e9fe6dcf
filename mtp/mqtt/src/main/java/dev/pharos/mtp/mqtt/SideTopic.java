// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import dev.pharos.usp.Bytes;
import java.util.Optional;

/// Where something else than Records is published to us at the broker. A broker that does not let us listen there is no
/// reason to be without a session.
///
/// @param filter of one server alone; it is shared where the session shares what it listens to
public record SideTopic(String filter, Taker taker) {

    /// What was published there.
    ///
    /// @param contentType media type with its character set; MQTT 5 only
    /// @param acknowledge to be run once, when it is dealt with
    public record Arrival(String topic, Optional<String> contentType, Bytes payload, Runnable acknowledge) {}

    /// Told of it on the transport's threads: must hand over and return.
    @FunctionalInterface
    public interface Taker {
        void arrived(Arrival arrival);
    }
}
