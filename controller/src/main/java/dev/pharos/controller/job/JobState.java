// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import java.util.Locale;

/// How a job as a whole stands.
public enum JobState {
    /// For its time to come.
    WAITING,
    RUNNING,
    /// Nothing new begins until somebody resumes it.
    PAUSED,
    /// Every device is settled, well or not.
    DONE,
    /// By somebody; what was under way was finished.
    CANCELLED,
    /// It could not start.
    FAILED;

    /// As the REST interface shows it.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
