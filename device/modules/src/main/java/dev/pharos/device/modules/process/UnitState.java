// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.process;

import java.time.Instant;
import java.util.Optional;

/// How a unit is, for management.
///
/// @param message what happened, where it is in fault
/// @param since when it became active, while it is
/// @param retries how often in a row it was started again
public record UnitState(
        Status status,
        Fault fault,
        String message,
        Optional<Instant> since,
        long retries,
        Optional<Instant> lastRestarted,
        Optional<Instant> nextRestart) {
    static final UnitState NEW =
            new UnitState(Status.IDLE, Fault.NO_FAULT, "", Optional.empty(), 0, Optional.empty(), Optional.empty());

    /// TR-181's words for how far it is.
    public enum Status {
        IDLE("Idle"),
        STARTING("Starting"),
        ACTIVE("Active"),
        STOPPING("Stopping"),
        RESTARTING("Restarting");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /// TR-181's words for what is wrong with it.
    public enum Fault {
        NO_FAULT("NoFault"),
        FAILURE_ON_START("FailureOnStart"),
        FAILURE_ON_AUTO_START("FailureOnAutoStart"),
        FAILURE_ON_STOP("FailureOnStop"),
        FAILURE_WHILE_ACTIVE("FailureWhileActive"),
        UNSTARTABLE("UnStartable");

        private final String text;

        Fault(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    UnitState at(Status now) {
        Optional<Instant> began = now == Status.ACTIVE ? Optional.of(Instant.now()) : Optional.empty();
        return new UnitState(now, fault, message, began, retries, lastRestarted, Optional.empty());
    }

    UnitState with(Fault what, String why) {
        String bounded = why.length() > Limits.MESSAGE ? why.substring(0, Limits.MESSAGE) : why;
        return new UnitState(status, what, bounded, since, retries, lastRestarted, nextRestart);
    }

    UnitState retried(long times) {
        return new UnitState(status, fault, message, since, times, lastRestarted, nextRestart);
    }

    UnitState waitingUntil(Instant next) {
        return new UnitState(
                Status.RESTARTING, fault, message, Optional.empty(), retries, lastRestarted, Optional.of(next));
    }

    UnitState restartedNow() {
        return new UnitState(
                Status.STARTING,
                fault,
                message,
                Optional.empty(),
                retries + 1,
                Optional.of(Instant.now()),
                Optional.empty());
    }
}
