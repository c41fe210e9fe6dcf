// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.process;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// Something that is run once to see whether it can be.
public final class Trial {
    private Trial() {}

    /// Runs it to its end, and leaves nothing of it.
    ///
    /// @return why it cannot be run; empty where it ended well
    public static String of(Work work, UnitHost host) throws InterruptedException {
        Run run;
        try {
            run = Run.begin(work, host.cages(), host.launcher());
        } catch (IOException failed) {
            return String.valueOf(failed.getMessage());
        }
        boolean over = run.leader().waitFor(Limits.TRIAL.toMillis(), TimeUnit.MILLISECONDS);
        boolean gone = run.end();
        if (!over || !gone) {
            return "it does not end within " + Limits.TRIAL.toSeconds() + " s";
        }
        int status = run.leader().exitValue();
        return status == 0 ? "" : "it ended with status " + status + run.lastWords();
    }
}
