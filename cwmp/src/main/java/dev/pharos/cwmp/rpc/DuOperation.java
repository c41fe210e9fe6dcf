// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// What shall be done to a deployment unit; what is empty is not said.
public sealed interface DuOperation {
    /// InstallOpStruct.
    ///
    /// @param executionEnvRef where it shall run
    record Install(FileLocation location, String uuid, String executionEnvRef) implements DuOperation {}

    /// UpdateOpStruct: without UUID and URL all that is installed.
    ///
    /// @param version which one, where several are installed
    record Update(String uuid, String version, FileLocation location) implements DuOperation {}

    /// UninstallOpStruct.
    ///
    /// @param version which one; all of them where several are installed and none is named
    record Uninstall(String uuid, String version, String executionEnvRef) implements DuOperation {}
}
