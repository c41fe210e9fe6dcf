// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// Which deployment unit an operation was about.
///
/// @param deploymentUnitRef its row in the data model
public record DuIdentity(String uuid, String deploymentUnitRef, String version) {}
