// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import dev.pharos.cwmp.MalformedSoapException;

/// What an HTTP message held.
public sealed interface Received {
    record Message(Envelope envelope) implements Received {}

    /// An empty request, 204, or 200 with nothing in it.
    record Nothing() implements Received {}

    /// What could not be read.
    record Malformed(MalformedSoapException reason) implements Received {}
}
