// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.lwm2m;

import dev.pharos.usp.Frozen;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// Where things of LwM2M find this device, and who they prove to be.
///
/// @param plain an address for CoAP without protection: whoever reaches it may be any thing that has no key
/// @param secure an address for CoAP over DTLS, where a thing needs its key or a certificate
/// @param certificates where things may show one
public record LwM2mConfig(
        Optional<InetSocketAddress> plain,
        Optional<InetSocketAddress> secure,
        List<KeyFile.Key> keys,
        Optional<ThingCertificates> certificates) {
    /// @throws IllegalArgumentException where there is no address, or DTLS without keys and certificates
    public LwM2mConfig {
        keys = Frozen.list(keys);
        if (plain.isEmpty() && secure.isEmpty()) {
            throw new IllegalArgumentException("no address");
        }
        if (secure.isPresent() && keys.isEmpty() && certificates.isEmpty()) {
            throw new IllegalArgumentException("nobody can show who it is over DTLS");
        }
    }
}
