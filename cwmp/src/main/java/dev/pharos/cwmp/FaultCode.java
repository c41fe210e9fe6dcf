// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp;

/// A fault code of CWMP: one of the standard's, one of a vendor's, or a number that nobody assigned and that is carried
/// without loss.
public sealed interface FaultCode permits StandardFaultCode, OtherFaultCode {
    /// The number on the wire: 8000 to 8899 of an ACS, 9000 to 9899 of a CPE, 0 for none.
    int code();

    /// A short name for people, such as `Invalid parameter name`.
    String title();

    /// Whether whoever sent the request is to blame (`Client` in SOAP's words, else `Server`).
    boolean isOfClient();

    /// The code of this number: every number has one.
    static FaultCode of(int code) {
        StandardFaultCode standard = StandardFaultCode.byCode(code);
        return standard != null ? standard : new OtherFaultCode(code);
    }
}
