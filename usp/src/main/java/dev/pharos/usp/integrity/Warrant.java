// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.integrity;

/// What shows who sent a Record.
public enum Warrant {
    /// The certificate at the other end of its connection names the sender (R-SEC.0a).
    CERTIFICATE,
    /// That certificate is stored as the sender's own (TR-181, Controller.{i}.Credential).
    CREDENTIAL,
    /// That certificate is the one of a broker that is trusted to say who sends through it (R-SEC.4a).
    TRUSTED_BROKER,
    /// The other end is a process of this host, which keeps all others away from the connection.
    THIS_HOST,
    /// The TLS session inside the Session Context.
    PAYLOAD_TLS,
    /// Its own signature.
    SIGNATURE,
    /// Nothing.
    NOBODY
}
