// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.acs;

import java.util.Optional;

/// Where a message of a device comes from, as far as its connection tells.
///
/// @param address for people: `127.0.0.1:50312`
/// @param loopback whether it is on this host
/// @param login the name with which it has proven to be who it says; empty where it has shown none
/// @param certificate that of its TLS connection; empty where it has shown none
public record Caller(
        String address, boolean loopback, Optional<String> login, Optional<ShownCertificate> certificate) {}
