// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import dev.pharos.usp.UspException;

/// An update to an older version than the one that is installed, which is refused. USP has no code of its own for it
/// (7002), so that whoever needs one, as TR-069 does (9030), knows it by its words.
public final class Downgrade {
    private static final String BEGIN = "version ";
    private static final String BETWEEN = " is older than ";

    private Downgrade() {}

    /// @return 7002
    static UspException refused(String version, String installed) {
        return ModuleFault.REQUEST_DENIED.because(BEGIN + version + BETWEEN + installed + ", which is installed");
    }

    /// Whether an operation has failed by that.
    ///
    /// @param code of `DUStateChange!`, as its `Fault.FaultCode`
    /// @param why its `Fault.FaultString`
    public static boolean isMeant(int code, String why) {
        return code == ModuleFault.REQUEST_DENIED.code() && why.startsWith(BEGIN) && why.contains(BETWEEN);
    }
}
