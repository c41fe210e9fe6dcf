// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.firmware;

import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;

/// Whom a device trusts to vouch for the servers that it fetches images from. Names are compared beside it.
@FunctionalInterface
public interface ServerTrust {
    /// Whom the runtime trusts.
    ServerTrust OF_THE_RUNTIME = () -> {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException nobody) {
            throw new IOException("the runtime trusts nobody: " + nobody.getMessage(), nobody);
        }
    };

    /// For one download; may wait for the disk.
    ///
    /// @throws IOException naming what cannot be used
    SSLContext context() throws IOException;
}
