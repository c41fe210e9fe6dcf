// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.web;

import java.nio.file.Path;
import java.util.Optional;

/// Where and how the page and the REST interface are served.
///
/// @param port of plain HTTP, 0 for any free one; empty where there is none
/// @param tls HTTPS beside it, or alone
/// @param openMetrics whether `/metrics` is there for everybody, since only this host gets here
/// @param northbound whether the Broadband Forum's controller API is there beside the REST interface
public record WebSettings(
        String host, Optional<Integer> port, Optional<Tls> tls, boolean openMetrics, boolean northbound) {

    /// @param certificate a PEM file with the certificate first and those that signed it after
    /// @param key a PEM file
    public record Tls(int port, Path certificate, Path key) {}
}
