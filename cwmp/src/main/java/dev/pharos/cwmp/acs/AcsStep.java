// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.acs;

import dev.pharos.cwmp.soap.Envelope;
import java.time.Duration;

/// What a device is answered in a session.
public sealed interface AcsStep {
    /// 200 with this envelope.
    record Send(Envelope envelope) implements AcsStep {}

    /// 204: there is nothing more to ask.
    record Finish() implements AcsStep {}

    /// 400, and the connection ends: what came has no place in a session.
    ///
    /// @param reason for people; holds nothing secret
    record Refuse(String reason) implements AcsStep {}

    /// 401: the device shall send the same once more, with its login.
    record Challenge() implements AcsStep {}

    /// 503: the device shall come again.
    ///
    /// @param after how long it shall wait before
    record Later(Duration after, String reason) implements AcsStep {}
}
