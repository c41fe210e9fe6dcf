// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.lwm2m;

import dev.pharos.usp.Frozen;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// Who this device shows things to be over DTLS, and who vouches for them.
///
/// @param chain ours first
/// @param key of it, on an elliptic curve as DTLS of LwM2M has it
/// @param trusted who vouch for things: the common name of a thing's certificate is the only name under which it may
///     register
public record ThingCertificates(List<X509Certificate> chain, PrivateKey key, List<X509Certificate> trusted) {
    /// @throws IllegalArgumentException where the key is none of an elliptic curve, or there is no certificate
    public ThingCertificates {
        chain = Frozen.list(chain);
        trusted = Frozen.list(trusted);
        if (chain.isEmpty() || trusted.isEmpty()) {
            throw new IllegalArgumentException("there is no certificate");
        }
        if (!key.getAlgorithm().equals("EC")
                || !chain.getFirst().getPublicKey().getAlgorithm().equals("EC")) {
            throw new IllegalArgumentException("the key must be one of an elliptic curve");
        }
    }

    /// Without the key.
    @Override
    public String toString() {
        return "certificate of " + chain.getFirst().getSubjectX500Principal();
    }
}
