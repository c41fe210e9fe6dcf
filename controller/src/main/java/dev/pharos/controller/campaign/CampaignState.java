// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

import java.util.Locale;
import java.util.Optional;

/// How a campaign stands.
public sealed interface CampaignState {

    /// In a word each.
    enum Kind {
        UNAPPROVED,
        READY,
        RUNNING,
        PAUSED,
        HELD,
        STOPPED,
        DONE,
        ROLLING_BACK,
        ROLLED_BACK;

        /// As the REST interface shows it.
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    Kind kind();

    /// As a sentence; empty where there is nothing to say.
    default String why() {
        return "";
    }

    default Optional<Leg> leg() {
        return Optional.empty();
    }

    /// A second person has to approve it.
    record Unapproved() implements CampaignState {
        @Override
        public Kind kind() {
            return Kind.UNAPPROVED;
        }
    }

    /// Somebody has to start it.
    record Ready() implements CampaignState {
        @Override
        public Kind kind() {
            return Kind.READY;
        }
    }

    record Running(Leg at) implements CampaignState {
        @Override
        public Kind kind() {
            return Kind.RUNNING;
        }

        @Override
        public Optional<Leg> leg() {
            return Optional.of(at);
        }
    }

    /// By somebody; nothing new begins until it is resumed.
    record Paused(Leg at, String why) implements CampaignState {
        @Override
        public Kind kind() {
            return Kind.PAUSED;
        }

        @Override
        public Optional<Leg> leg() {
            return Optional.of(at);
        }
    }

    /// By itself, after a wave: a person has to say whether the next one begins.
    record Held(int wave, String why) implements CampaignState {
        @Override
        public Kind kind() {
            return Kind.HELD;
        }
    }

    /// For good, by somebody or by itself; devices that are updated stay so unless it is rolled back.
    record Stopped(String why) implements CampaignState {
        @Override
        public Kind kind() {
            return Kind.STOPPED;
        }
    }

    record Done(String why) implements CampaignState {
        @Override
        public Kind kind() {
            return Kind.DONE;
        }
    }

    /// Devices go back to what they ran before.
    ///
    /// @param job that takes them back; empty until all is settled that was under way
    record RollingBack(Optional<Long> job) implements CampaignState {
        @Override
        public Kind kind() {
            return Kind.ROLLING_BACK;
        }
    }

    record RolledBack(String why) implements CampaignState {
        @Override
        public Kind kind() {
            return Kind.ROLLED_BACK;
        }
    }
}
