// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// The fault codes of SOAP 1.1; CWMP itself uses the first two.
public enum SoapFaultCode {
    CLIENT("Client"),
    SERVER("Server"),
    MUST_UNDERSTAND("MustUnderstand"),
    VERSION_MISMATCH("VersionMismatch");

    private final String word;

    SoapFaultCode(String word) {
        this.word = word;
    }

    /// As on the wire, without a prefix.
    public String word() {
        return word;
    }

    /// The code of this word, with or without a prefix; what is not known is the server's.
    public static SoapFaultCode of(String word) {
        String local = word.substring(word.indexOf(':') + 1);
        for (SoapFaultCode code : values()) {
            if (code.word.equalsIgnoreCase(local)) {
                return code;
            }
        }
        return SERVER;
    }
}
