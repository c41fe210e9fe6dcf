// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import dev.pharos.usp.Bytes;

/// What one commit did to a package, so that it can be taken back.
///
/// @param before the file as it was
/// @param after the file as it is now
/// @param pending the staged changes that went in with it
public record UciCommit(String packageName, Bytes before, Bytes after, Bytes pending) {

    /// Whether anything was written.
    public boolean changed() {
        return !before.equals(after);
    }
}
