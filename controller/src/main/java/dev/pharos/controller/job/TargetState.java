// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import java.time.Instant;
import java.util.Locale;

/// How one device of a job stands.
public sealed interface TargetState {

    /// In one word each, as it is counted and kept.
    enum Kind {
        WAITING,
        OFFLINE,
        RUNNING,
        DONE,
        FAILED,
        CANCELLED,
        UNCERTAIN;

        /// As the REST interface shows it.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Kind kind();

    /// As a sentence; empty where there is nothing to say.
    default String why() {
        return "";
    }

    /// For its turn, its window, or another try.
    ///
    /// @param due not before
    record Waiting(Instant due, String why) implements TargetState {
        @Override
        public Kind kind() {
            return Kind.WAITING;
        }
    }

    /// It is done when it returns.
    record Offline(String why) implements TargetState {
        @Override
        public Kind kind() {
            return Kind.OFFLINE;
        }
    }

    /// Its request was sent, or is about to be.
    record Running() implements TargetState {
        @Override
        public Kind kind() {
            return Kind.RUNNING;
        }
    }

    record Done(String why) implements TargetState {
        @Override
        public Kind kind() {
            return Kind.DONE;
        }
    }

    record Failed(String why) implements TargetState {
        @Override
        public Kind kind() {
            return Kind.FAILED;
        }
    }

    /// Before it was whole.
    record Cancelled() implements TargetState {
        @Override
        public Kind kind() {
            return Kind.CANCELLED;
        }
    }

    /// A request that must not run twice was sent, and nobody knows whether it ran.
    record Uncertain(String why) implements TargetState {
        @Override
        public Kind kind() {
            return Kind.UNCERTAIN;
        }
    }
}
