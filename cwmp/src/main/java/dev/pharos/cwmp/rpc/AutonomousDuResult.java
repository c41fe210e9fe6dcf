// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// The same for an operation that the ACS has not asked for, as AutonOpResultStruct.
///
/// @param operationPerformed `Install`, `Update`, `Uninstall`, or a vendor's
public record AutonomousDuResult(String operationPerformed, DuResult result) {}
