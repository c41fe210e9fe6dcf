// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.cwmp;

import dev.pharos.mtp.tls.TlsSettings;
import java.util.Optional;

/// Where the ACS listens.
///
/// @param port 0 for any free one
public record CwmpListenerConfig(String host, int port, Optional<TlsSettings> tls) {}
