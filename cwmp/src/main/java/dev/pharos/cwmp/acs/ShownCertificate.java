// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.acs;

import dev.pharos.usp.EndpointId;
import java.util.function.Predicate;

/// A certificate that a caller has shown and that is trusted here: whose it is, as far as it says.
///
/// @param commonName of its subject, empty where it has none; TR-069 has OUI, product class and serial number there
/// @param namesEndpoints whether it is one of Endpoints of USP, by its alternative names
/// @param proves whether it is that of this Endpoint
/// @param owner whom it names, in words for people
public record ShownCertificate(String commonName, boolean namesEndpoints, Predicate<EndpointId> proves, String owner) {}
