// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

import dev.pharos.controller.job.Pace;
import dev.pharos.controller.job.Persistence;
import java.time.Duration;

/// The bounds of campaigns, each with its reason.
public final class Limits {
    private Limits() {}

    /// Waves of one campaign: more than that is no plan that a person overlooks.
    public static final int WAVES = 20;

    /// Campaigns that are kept: each is a page of its own in the report of a year.
    public static final int CAMPAIGNS = 1_000;

    /// What a health gate compares: each is read from every device of its sample.
    public static final int MEASURES = 10;

    /// Devices with less than this on each side tell nothing.
    public static final int LEAST_COMPARED = 2;

    public static final int DEFAULT_COMPARED = 5;

    /// Devices of a wave, and as many others, that are read for a comparison: with these a mean is as good as
    /// with all.
    public static final int SAMPLE = 500;

    public static final Duration DEFAULT_SOAK = Duration.ofHours(1);

    public static final Duration LONGEST_SOAK = Duration.ofDays(30);

    /// With a health gate: what is counted begins only after [#SETTLING].
    public static final Duration SHORTEST_GATED_SOAK = Duration.ofSeconds(30);

    /// From the end of a wave until what devices tell is counted: their own restart for the image is told by then.
    static final Duration SETTLING = Duration.ofSeconds(10);

    /// How long a wave waits for devices that are away, where nothing is said.
    public static final Duration DEFAULT_PATIENCE = Duration.ofHours(24);

    public static final Duration LONGEST_PATIENCE = Duration.ofDays(30);

    /// How long USP may have to hold in a campaign: for so long each device takes the place of another; the pause after
    /// the wave is for longer.
    public static final Duration LONGEST_SETTLE = Duration.ofHours(1);

    /// For devices to be read for a comparison.
    static final Duration READING = Duration.ofMinutes(2);

    /// Of devices that are read: reading is light work.
    static final Pace READING_PACE = new Pace(dev.pharos.controller.job.Limits.DEFAULT_CONCURRENCY, 0);

    /// Of devices that are upgraded or taken back: what may pass is tried again.
    static final Persistence PERSISTENCE = new Persistence(2, Duration.ofMinutes(1), false);

    /// Lines of a campaign's story; later ones of the same kind fall away, for nobody pauses more often by hand.
    static final int NOTES = 300;

    /// Characters of one of them.
    static final int NOTE = 1_000;

    /// How often it is looked what is due.
    static final Duration ROUND = Duration.ofSeconds(1);

    /// How often a person's order is tried on a campaign that moves on meanwhile: moves take a round each.
    static final int ORDER_TRIES = 5;

    /// Moves of one campaign in one round, so that one does not keep the others waiting.
    static final int MOVES = 10;
}
