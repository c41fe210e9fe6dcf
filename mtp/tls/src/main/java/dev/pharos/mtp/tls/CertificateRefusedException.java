// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import java.security.cert.CertificateException;

/// We do not accept a peer's certificate; the text is a sentence for the operator.
final class CertificateRefusedException extends CertificateException {
    private static final long serialVersionUID = 1L;

    CertificateRefusedException(String sentence) {
        super(sentence);
    }

    CertificateRefusedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
