// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.cpe;

import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.soap.Envelope;

/// What an HTTP response of the ACS held.
public sealed interface Received {
    record Message(Envelope envelope) implements Received {}

    /// 204, or 200 with nothing in it.
    record Nothing() implements Received {}

    /// What could not be read.
    record Malformed(MalformedSoapException reason) implements Received {}
}
