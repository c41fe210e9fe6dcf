// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import dev.pharos.cwmp.CwmpNamespace;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.Body;

/// One SOAP 1.1 envelope of CWMP; an HTTP message carries one.
///
/// @param namespace in which its message is written, and the answer to it is expected
public record Envelope(CwmpNamespace namespace, SoapHeader header, Body body) {
    /// The envelope that answers this one: in the same namespace, with the same ID.
    public Envelope answer(Answer answer) {
        return new Envelope(namespace, SoapHeader.ofId(header.id()), answer);
    }
}
