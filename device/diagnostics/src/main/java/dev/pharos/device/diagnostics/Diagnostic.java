// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import dev.pharos.usp.UspException;
import java.util.Map;

/// One kind of diagnostic.
@FunctionalInterface
interface Diagnostic {
    /// Measures, and says what was found: output arguments, of which `Status` is always there.
    ///
    /// @throws UspException 7027 for arguments out of bounds, 7022 with the reason where the host cannot measure it
    /// @throws InterruptedException where it is cancelled; then nothing of it runs any more
    Map<String, String> run(Order order) throws InterruptedException;
}
