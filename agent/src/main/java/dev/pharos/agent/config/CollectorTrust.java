// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.config;

import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;

/// Whom an agent trusts to vouch for the collectors of bulk data. Names are compared beside it.
@FunctionalInterface
public interface CollectorTrust {
    /// Whom the runtime trusts.
    CollectorTrust OF_THE_RUNTIME = () -> {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException nobody) {
            throw new IOException("the runtime trusts nobody: " + nobody.getMessage(), nobody);
        }
    };

    /// For one report; may wait for the disk.
    ///
    /// @throws IOException naming what cannot be used
    SSLContext context() throws IOException;
}
